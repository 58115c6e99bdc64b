// In forced colours grounds are gone: whatever a ground of its own sets off must have an edge, and
// words must still differ from what is behind them.

import { settle } from "../browser.mjs";

export const name = "forced colours";

export async function check({ page }) {
  const setOff = await page.evaluateHandle(() => {
    const { isSeen, isClear, texts, ground } = globalThis.judge;
    const paper = ground();
    return [...document.body.querySelectorAll("*")].filter((element) => {
      const { backgroundColor, display } = getComputedStyle(element);
      const isBox = !/^(inline$|inline-(?!block)|table-|contents)/.test(display);
      const isOwn = !isClear(backgroundColor) && backgroundColor !== paper;
      return isBox && isOwn && !element.closest("svg") && isSeen(element) && texts(element).length;
    });
  });
  await page.emulateMedia({ forcedColors: "active" });
  await settle(page);
  const edgeless = await setOff.evaluate((all) => {
    const { place, isSeen } = globalThis.judge;
    const width = (style, side) => (style[`border${side}Style`] === "none" ? 0 : parseFloat(style[`border${side}Width`]));
    const hasEdge = (element) => {
      const style = getComputedStyle(element);
      const sides = ["Top", "Right", "Bottom", "Left"].some((side) => width(style, side) >= 1 && style[`border${side}Color`] !== style.backgroundColor);
      return sides || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1);
    };
    const found = all.filter((element) => !isSeen(element)).map((element) => `gone: ${place(element)}`);
    return found.concat(all.filter((element) => isSeen(element) && !hasEdge(element)).map((element) => `no edge is left: ${place(element)}`));
  });
  return [...edgeless, ...(await unread(page))];
}

/** Words that cannot be told from what is behind them. (axe looks at colours that are not forced.) */
function unread(page) {
  return page.evaluate(() => {
    const { place, texts, ground, isClear, contrast } = globalThis.judge;
    const behind = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if (!isClear(backgroundColor)) return backgroundColor;
      }
      return ground();
    };
    const elements = new Set(texts(document.body, "svg").map((node) => node.parentElement));
    const faint = [...elements].filter((one) => contrast(getComputedStyle(one).color, behind(one)) < 4.5);
    return faint.map((element) => `hardly to be read: ${place(element)}`);
  });
}
