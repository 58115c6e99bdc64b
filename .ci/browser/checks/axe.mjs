// axe-core's rules for WCAG 2.0 and 2.1, levels A and AA: no violation. What axe cannot tell, and
// its best practices, are remarks.
//
// Disclosures are opened first: what is folded away must hold too.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { settle } from "../browser.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const REQUIRED = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
const ADVISED = ["best-practice"];
/** Rules whose doubts are worth a look. */
const DOUBTFUL = ["color-contrast"];

export const name = "axe";

export async function check({ page, told }) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  await settle(page);
  const { violations, incomplete } = await run(page, [...REQUIRED, ...ADVISED]);
  const required = violations.filter((rule) => rule.tags.some((tag) => REQUIRED.includes(tag)));
  const advised = violations.filter((rule) => !required.includes(rule));
  for (const words of worded(advised)) told(words);
  doubts(incomplete).forEach(told);
  return worded(required);
}

/** Runs axe over a page, with the rules of these tags. */
export async function run(page, tags) {
  // Not by a script element, which the page's policy forbids.
  await page.evaluate(AXE);
  return page.evaluate(
    (tags) =>
      globalThis.axe.run(document, {
        runOnly: { type: "tag", values: tags },
        resultTypes: ["violations", "incomplete"],
        // A page has no parts elsewhere that would have to be fetched first.
        preload: false,
      }),
    tags,
  );
}

/** A line for each place of each rule. */
export function worded(rules) {
  return rules.flatMap((rule) => rule.nodes.map((node) => `${rule.id} at ${node.target.join(" ")}: ${why(rule, node)}`));
}

/** A line for each reason that axe has for not telling, with the first place. */
function doubts(rules) {
  const places = new Map();
  for (const rule of rules.filter((rule) => DOUBTFUL.includes(rule.id))) {
    for (const node of rule.nodes) {
      const reason = `${rule.id}: ${why(rule, node)}`;
      places.set(reason, [...(places.get(reason) ?? []), node.target.join(" ")]);
    }
  }
  return [...places].map(([reason, all]) => `undecided at ${all.length} places, as at ${all[0]}: ${reason}`);
}

function why(rule, node) {
  const reasons = node.any.concat(node.all, node.none).map((one) => one.message);
  return reasons.join("; ") || rule.help;
}
