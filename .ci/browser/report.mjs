// What is said about pages, for people: a line a page, its defects, and remarks that fail nothing.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** Defects of one check in one view that are printed; the rest are counted. */
const SHOWN = 8;

export class Report {
  #defects = new Map();
  #remarks = new Map();
  #started = Date.now();

  constructor(files) {
    for (const file of files) {
      this.#defects.set(file, []);
      this.#remarks.set(file, []);
    }
  }

  /** Something that must be mended. */
  defect(file, view, check, words) {
    this.#defects.get(file).push({ heading: `${view}: ${check}`, words });
  }

  /** Something worth knowing. */
  remark(file, view, check, words) {
    this.#remarks.get(file).push({ heading: `${view}: ${check}`, words });
  }

  /** Says that the browser is done with a page. */
  close(file) {
    const bytes = readFileSync(file);
    const weight = `${kilobytes(bytes.length)} kB, ${kilobytes(gzipSync(bytes).length)} kB packed`;
    const seconds = ((Date.now() - this.#started) / 1000).toFixed(1);
    this.#started = Date.now();
    console.log(`looked at ${file} (${weight}) in ${seconds} s`);
  }

  /** Prints everything; returns the exit status. */
  end() {
    let count = 0;
    for (const [file, defects] of this.#defects) {
      const remarks = this.#remarks.get(file);
      count += defects.length;
      console.log(`${file}: ${defects.length ? `${defects.length} defects` : "passes"}`);
      for (const [heading, words] of grouped(defects, "heading", "words")) {
        for (const one of words.slice(0, SHOWN)) console.log(`  DEFECT ${heading}: ${one}`);
        if (words.length > SHOWN) console.log(`  DEFECT ${heading}: and ${words.length - SHOWN} more`);
      }
      for (const [words, headings] of grouped(remarks, "words", "heading")) {
        console.log(`  remark ${headings.join(", ")}: ${words}`);
      }
    }
    return count ? 1 : 0;
  }
}

/** The values of `of` for each value of `by`, in order of appearance. (Node 20 has no `Map.groupBy`.) */
function grouped(all, by, of) {
  const groups = new Map();
  for (const one of all) groups.set(one[by], [...(groups.get(one[by]) ?? []), one[of]]);
  return groups;
}

function kilobytes(bytes) {
  return (bytes / 1024).toFixed(0);
}
