// The preview around the page: hears of builds, exchanges the page without losing the place that is
// being read, and lays errors over it. Nothing here changes the page itself.
"use strict";

const WORDS = {
  en: {
    preview: "Preview", page: "Page", outputs: "Outputs", close: "Close", data: "Diagnostics",
    built: (ms) => `Built in ${ms} ms`, kept: "Not built", version: (v) => `Version ${v}`,
    error: "Error", warning: "Warning", line: (n) => `line ${n}`,
    count: (n, word) => `${n} ${{ error: n === 1 ? "error" : "errors", warning: n === 1 ? "warning" : "warnings" }[word]}`,
    and: "and", none: "There is no page yet.", stale: "The page behind this is the last one without errors.",
    lost: "No contact with utkast watch; trying again",
  },
  nb: {
    preview: "Forhåndsvisning", page: "Side", outputs: "Utdata", close: "Lukk", data: "Meldinger",
    built: (ms) => `Bygd på ${ms} ms`, kept: "Ikke bygd", version: (v) => `Versjon ${v}`,
    error: "Feil", warning: "Advarsel", line: (n) => `linje ${n}`,
    count: (n, word) => `${n} ${{ error: "feil", warning: n === 1 ? "advarsel" : "advarsler" }[word]}`,
    and: "og", none: "Det er ingen side ennå.", stale: "Siden bak er den siste uten feil.",
    lost: "Ingen kontakt med utkast watch; prøver igjen",
  },
  nn: {
    preview: "Førehandsvising", page: "Side", outputs: "Utdata", close: "Lukk", data: "Meldingar",
    built: (ms) => `Bygd på ${ms} ms`, kept: "Ikkje bygd", version: (v) => `Versjon ${v}`,
    error: "Feil", warning: "Åtvaring", line: (n) => `linje ${n}`,
    count: (n, word) => `${n} ${{ error: "feil", warning: n === 1 ? "åtvaring" : "åtvaringar" }[word]}`,
    and: "og", none: "Det er inga side enno.", stale: "Sida bak er den siste utan feil.",
    lost: "Ingen kontakt med utkast watch; prøver igjen",
  },
};

const by = (id) => document.getElementById(id);
let words = WORDS.en;
let state = null; // what was heard last
let shown = null; // the frame that is read
let coming = null; // the frame that is to take its place
let digest = ""; // of the page in the newest of the two
let dismissed = ""; // the diagnostics that were closed

// Hearing

function listen() {
  const events = new EventSource("/events");
  events.onmessage = (event) => update(JSON.parse(event.data));
  events.onerror = () => {
    setText(by("status"), words.lost);
    setText(by("about"), "");
    document.body.dataset.state = "lost";
    // Some browsers give up when nobody answers.
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
}

function update(heard) {
  state = heard;
  words = WORDS[state.language] ?? WORDS.en;
  document.documentElement.lang = state.language in WORDS ? state.language : "en";
  document.body.dataset.state = state.errors ? "bad" : "good";
  showState();
  showLinks();
  showProblems();
  if (state.page && state.page.digest !== digest) load(state.page);
}

// Words around the page

function setText(element, text) {
  // The same words again would be read out again.
  if (element.textContent !== text) element.textContent = text;
}

function counted() {
  const counts = ["error", "warning"].filter((kind) => state[`${kind}s`]);
  return counts.map((kind) => words.count(state[`${kind}s`], kind)).join(` ${words.and} `);
}

function showState() {
  setText(by("status"), state.errors ? words.kept : words.built(state.milliseconds));
  const now = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "medium" });
  setText(by("about"), [now, state.version && words.version(state.version)].filter(Boolean).join(" · "));
  by("empty").hidden = Boolean(state.page);
  setText(by("empty"), words.none);
  showTitle();
}

function showTitle() {
  const title = shown?.contentDocument?.title || words.preview;
  document.title = state.errors ? `${words.count(state.errors, "error")} – ${title}` : title;
}

function showLinks() {
  const kinds = { html: words.page, pdf: "PDF" };
  const links = state.outputs.map(({ name }) => [kinds[name.split(".").pop()] ?? name, name]);
  links.push([words.data, "diagnostics.json"]);
  by("links").setAttribute("aria-label", words.outputs);
  by("links").replaceChildren(...links.map(([text, name]) =>
    make("a", { href: `/${name}`, target: "_blank", rel: "noopener" }, text)));
}

// The sheet

function showProblems() {
  const all = JSON.stringify(state.diagnostics);
  const count = counted();
  by("count").hidden = !count;
  setText(by("count"), count);
  setText(by("problems-title"), count);
  setText(by("close").firstChild, words.close);
  by("stale").hidden = !(state.errors && state.page);
  setText(by("stale"), words.stale);
  // Read out at once, as nobody looks at the browser while writing.
  setText(by("alert"), state.errors ? alerted() : "");
  const order = [...state.diagnostics].sort((a, b) => (a.severity > b.severity) - (a.severity < b.severity));
  by("list").replaceChildren(...order.map(card));
  if (state.errors && all !== dismissed) unfold(true);
  if (!state.errors) {
    dismissed = "";
    // Warnings stay open only if they were asked for.
    if (!count || by("problems").dataset.asked !== "yes") unfold(false);
  }
}

function alerted() {
  const first = state.diagnostics.find((d) => d.severity === "error");
  return [words.count(state.errors, "error"), place(first), first.message].filter(Boolean).join(": ");
}

function place(diagnostic) {
  const line = diagnostic.start?.line;
  return [diagnostic.file, line && words.line(line)].filter(Boolean).join(", ");
}

function unfold(isOpen) {
  by("problems").hidden = !isOpen;
  by("count").setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) by("problems").dataset.asked = "";
}

function dismiss() {
  if (by("problems").hidden) return;
  const held = by("problems").contains(document.activeElement);
  dismissed = JSON.stringify(state.diagnostics);
  unfold(false);
  if (held) by("count").focus();
}

function card(diagnostic) {
  const item = make("li", { class: diagnostic.severity });
  const heading = make("h2", {},
    make("span", { class: "tag" }, words[diagnostic.severity]),
    make("span", { class: "place" }, place(diagnostic)),
    diagnostic.code && make("span", { class: "code" }, diagnostic.code));
  item.append(heading, make("p", { class: "message", lang: "en" }, ...phrase(diagnostic.message)));
  if (diagnostic.excerpt) item.append(excerpt(diagnostic));
  for (const hint of diagnostic.hints) item.append(make("p", { class: "hint", lang: "en" }, ...phrase(hint)));
  for (const other of diagnostic.related) {
    item.append(make("p", { class: "related", lang: "en" }, `${place(other)}: `, ...phrase(other.message)));
  }
  return item;
}

function excerpt({ excerpt: { before, marked, after }, start }) {
  return make("pre", {},
    make("span", { class: "line" }, String(start.line)),
    make("span", {}, before, marked && make("mark", {}, marked), after));
}

// A sentence of a phrase; `names` in backticks are code.
function phrase(text) {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return sentence.split("`").map((part, i) => (i % 2 ? make("code", {}, part) : part));
}

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter(Boolean));
  return element;
}

// The page

function load(page) {
  digest = page.digest;
  coming?.remove();
  const frame = make("iframe", { class: "coming", title: words.page, src: `/${page.name}${location.hash}` });
  coming = frame;
  frame.addEventListener("load", () => arrived(frame));
  by("page").append(frame);
}

function arrived(frame) {
  const page = frame.contentDocument;
  // Some browsers begin with an empty page.
  if (page?.URL === "about:blank") return;
  page?.addEventListener("click", follow);
  page?.addEventListener("keydown", keys);
  if (frame !== coming) return;
  if (page?.body) return swap(frame, page);
  // It could not be had; the next word of the server brings it.
  coming = null;
  digest = "";
  frame.remove();
}

async function swap(frame, page) {
  await soon(page.fonts.ready, 200);
  if (frame !== coming) return;
  const former = shown;
  const held = former !== null && document.activeElement === former;
  if (former?.contentDocument?.body) keepPlace(former, frame);
  frame.classList.remove("coming");
  [shown, coming] = [frame, null];
  if (held) keepFocus(former, frame);
  showTitle();
  // The old one goes when the new one is on the screen.
  await soon(new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))), 100);
  former?.remove();
}

function soon(promise, milliseconds) {
  return Promise.race([promise, new Promise((done) => setTimeout(done, milliseconds))]);
}

// Where an element stands: the nearest id at or above it, and the way down from there.
function pathOf(element) {
  const way = [];
  let at = element;
  while (!at.id && at.parentElement) {
    way.unshift([...at.parentElement.children].indexOf(at));
    at = at.parentElement;
  }
  return { id: at.id, way };
}

function find(page, { id, way }) {
  const start = id ? page.getElementById(id) : page.documentElement;
  return way.reduce((at, i) => at?.children[i], start);
}

function keepPlace(former, frame) {
  const [from, to] = [former.contentDocument, frame.contentDocument];
  for (const details of from.querySelectorAll("details")) {
    const same = find(to, pathOf(details));
    if (same?.localName === "details") same.open = details.open;
  }
  // What was chosen is known by its value: its place moves with what is written.
  const chosen = [...from.querySelectorAll("input:checked")];
  for (const input of to.querySelectorAll("input:not(:checked)")) {
    if (!chosen.some(({ name, value }) => name === input.name && value === input.value)) continue;
    input.checked = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const pressed = from.querySelectorAll("button[aria-pressed='true']").length;
  if (pressed) to.querySelector("button[aria-pressed='false']")?.click();
  for (const box of from.body.querySelectorAll("*")) {
    if (!box.scrollLeft && !box.scrollTop) continue;
    find(to, pathOf(box))?.scrollTo({ left: box.scrollLeft, top: box.scrollTop, behavior: "instant" });
  }
  const [before, after] = [former.contentWindow, frame.contentWindow];
  after.scrollTo({ left: before.scrollX, top: before.scrollY, behavior: "instant" });
  // At its very beginning a page stays there, whatever is put in.
  if (before.scrollY < 1) return;
  for (const mark of marks(from)) {
    const same = to.getElementById(mark.id);
    if (!same?.getClientRects().length) continue;
    after.scrollBy({ top: same.getBoundingClientRect().top - mark.top, behavior: "instant" });
    return;
  }
}

// What stands nearest to the top of the window, the nearest first.
function marks(page) {
  const found = [];
  for (const element of page.querySelectorAll("body [id]")) {
    // The contents may stand still while the text moves.
    if (element.closest("nav") || !element.getClientRects().length) continue;
    found.push({ id: element.id, top: element.getBoundingClientRect().top });
  }
  return found.sort((a, b) => Math.abs(a.top) - Math.abs(b.top)).slice(0, 50);
}

function keepFocus(former, frame) {
  const focused = former.contentDocument.activeElement;
  frame.focus({ preventScroll: true });
  if (!focused || focused === former.contentDocument.body) return;
  const focusVisible = focused.matches(":focus-visible");
  find(frame.contentDocument, pathOf(focused))?.focus({ preventScroll: true, focusVisible });
}

// Links of the page: the address of the preview goes with the place, and what lies outside opens
// outside.
function follow(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const page = link.ownerDocument;
  const target = new URL(link.getAttribute("href"), page.baseURI);
  if (target.origin === location.origin && target.pathname === new URL(page.baseURI).pathname) {
    event.preventDefault();
    if (target.hash !== location.hash) history.pushState(null, "", target.hash || "/");
    go(target.hash);
  } else if (/^https?:$/.test(target.protocol)) {
    event.preventDefault();
    window.open(target, "_blank", "noopener");
  }
}

function go(hash) {
  if (!shown) return;
  // An address that is not whole would be taken as one beside the shell.
  const target = new URL(shown.contentDocument.URL);
  target.hash = hash || "#";
  shown.contentWindow.location.replace(target);
}

// Keys

function keys(event) {
  if (event.key === "Escape") dismiss();
}

addEventListener("popstate", () => go(location.hash));
document.addEventListener("keydown", keys);
by("close").addEventListener("click", dismiss);
by("count").addEventListener("click", () => {
  if (!by("problems").hidden) return dismiss();
  unfold(true);
  by("problems").dataset.asked = state.errors ? "" : "yes";
  by("problems-title").focus();
});
listen();
