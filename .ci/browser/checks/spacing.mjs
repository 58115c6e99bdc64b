// A reader's own spacing of text (WCAG 2.1, SC 1.4.12): nothing is cut off or covered, and the page
// does not scroll sideways.

import { settle } from "../browser.mjs";
import * as overlap from "./overlap.mjs";
import { sideways } from "./reflow.mjs";

const SPACING = `
  * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-bottom: 2em !important }`;

export const name = "spacing";

export async function check({ page }) {
  await page.evaluate((style) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets.push(sheet);
    document.querySelectorAll("details").forEach((one) => (one.open = true));
  }, SPACING);
  await settle(page);
  return [...(await sideways(page)), ...(await overlap.cut(page)), ...(await overlap.covered(page))];
}
