// Chromium, and a page opened in it as a reader would see it, with everything that it does besides
// showing itself written down.
//
// `launch()` gives the browser, `open()` a page in a view of it. The network is out of reach: what a
// page asks for is refused, and noted.

import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { accessSync, constants } from "node:fs";
import { pathToFileURL } from "node:url";

const INSIDE = readFileSync(new URL("inside.js", import.meta.url), "utf8");

/** The browser of this machine. */
export function launch() {
  return chromium.launch({
    executablePath: program("chromium"),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}

/**
 * Opens a file in a view (`{ context, media }`, see views.mjs).
 *
 * Returns the page, what it did that it should not have (`noted`, growing), and `close()`.
 */
export async function open(browser, file, { context, media }) {
  const opened = await browser.newContext({ offline: true, ...context });
  const address = pathToFileURL(file).href;
  const noted = [];
  const itself = (url) => url.split("#")[0] === address;
  await opened.route("**/*", (route) => (itself(route.request().url()) ? route.continue() : route.abort()));
  const page = await opened.newPage();
  page.setDefaultTimeout(60_000);
  let loads = 0;
  page.on("request", (request) => {
    const url = request.url();
    if (url.startsWith("data:")) return;
    if (!itself(url) || loads++ > 0) noted.push(`asks for ${url.slice(0, 120)}`);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) noted.push(`the console says: ${message.text()}`);
  });
  page.on("pageerror", (error) => noted.push(`a script fails: ${error.message}`));
  await opened.exposeBinding("judgeNotes", (_, words) => noted.push(words));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const what = event.blockedURI || event.sample;
      globalThis.judgeNotes(`its policy forbids ${event.violatedDirective}: ${what}`);
    });
  });
  if (media) await page.emulateMedia(media);
  await page.goto(address);
  await page.evaluate(INSIDE);
  return { page, noted, close: () => opened.close() };
}

/** Lets the page settle after a change of its size, its media or its styles: what fades in is read
 *  when it is there. */
export function settle(page) {
  return page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
    const ends = (animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime);
    await Promise.allSettled(document.getAnimations().filter(ends).map((animation) => animation.finished));
  });
}

/** The path of a program, which must be there. */
function program(name) {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Then it may be in another folder.
    }
  }
  throw new Error(`${name} is not installed`);
}
