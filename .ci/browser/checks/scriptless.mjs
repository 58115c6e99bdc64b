// Without script the page is complete: the same words, headings and links in the same order, but for
// controls and what they say; and the contents can be reached.

import { open } from "../browser.mjs";

export const name = "complete";

export async function check({ browser, page, view }, file) {
  const { javaScriptEnabled: _, ...context } = view.context;
  const scripted = await open(browser, file, { ...view, context });
  const [without, withScript] = [await read(page), await read(scripted.page)];
  await scripted.close();
  const found = [];
  for (const kind of ["words", "headings", "links"]) {
    const difference = firstDifference(without[kind], withScript[kind]);
    if (difference) found.push(`other ${kind} than with script: ${difference}`);
  }
  return [...found, ...without.hidden.map((place) => `in the contents, and out of reach: ${place}`)];
}

function read(page) {
  return page.evaluate(() => {
    const { place, isSeen, texts } = globalThis.judge;
    const CONTROLS = "button, input, select, label, fieldset, [role=search], [role=status], noscript";
    // A link to the very place that it stands in: for copying, not for reading.
    const leadsHere = (link) => {
      const id = link?.getAttribute("href").match(/^#(.+)/)?.[1];
      return id && document.getElementById(decodeURIComponent(id))?.contains(link);
    };
    const isText = (element) => !element.closest(CONTROLS) && !leadsHere(element.closest("a[href]"));
    const nodes = (root) => texts(root).filter((node) => isText(node.parentElement));
    const words = (root) => nodes(root).map((node) => node.data.trim().replace(/\s+/g, " "));
    const seen = (selector) => [...document.querySelectorAll(selector)].filter((one) => isSeen(one) && isText(one));
    const reachable = (link) => {
      // What is closed may be shown all the same, or is opened by its summary.
      const closed = link.closest("details:not([open])");
      return isSeen(link) || (closed && isSeen(closed.querySelector("summary")));
    };
    return {
      words: words(document.body),
      headings: seen("h1, h2, h3, h4, h5, h6").map((heading) => words(heading).join(" ")),
      links: seen("a[href]").map((link) => `${link.getAttribute("href")} ${words(link).join(" ")}`),
      hidden: [...document.querySelectorAll("nav a[href]")].filter((link) => !reachable(link)).map(place),
    };
  });
}

function firstDifference(without, withScript) {
  for (let n = 0; n < Math.max(without.length, withScript.length); n++) {
    if (without[n] !== withScript[n]) return `«${without[n] ?? "nothing"}» and not «${withScript[n] ?? "nothing"}»`;
  }
  return null;
}
