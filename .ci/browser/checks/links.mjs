// Links within the page: each leads to an element, ids are there once, and each chapter can be
// reached from the contents.

export const name = "links";

export async function check({ page }) {
  return page.evaluate(() => {
    const { place } = globalThis.judge;
    const found = [];
    const ids = new Set();
    for (const { id } of document.querySelectorAll("[id]")) {
      if (ids.has(id)) found.push(`an id that is there twice: ${id}`);
      ids.add(id);
    }
    const reached = new Set();
    for (const link of document.querySelectorAll("a[href^='#']")) {
      const id = decodeURIComponent(link.getAttribute("href").slice(1));
      if (!ids.has(id)) found.push(`a link to nothing, #${id}: ${place(link)}`);
      if (link.closest("nav")) reached.add(id);
      if (!link.textContent.trim() && !globalThis.judge.name(link)) found.push(`a link without words: ${place(link)}`);
    }
    for (const heading of document.querySelectorAll("main h2")) {
      const chapter = heading.closest("[id]");
      const known = [heading, heading.parentElement, heading.querySelector("[id]")].some((one) => one && reached.has(one.id));
      if (!known && !(chapter && reached.has(chapter.id))) found.push(`a chapter that the contents lack: ${place(heading)}`);
    }
    return found;
  });
}
