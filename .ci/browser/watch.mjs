// Goes through `utkast watch` as an author would: edits a source and sees the page change, breaks it
// and sees what is wrong, mends it and sees that go.
//
//   node watch.mjs UTKAST STRATEGY
//
// UTKAST is the program, STRATEGY the folder of a strategy, of which a copy is edited. Prints a line
// a step. Exit status: 0 when all went as it should, 1 when not, 2 when it could not be tried.

import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import * as axe from "./checks/axe.mjs";
import { launch, settle } from "./browser.mjs";

/** How long a step is waited for; the machine may be busy. */
const PATIENCE = 30_000;
/** Saves of a burst. */
const SAVES = 100;
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
const PAGE = "strategy.html";
/** A link to nothing, which is an error (M001). */
const BREAK = "\n\nSe [det som ikke finnes](measure/finnes-ikke).\n";

/** A copy of a strategy, and the chapter of it that is edited. */
class Sources {
  constructor(folder, strategy) {
    this.folder = join(folder, "strategy");
    cpSync(strategy, this.folder, { recursive: true });
    const overview = readFileSync(join(this.folder, "strategy.toml"), "utf8");
    const chapter = overview.match(/^chapters = \[\s*"([^"]+)"/m)[1];
    this.chapter = join(this.folder, "chapters", `${chapter}.md`);
    this.text = readFileSync(this.chapter, "utf8");
  }

  /** Saves the chapter with words at its end. */
  save(words) {
    writeFileSync(this.chapter, `${this.text}\n${words}\n`);
  }

  /** Saves as many editors do: beside the file, and then in its place. */
  replace(words) {
    const beside = `${this.chapter}~`;
    writeFileSync(beside, `${this.text}\n${words}\n`);
    renameSync(beside, this.chapter);
  }

  /** The line of the chapter on which `BREAK` stands after a save of it. */
  get brokenLine() {
    return `${this.text}\n${BREAK}`.split("\n").findIndex((line) => line.includes("finnes-ikke")) + 1;
  }
}

/** The program, and the address that it prints. */
function watch(program, folder) {
  const child = spawn(resolve(program), ["watch", "strategy", "-o", "out"], { cwd: folder });
  let said = "";
  const address = new Promise((done, failed) => {
    const late = setTimeout(() => failed(new Error(`no address was printed:\n${said}`)), PATIENCE);
    const hear = (bytes) => {
      said += bytes;
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+\//);
      if (!found) return;
      clearTimeout(late);
      done(found[0]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", failed);
    child.on("exit", (status) => failed(new Error(`it ended with ${status}:\n${said}`)));
  });
  return { child, address };
}

/** The steps, in their order; each throws what went wrong. */
class Walk {
  constructor(page, sources, address) {
    Object.assign(this, { page, sources, address });
  }

  /** The frame with the built page that is seen; a new one may be waiting behind it. */
  async built() {
    for (const frame of this.page.frames().filter((frame) => frame.url().includes(PAGE))) {
      if (await (await frame.frameElement()).isVisible()) return frame;
    }
    throw new Error("no built page is seen");
  }

  async inBuilt(ask, arg) {
    return (await this.built()).evaluate(ask, arg);
  }

  async shows(words) {
    await poll(`the page does not show «${words}»`, () => this.inBuilt((words) => document.body.innerText.includes(words), words));
  }

  /** The errors that lie over the page, as they are read; none, if there is no alert of words. */
  async errors() {
    const alerts = await this.page.getByRole("alert").allInnerTexts();
    return alerts.some((words) => words.trim()) ? this.page.evaluate(() => document.body.innerText) : "";
  }

  async saysError() {
    await poll("no error is shown", async () => (await this.errors()) !== "");
  }

  /** The page is there, and no error. */
  async starts() {
    await poll("there is no built page", () => this.inBuilt(() => document.querySelector("main h2") !== null));
    const errors = await this.errors();
    if (errors) throw new Error(`an error is shown: ${errors}`);
    await this.conforms();
  }

  /** An edit above the place that is read: the page changes, and the place stays. */
  async changes() {
    const place = await this.inBuilt(() => {
      const headings = [...document.querySelectorAll("main [id]")];
      const read = headings[Math.floor(headings.length / 2)];
      read.scrollIntoView({ behavior: "instant", block: "center" });
      return read.id;
    });
    this.sources.save("Dette avsnittet er nytt.");
    await this.shows("Dette avsnittet er nytt.");
    await poll(`#${place} is no longer in sight`, () =>
      this.inBuilt((place) => {
        const { top, bottom } = document.getElementById(place)?.getBoundingClientRect() ?? {};
        return bottom > 0 && top < innerHeight;
      }, place),
    );
  }

  async changesWhenAFileIsReplaced() {
    this.sources.replace("Skrevet ved siden av.");
    await this.shows("Skrevet ved siden av.");
  }

  async keepsUpWithABurst() {
    for (let n = 1; n <= SAVES; n++) this.sources.save(`Lagret ${n} ganger.`);
    await this.shows(`Lagret ${SAVES} ganger.`);
  }

  /** An error: what, in which file, on which line; the last good page is still there. */
  async saysWhatIsBroken() {
    this.sources.save(BREAK);
    await this.saysError();
    const said = await this.errors();
    for (const words of [basename(this.sources.chapter), "M001"]) {
      if (!said.includes(words)) throw new Error(`the error does not say «${words}»: ${said}`);
    }
    const line = this.sources.brokenLine;
    if (!new RegExp(`(^|\\D)${line}(\\D|$)`).test(said)) throw new Error(`the error does not say line ${line}: ${said}`);
    await this.shows(`Lagret ${SAVES} ganger.`);
    await this.conforms();
  }

  /** A save of half a file: still an error, still the last good page. */
  async outlivesHalfAFile() {
    writeFileSync(this.sources.chapter, "+++\ntitle = \"Hal");
    await poll("another error is not shown", async () => !/^$|M001/.test(await this.errors()));
    await this.shows(`Lagret ${SAVES} ganger.`);
  }

  async outlivesItsFolder() {
    const away = `${this.sources.folder}-away`;
    renameSync(this.sources.folder, away);
    try {
      await this.saysError();
      await this.shows(`Lagret ${SAVES} ganger.`);
    } finally {
      renameSync(away, this.sources.folder);
    }
  }

  async seesItMended() {
    this.sources.save("Nå er det i orden.");
    await this.shows("Nå er det i orden.");
    await poll("the error stays", async () => (await this.errors()) === "");
    const shell = await this.page.evaluate(() => document.body.innerText);
    if (shell.includes("M001")) throw new Error(`the error stays: ${shell}`);
    await this.conforms();
  }

  /** A page of another site gets nothing. */
  async isClosedToOthers() {
    for (const headers of [{ Host: "hostile.example" }, { Origin: "http://hostile.example" }]) {
      const status = await statusOf(this.address, headers);
      if (status < 400 || status >= 500) throw new Error(`${JSON.stringify(headers)} is answered with ${status}`);
    }
    const outside = await statusOf(this.address, {}, "/../strategy/strategy.toml");
    if (outside < 400) throw new Error(`a source is served: ${outside}`);
  }

  /** The shell around the page; the page itself is judged elsewhere. */
  async conforms() {
    await settle(this.page);
    const { violations } = await axe.run(this.page, WCAG);
    if (violations.length) throw new Error(axe.worded(violations).join("\n"));
  }
}

const STEPS = ["starts", "changes", "changesWhenAFileIsReplaced", "keepsUpWithABurst", "saysWhatIsBroken", "outlivesHalfAFile", "outlivesItsFolder", "seesItMended", "isClosedToOthers"];

/** Asks until the answer is yes; an answer may fail while a page is being replaced. */
async function poll(otherwise, ask) {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    if (await ask().catch(() => false)) return;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(otherwise);
}

/** The status that a request with these headers gets; the path is sent as it stands. */
function statusOf(address, headers, path = "/") {
  const { hostname, port } = new URL(address);
  return new Promise((done, failed) => {
    const asked = request({ hostname, port, path, headers }, (answer) => {
      answer.resume();
      done(answer.statusCode);
    });
    asked.on("error", failed);
    asked.end();
  });
}

async function run(program, strategy) {
  const folder = mkdtempSync(join(tmpdir(), "watched-"));
  const sources = new Sources(folder, strategy);
  const { child, address } = watch(program, folder);
  const browser = await launch();
  try {
    const at = await address;
    const page = await browser.newPage();
    const noted = [];
    page.on("request", (asked) => {
      const url = asked.url();
      if (!/^(data|about|blob):/.test(url) && !url.startsWith(at)) noted.push(`asks for ${url}`);
    });
    page.on("pageerror", (error) => noted.push(`a script fails: ${error.message}`));
    await page.goto(at);
    const walk = new Walk(page, sources, at);
    let status = 0;
    for (const step of STEPS) status = Math.max(status, await tried(step, () => walk[step]()));
    for (const words of noted) {
      console.log(`  DEFECT watch: ${words}`);
      status = 1;
    }
    return status;
  } finally {
    await browser.close();
    child.kill();
    rmSync(folder, { recursive: true });
  }
}

async function tried(step, go) {
  try {
    await go();
    console.log(`watch ${step}: passes`);
    return 0;
  } catch (error) {
    console.log(`  DEFECT watch ${step}: ${error.message}`);
    return 1;
  }
}

try {
  const [program, strategy] = process.argv.slice(2);
  if (!strategy) throw new Error("usage: node watch.mjs UTKAST STRATEGY");
  process.exitCode = await run(program, strategy);
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
