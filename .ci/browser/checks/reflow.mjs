// The page does not scroll sideways, and what is wider than the window scrolls in a region that has
// a name and can be scrolled by keyboard (WCAG 2.1, SC 1.4.10, 2.1.1).

import { settle } from "../browser.mjs";

export const name = "reflow";

export async function check({ page }) {
  return [...(await sideways(page)), ...(await beyond(page)), ...(await scrolled(page))];
}

/** Whether the page as a whole scrolls sideways. */
export async function sideways(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide in a window of ${clientWidth} px`] : [];
  });
}

/** What reaches beyond the window without a region around it. */
function beyond(page) {
  return page.evaluate(() => {
    const { place, isSeen, isAway } = globalThis.judge;
    const width = document.documentElement.clientWidth;
    const found = [];
    const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
    for (const element of document.body.querySelectorAll("*")) {
      const { left, right, width: own } = element.getBoundingClientRect();
      if (own === 0 || (left >= -1 && right <= width + 1)) continue;
      if (!isSeen(element) || isAway(element) || element.closest("[aria-hidden=true]")) continue;
      let around = element.parentElement;
      while (around && !scrolls(around)) around = around.parentElement;
      if (!around) found.push(`from ${Math.round(left)} to ${Math.round(right)} px, outside of a window of ${width} px: ${place(element)}`);
    }
    return found;
  });
}

/** Every region that scrolls sideways: its name, and the arrow keys. */
async function scrolled(page) {
  const regions = await page.evaluateHandle(() =>
    [...document.body.querySelectorAll("*")].filter((element) => {
      const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX);
      return scrolls && element.scrollWidth > element.clientWidth + 1 && globalThis.judge.isSeen(element);
    }),
  );
  const found = [];
  const count = await regions.evaluate((all) => all.length);
  for (let n = 0; n < count; n++) {
    const said = await regions.evaluate((all, n) => {
      const { place, name } = globalThis.judge;
      const region = all[n];
      region.scrollLeft = 0;
      region.focus();
      const at = place(region);
      if (region.getAttribute("role") !== "region") return `what scrolls is no region: ${at}`;
      if (!name(region)) return `a region that scrolls has no name: ${at}`;
      if (region.tabIndex !== 0 || document.activeElement !== region) return `a region that scrolls cannot be reached by keyboard: ${at}`;
      return null;
    }, n);
    if (said) {
      found.push(said);
      continue;
    }
    await page.keyboard.press("ArrowRight");
    // The scrolling may be a movement over some frames.
    let moved = false;
    for (let tries = 0; tries < 60 && !moved; tries++) {
      await settle(page);
      moved = await regions.evaluate((all, n) => all[n].scrollLeft > 0, n);
    }
    if (!moved) found.push(`a region does not scroll by arrow key: ${await regions.evaluate((all, n) => globalThis.judge.place(all[n]), n)}`);
  }
  await page.evaluate(() => document.activeElement?.blur());
  return found;
}
