// The page of changes: from change to change, and their words in the text.

/** Shows the words around changed words, which paper and PDF always have. */
function showChangeWords() {
  const button = tool(words.show_change_words, false, (shown) => document.body.classList.toggle("with-change-words", shown));
  if (document.querySelector(":is(main, .imprint) .print-only.change-word")) toolsAt()?.append(button);
}

/** Where the tools of the page stand. */
function toolsAt() {
  return document.querySelector(".toc > details");
}

/** A button that is pressed or not. */
function tool(text, isPressed, press) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "tool";
  button.textContent = text;
  button.setAttribute("aria-pressed", String(isPressed));
  button.addEventListener("click", () => {
    const pressed = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(pressed));
    press(pressed);
  });
  return button;
}

/** Leads from change to change, by buttons and by keys. */
function walkChanges() {
  // What was rewritten stands as it was and as it is: one change.
  const isSecondHalf = (element) => element.matches(".change.struck + .change.added[data-change]")
    && element.dataset.change === element.previousElementSibling.dataset.change;
  const changes = [...document.querySelectorAll(":is(main, .imprint) .change")].filter((element) => !isSecondHalf(element));
  if (!changes.length) return;
  let current = -1;
  const top = (index) => changes[index].getBoundingClientRect().top;
  const isInView = (index) => index >= 0 && top(index) > -1 && top(index) < innerHeight;
  /** The first change below the upper edge of the window; the changes stand in the order of the text. */
  const below = () => {
    let low = 0;
    let high = changes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (top(middle) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const go = (step) => {
    const from = isInView(current) ? current : below() - (step > 0 ? 1 : 0);
    let to = from + step;
    // What a choice of group hides is passed over.
    while (changes[to] && !changes[to].getClientRects().length) to += step;
    if (!changes[to]) return;
    current = to;
    const change = changes[to];
    if (!change.hasAttribute("tabindex")) change.tabIndex = -1;
    change.focus({ preventScroll: true });
    change.scrollIntoView({ block: change.offsetHeight > innerHeight * 0.6 ? "start" : "center" });
    say(words.change_reached.replace("{n}", String(to + 1)).replace("{total}", String(changes.length)));
  };

  const bar = document.createElement("div");
  bar.className = "walk";
  for (const [text, step, arrow] of [
    [words.previous_change, -1, "↑"],
    [words.next_change, 1, "↓"],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tool";
    const sign = document.createElement("span");
    sign.setAttribute("aria-hidden", "true");
    sign.textContent = arrow;
    button.append(sign, ` ${text}`);
    button.addEventListener("click", () => go(step));
    bar.append(button);
  }
  document.querySelector("main").after(bar);

  // Keys of one letter can be turned off (WCAG 2.1, SC 2.1.4).
  let withKeys = true;
  toolsAt()?.append(tool(words.change_keys, withKeys, (pressed) => (withKeys = pressed)));
  addEventListener("keydown", (event) => {
    const step = { n: 1, p: -1 }[event.key];
    const isTyped = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (!withKeys || !step || isTyped || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(step);
  });
}

showChangeWords();
walkChanges();
