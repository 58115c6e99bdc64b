// Judges built pages: each is opened in every view (views.mjs), and all go to the Nu HTML checker.
//
//   node judge.mjs FILE...
//
// Prints a line a page, and below it each defect with view, check and place. Exit status: 0 when
// there is none, 1 when there is one, 2 when a page could not be judged.

import { launch, open } from "./browser.mjs";
import { nu } from "./nu.mjs";
import { Report } from "./report.mjs";
import { VIEWS } from "./views.mjs";

/** A check that takes longer is given up, and counts as failed. */
const LIMIT = 240_000;

async function judge(files) {
  const report = new Report(files);
  // Java reads the files while the browser does.
  const checked = nu(files);
  const browser = await launch();
  try {
    for (const file of files) {
      for (const view of VIEWS) await look(browser, file, view, report);
      report.close(file);
    }
  } finally {
    await browser.close();
  }
  for (const { file, words } of await checked) report.defect(file, "Nu", "markup", words);
  return report.end();
}

/** One page in one view. */
async function look(browser, file, view, report) {
  const opened = await open(browser, file, view);
  for (const { name, check } of view.checks) {
    const told = (words) => report.remark(file, view.name, name, words);
    const found = await within(LIMIT, check({ browser, view, told, ...opened }, file));
    for (const words of found) report.defect(file, view.name, name, words);
  }
  for (const words of opened.noted) report.defect(file, view.name, "quiet", words);
  await opened.close();
}

/** What a check finds, if it is done in time. */
function within(limit, promise) {
  let timer;
  const late = new Promise((done) => {
    timer = setTimeout(() => done([`not done after ${limit / 1000} seconds`]), limit);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

try {
  process.exitCode = await judge(process.argv.slice(2));
} catch (error) {
  console.error(`The pages could not be judged: ${error.stack}`);
  process.exitCode = 2;
}
