// What a page is made of, for those who do not see it: its language and title, its landmarks, its
// headings, and what its tables and pictures are called.

export const name = "outline";

export async function check({ page }) {
  return page.evaluate(() => {
    const { place, name, isSeen } = globalThis.judge;
    const found = [];
    const all = (selector) => [...document.querySelectorAll(selector)];
    const one = (selector) => {
      const count = all(selector).length;
      if (count !== 1) found.push(`there are ${count} of ${selector}, and there should be one`);
    };

    if (!/^[a-z]{2,3}(-\w+)*$/.test(document.documentElement.lang)) found.push("the page says no language");
    if (!document.title.trim()) found.push("the page has no title");
    for (const selector of ["main", "h1", "body > header, [role=banner]"]) one(selector);
    const navs = all("nav, [role=navigation]");
    if (!navs.length) found.push("there is no navigation");
    for (const nav of navs.filter((nav) => !name(nav))) found.push(`a navigation without a name: ${place(nav)}`);
    const named = new Map();
    for (const landmark of all("nav, [role=navigation], [role=region], section[aria-label], section[aria-labelledby]")) {
      const key = `${landmark.localName} ${name(landmark)}`;
      if (named.has(key)) found.push(`two landmarks of the name «${name(landmark)}»: ${place(landmark)}`);
      named.set(key, landmark);
    }

    let level = 0;
    for (const heading of all("h1, h2, h3, h4, h5, h6").filter(isSeen)) {
      const next = Number(heading.localName[1]);
      if (next > level + 1) found.push(`from level ${level} to ${next}: ${place(heading)}`);
      if (!heading.textContent.trim()) found.push(`an empty heading: ${place(heading)}`);
      level = next;
    }

    for (const table of all("table")) {
      const headers = [...table.querySelectorAll("th")];
      if (!headers.length) found.push(`no header cell: ${place(table)}`);
      for (const cell of headers) {
        if (!cell.scope) found.push(`a header cell without a scope: ${place(cell)}`);
        if (!cell.textContent.trim()) found.push(`an empty header cell: ${place(cell)}`);
      }
      const region = table.closest("[role=region], figure");
      const labelled = table.caption?.textContent.trim() || name(table) || (region && (name(region) || region.querySelector("figcaption")));
      if (!labelled) found.push(`a table without a name: ${place(table)}`);
    }

    const hidden = (picture) => picture.closest("[aria-hidden=true], [role=presentation], [role=none]");
    for (const picture of all("img, svg, [role=img]")) {
      if (hidden(picture) || picture.parentElement.closest("svg")) continue;
      const title = picture.localName === "svg" && picture.querySelector(":scope > title")?.textContent.trim();
      if (picture.localName === "img" ? !picture.hasAttribute("alt") : !name(picture) && !title) {
        found.push(`a picture without a name: ${place(picture)}`);
      }
    }
    return found;
  });
}
