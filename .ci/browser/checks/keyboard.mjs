// A walk by keyboard alone, from the top to the end: the skip link comes first, is seen, and leads to
// the text; every stop shows the focus, lies in the window and is not covered; the order is the
// document's; everything that can be reached is reached, and nothing holds the focus (WCAG 2.1,
// SC 2.1.1, 2.1.2, 2.4.1, 2.4.3, 2.4.7). Disclosures on the way are opened.

import { open } from "../browser.mjs";

export const name = "keyboard";

/** Defects after which a walk is given up. */
const ENOUGH = 30;

export async function check({ browser, page, view }, file) {
  const found = await skip(page);
  // From the top once more.
  const anew = await open(browser, file, view);
  await prepare(anew.page);
  found.push(...(await walk(anew.page)), ...anew.noted);
  await anew.close();
  return found;
}

async function prepare(page) {
  await page.evaluate(() => {
    const { place, isSeen, isClear } = globalThis.judge;
    const STYLES = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "backgroundColor", "borderTopColor", "borderTopWidth"];
    const look = (element) => {
      const style = getComputedStyle(element);
      return STYLES.map((key) => style[key]).join(" ");
    };

    const walk = (globalThis.judge.walk = {
      last: null,
      visited: new Set(),
      /** What is wrong where the focus is now, `null` at the end. */
      stop() {
        const element = document.activeElement;
        if (!element || element === document.body || element === document.documentElement) return null;
        if (walk.visited.has(element)) return null;
        walk.visited.add(element);
        const found = [...walk.order(element), ...walk.sight(element), ...walk.ring(element)];
        walk.last = element;
        const folded = element.localName === "summary" && !element.parentElement.open;
        return { found, folded };
      },
      order(element) {
        const wrong = walk.last && walk.last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING;
        return wrong ? [`out of order: ${place(element)} after ${place(walk.last)}`] : [];
      },
      /** A link over two lines is seen when one of its pieces is. */
      sight(element) {
        const rects = [...element.getClientRects()].map((rect) => ({
          left: Math.max(rect.left, 0),
          top: Math.max(rect.top, 0),
          right: Math.min(rect.right, innerWidth),
          bottom: Math.min(rect.bottom, innerHeight),
        }));
        const within = rects.filter((rect) => rect.right - rect.left > 1 && rect.bottom - rect.top > 1);
        if (!within.length) return [`out of the window: ${place(element)}`];
        const isTop = (rect) => {
          const top = document.elementFromPoint((rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2);
          return top && (element.contains(top) || (top.contains(element) && !/sticky|fixed/.test(getComputedStyle(top).position)));
        };
        return within.some(isTop) && isSeen(element) ? [] : [`covered: ${place(element)}`];
      },
      ring(element) {
        const now = look(element);
        const style = getComputedStyle(element);
        // The browser's own ring (`auto`) is as wide as it needs to be.
        const wide = style.outlineStyle === "auto" || parseFloat(style.outlineWidth) >= 2;
        const outlined = style.outlineStyle !== "none" && wide && !isClear(style.outlineColor);
        const shadowed = style.boxShadow !== "none";
        // As it looks without the focus: the walk goes on from the same place afterwards.
        element.blur();
        const before = look(element);
        element.focus({ preventScroll: true, focusVisible: true });
        return now !== before && (outlined || shadowed) ? [] : [`the focus does not show: ${place(element)}`];
      },
      /** What the walk did not reach, of what the keyboard should reach. */
      missed() {
        const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
        return [...all].filter((element) => {
          if (walk.visited.has(element) || element.tabIndex < 0 || element.disabled || !isSeen(element)) return false;
          if (element.closest("details:not([open])") && element.localName !== "summary") return false;
          const radios = element.type === "radio" && [...walk.visited].some((other) => other.name === element.name);
          return !radios;
        }).map((element) => `never reached: ${place(element)}`);
      },
    });
  });
}

/** The skip link: the first stop, in sight, and a way to the text. */
async function skip(page) {
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => {
    const link = document.activeElement;
    const { left, top, right, bottom } = link.getBoundingClientRect();
    return {
      place: globalThis.judge.place(link),
      target: link.getAttribute("href") ?? "",
      inSight: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight && right > left,
    };
  });
  if (!first.target.startsWith("#")) return [`the first stop is no skip link: ${first.place}`];
  if (!first.inSight) return [`the skip link is not in sight when it has the focus: ${first.place}`];
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const landed = await page.evaluate((target) => {
    const main = document.querySelector("main, [role=main]");
    const goal = document.getElementById(decodeURIComponent(target.slice(1)));
    if (!main || !goal || !(main.contains(goal) || goal.contains(main))) return `the skip link does not lead to the text: ${target}`;
    const next = document.activeElement;
    const before = next !== document.body && goal.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_PRECEDING;
    if (!before || goal.contains(next)) return null;
    // Where the text has nothing to stop at, the keyboard leaves the page, or begins anew.
    const stops = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")];
    const after = stops.filter((stop) => goal.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING);
    return after.length ? `after the skip link the keyboard stands before the text: ${globalThis.judge.place(next)}` : null;
  }, first.target);
  return landed ? [landed] : [];
}

async function walk(page) {
  const found = [];
  // Twice as many stops as there can be: whoever needs more goes round in circles.
  const limit = await page.evaluate(() => 20 + 2 * document.querySelectorAll("a, button, input, select, summary, [tabindex]").length);
  for (let n = 0; n < limit; n++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => globalThis.judge.walk.stop());
    if (!stop) return [...found, ...(await page.evaluate(() => globalThis.judge.walk.missed()))];
    found.push(...stop.found);
    if (stop.folded) {
      await page.keyboard.press("Enter");
      const opened = await page.evaluate(() => document.activeElement.parentElement.open);
      if (!opened) found.push("a disclosure does not open by Enter");
    }
    if (found.length > ENOUGH) return [...found, "and the walk was given up"];
  }
  return [...found, "the walk has no end"];
}
