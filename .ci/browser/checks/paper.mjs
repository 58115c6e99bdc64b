// The page as it is printed, read with poppler's tools: A4, no page without words, the number of each
// page but the cover in words of the document's language, and every word of the screen.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { settle } from "../browser.mjs";

const LABELS = new URL("../../../templates/default/labels/", import.meta.url);
/** Width and height of A4 in points, and how far off Chromium may round. */
const A4 = [595.28, 841.89];
const ROUNDING = 1;

export const name = "paper";

export async function check({ page }) {
  const dropped = await droppedFromPaper(page);
  const wanted = await page.evaluate(() => ({
    language: document.documentElement.lang,
    // Words of drawings may be parted letter by letter.
    blocks: globalThis.judge.texts(document.body, "svg").map((node) => node.data),
  }));
  const folder = mkdtempSync(join(tmpdir(), "printed-"));
  try {
    const file = join(folder, "page.pdf");
    await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true });
    const sheets = sheetsOf(file);
    const texts = sheets.map((_, n) => poppler("pdftotext", "-f", n + 1, "-l", n + 1, file, "-"));
    return [...dropped, ...sizes(sheets), ...numbers(texts, wanted.language), ...blanks(texts), ...lost(texts, wanted.blocks)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What is seen on screen alone, without being marked so; leaves the page in its print style. */
async function droppedFromPaper(page) {
  const onScreen = await page.evaluateHandle(() => {
    const MARKED = ".screen-only, button, input, select, label, fieldset, summary, [role=search], [role=status], [role=toolbar]";
    return globalThis.judge.texts(document.body, MARKED);
  });
  await page.emulateMedia({ media: "print" });
  await settle(page);
  return onScreen.evaluate((nodes) => {
    const { isSeen, place } = globalThis.judge;
    const gone = nodes.filter((node) => !isSeen(node.parentElement));
    return gone.map((node) => `seen on screen, not on paper: ${place(node.parentElement)}`);
  });
}

function poppler(program, ...args) {
  return execFileSync(program, args.map(String), { encoding: "utf8", maxBuffer: 64 << 20 });
}

/** Width and height of each sheet, in points. */
function sheetsOf(file) {
  const said = poppler("pdfinfo", "-f", 1, "-l", 100_000, file);
  return [...said.matchAll(/^Page +\d+ size: +([\d.]+) x ([\d.]+)/gm)].map((match) => [Number(match[1]), Number(match[2])]);
}

function sizes(sheets) {
  const isA4 = (sheet) => [...sheet].sort((a, b) => a - b).every((length, n) => Math.abs(length - A4[n]) <= ROUNDING);
  const odd = sheets.flatMap((sheet, n) => (isA4(sheet) ? [] : [`page ${n + 1} is no A4: ${sheet.join(" × ")} points`]));
  return sheets.length ? odd : ["there is no page"];
}

/** «Side 3 av 24», on all but the cover. */
function numbers(texts, language) {
  const table = new URL(`${language}.toml`, LABELS);
  if (!existsSync(table)) return [`there are no words for page numbers in the language «${language}»`];
  const labels = readFileSync(table, "utf8");
  // Escapes of TOML's that are JSON's too.
  const words = flat(JSON.parse(labels.match(/^page_x_of_y = (".*")$/m)[1]));
  return texts.slice(1).flatMap((text, n) => {
    const expected = words.replace("{x}", n + 2).replace("{y}", texts.length);
    return flat(text).includes(expected) ? [] : [`page ${n + 2} does not say «${expected}»`];
  });
}

/** The lines of each page, without those that stand on every page. */
function ownLines(texts) {
  const linesOf = (text) => text.split("\n").map(flat).filter(Boolean);
  const common = new Map();
  for (const text of texts) for (const line of new Set(linesOf(text))) common.set(line, (common.get(line) ?? 0) + 1);
  return texts.map((text) => linesOf(text).filter((line) => common.get(line) < Math.max(2, texts.length / 2)));
}

/** Pages with nothing but what stands on every page. */
function blanks(texts) {
  // The number of the page is its own on every page but the cover.
  const isBlank = (lines, n) => lines.length <= (n === 0 ? 0 : 1);
  return ownLines(texts).flatMap((lines, n) => (isBlank(lines, n) ? [`page ${n + 1} is blank: ${flat(texts[n])}`] : []));
}

/** Words of the screen that are fewer on paper, whatever lines they were broken into. */
function lost(texts, blocks) {
  const printed = normal(texts.join("\n"));
  const squeezed = printed.replace(/[^\p{L}\p{N}]/gu, "");
  const left = count(words(printed));
  const letters = count(normal(ownLines(texts).flat().join("")).replace(/[^\p{L}\p{N}]/gu, ""));
  const wanted = count(normal(blocks.join("")).replace(/[^\p{L}\p{N}]/gu, ""));
  const allLetters = [...wanted].every(([letter, times]) => (letters.get(letter) ?? 0) >= times);
  return blocks.flatMap((block) => {
    const gone = words(normal(block)).filter((word) => {
      const enough = (left.get(word) ?? 0) > 0;
      left.set(word, (left.get(word) ?? 0) - 1);
      // A long word may be divided at the end of a line.
      return !enough && !squeezed.includes(word);
    });
    // In narrow columns words are divided, and their parts stand between those of others: then at
    // least every letter must be there.
    if (gone.length && allLetters) return [];
    return gone.length ? [`not on paper: «${gone.join(" ")}» of «${flat(block).slice(0, 60)}»`] : [];
  });
}

function normal(text) {
  return text.normalize("NFKC").replace(/[\u00ad\u2060\u200b]/g, "").toLowerCase();
}

function words(text) {
  return text.match(/\p{L}+|\p{N}+/gu) ?? [];
}

function count(all) {
  const counts = new Map();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}

function flat(text) {
  return text.replace(/\s+/g, " ").trim();
}
