// Makes the pictures of a page for the README: wide, narrow, dark, and printed.
//
//   node pictures.mjs FILE.html FOLDER
//
// Writes page.png, page-narrow.png, page-dark.png and page-printed.png. The printed one is the first
// sheet of the text, by pdftoppm.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, open, settle } from "./browser.mjs";

const WIDE = { width: 1280, height: 1500 };
const SHOTS = {
  page: { viewport: WIDE },
  "page-dark": { viewport: WIDE, colorScheme: "dark" },
  "page-narrow": { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
};
/** Dots an inch of the printed page, as of the README's other pages. */
const RESOLUTION = 72;

const [file, folder] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node pictures.mjs FILE.html FOLDER");
  process.exit(2);
}

const browser = await launch();
try {
  for (const [name, context] of Object.entries(SHOTS)) {
    const { page, close } = await open(browser, file, { context });
    await page.evaluate(() => document.fonts.ready.then(() => {}));
    await settle(page);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await close();
  }
  const { page, close } = await open(browser, file, { context: { viewport: WIDE } });
  await print(page);
  await close();
} finally {
  await browser.close();
}

/** The sheet on which the first chapter begins. */
async function print(page) {
  const title = await page.evaluate(() => document.querySelector("main h2").textContent.replace(/\s+/g, ""));
  const made = mkdtempSync(join(tmpdir(), "printed-"));
  try {
    const pdf = join(made, "page.pdf");
    await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true });
    const sheets = execFileSync("pdftotext", [pdf, "-"], { encoding: "utf8" }).split("\f");
    // The last one that has the title: the contents and running headers come first.
    const with_title = sheets.map((text, n) => (text.replace(/\s+/g, "").includes(title) ? n + 1 : 0));
    const sheet = String(Math.max(...with_title, 1));
    const target = join(folder, "page-printed");
    execFileSync("pdftoppm", ["-r", String(RESOLUTION), "-png", "-f", sheet, "-l", sheet, "-singlefile", pdf, target]);
  } finally {
    rmSync(made, { recursive: true });
  }
}
