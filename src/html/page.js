// Comfort for those who have script: nothing below is needed to read all of the page.
// `words` are the labels in the language of the document.

const narrow = matchMedia("(max-width: 67.99rem)");
const inside = (hash) => {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)));
  } catch {
    // An address that somebody typed.
    return null;
  }
};

/** Says something in a line at the foot of the window, for eyes and ears, for a while. */
const say = (() => {
  const line = document.createElement("p");
  line.className = "said";
  line.setAttribute("role", "status");
  document.body.append(line);
  let timer;
  return (text) => {
    line.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => (line.textContent = ""), 4000);
  };
})();

/** Marks the entry of the section that is being read, and keeps it in view in the rail. */
function followReading() {
  const entries = [...document.querySelectorAll(".toc:not(.figures) a[href^='#']")]
    .map((link) => ({ link, target: inside(link.hash) }))
    .filter((entry) => entry.target);
  let current;
  const mark = () => {
    const line = innerHeight * 0.3;
    const isAtEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    // The targets stand in the order of the text.
    let low = isAtEnd ? entries.length : 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (entries[middle].target.getBoundingClientRect().top <= line) low = middle + 1;
      else high = middle;
    }
    const next = entries[low - 1]?.link;
    if (next === current) return;
    current?.removeAttribute("aria-current");
    next?.setAttribute("aria-current", "true");
    current = next;
    const rail = next?.closest(".toc");
    // Whoever moves in the rail is not moved.
    if (!rail || rail.matches(":hover, :focus-within")) return;
    const [entry, frame] = [next.getBoundingClientRect(), rail.getBoundingClientRect()];
    if (entry.top < frame.top + 48 || entry.bottom > frame.bottom - 48) {
      rail.scrollTop += entry.top - frame.top - frame.height / 2;
    }
  };
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  };
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later);
  mark();
}

/** Opens the contents where they stand beside the text, and closes them behind who chose from them. */
function openContents() {
  const all = document.querySelectorAll(".toc > details");
  // The style sheet shows them as well, but not in every browser.
  const fit = () => all.forEach((details) => (details.open = !narrow.matches));
  narrow.addEventListener("change", fit);
  fit();
  // On paper all are open.
  addEventListener("beforeprint", () => all.forEach((details) => (details.open = true)));
  addEventListener("afterprint", fit);
  for (const details of all) {
    details.addEventListener("click", (event) => {
      if (narrow.matches && event.target.closest("a")) details.open = false;
    });
  }
}

/** Where the mark of an element stands: behind its heading, its caption or its own words. */
function placeOfMark(element) {
  if (element.matches("ul, ol")) return placeOfMark(element.querySelector(":scope > li") ?? element);
  if (element.matches("tr")) return [element.querySelector("th, td"), null];
  if (element.matches("section, article, div, figure, table, blockquote")) {
    const words = "h2, h3, h4, h5, h6, caption, figcaption > p, p, th, td";
    return [element.querySelector(words) ?? element, null];
  }
  // Words of an item end where its first block begins; an item of blocks is marked at the first.
  const block = element.querySelector(":scope > :is(p, ul, ol, blockquote, table, pre, figure)");
  const isFirst = block && ![...element.childNodes].slice(0, [...element.childNodes].indexOf(block)).some((node) => node.textContent.trim());
  return isFirst ? placeOfMark(block) : [element, block];
}

/** Gives every block with an anchor a link that can be copied, seen where the pointer is. */
function markBlocks() {
  const main = document.querySelector("main");
  if (!main) return;
  // What is seen only below the pointer is no part of the names of headings and cells.
  const hide = (mark, hidden) => {
    mark.tabIndex = hidden ? -1 : 0;
    if (hidden) mark.setAttribute("aria-hidden", "true");
    else mark.removeAttribute("aria-hidden");
  };
  const make = () => {
    for (const element of main.querySelectorAll("[id]")) {
      // What leads back from a footnote has a number, and is no place of its own.
      if (element.closest("svg, nav, .noteref")) continue;
      const [place, before] = placeOfMark(element);
      if (!place || place.querySelector(":scope > .mark")) continue;
      const mark = document.createElement("a");
      mark.className = "mark";
      mark.href = `#${element.id}`;
      mark.textContent = "#";
      mark.setAttribute("aria-label", words.copy_link);
      hide(mark, true);
      place.classList.add("marked");
      place.insertBefore(mark, before);
    }
  };
  main.addEventListener("pointerover", make, { once: true });

  // By keyboard they would be hundreds of stops: whoever wants them asks for them.
  const button = document.createElement("button");
  button.type = "button";
  button.className = "tool";
  button.textContent = words.show_links;
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    make();
    const shown = document.body.classList.toggle("with-marks");
    button.setAttribute("aria-pressed", String(shown));
    for (const mark of main.querySelectorAll(".mark")) hide(mark, !shown);
  });
  document.querySelector(".toc > details")?.append(button);

  document.addEventListener("click", async (event) => {
    const mark = event.target.closest?.(".mark");
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(mark.href);
      history.replaceState(null, "", mark.hash);
      say(words.link_copied);
    } catch {
      // The address line shows it, to be copied by hand.
      location.hash = mark.hash;
    }
  });
}

/** Lets the answers of one group be read by themselves. */
function filterAnswers() {
  const answers = [...document.querySelectorAll(".answers")].map((element) => ({
    element,
    group: element.querySelector("strong, th")?.textContent.trim() ?? "",
    count: element.querySelectorAll("blockquote").length || 1,
  }));
  const groups = [...new Set(answers.map((answer) => answer.group))];
  if (groups.length < 2) return;
  const total = (of) => of.reduce((sum, answer) => sum + answer.count, 0);
  const from = (group) => answers.filter((answer) => !group || answer.group === group);
  const inputs = [];
  const show = (group) => {
    for (const answer of answers) {
      answer.element.classList.toggle("filtered", group !== "" && answer.group !== group);
    }
    for (const input of inputs) input.checked = input.value === group;
  };

  const chapters = new Set(answers.map((answer) => answer.element.closest(".chapter")));
  [...chapters].forEach((chapter, index) => {
    const first = [...(chapter?.children ?? [])].find((child) => child.querySelector(".answers"));
    if (!first) return;
    const control = document.createElement("fieldset");
    control.className = "filter";
    const legend = document.createElement("legend");
    legend.textContent = words.inputs_from;
    control.append(legend);
    for (const group of ["", ...groups]) {
      const label = document.createElement("label");
      const input = document.createElement("input");
      Object.assign(input, { type: "radio", name: `inputs-${index}`, value: group });
      input.autocomplete = "off";
      input.checked = group === "";
      input.addEventListener("change", (event) => {
        show(group);
        // Not when a preview restores what was chosen.
        if (!event.isTrusted) return;
        const shown = String(total(from(group)));
        const all = String(total(answers));
        say(words.inputs_shown.replace("{n}", shown).replace("{total}", all));
      });
      inputs.push(input);
      label.append(input, ` ${group || words.all_groups} (${total(from(group))})`);
      control.append(label);
    }
    first.before(control);
  });

  // A link to an answer finds it, whatever is chosen.
  addEventListener("hashchange", () => {
    const target = location.hash && inside(location.hash);
    if (!target?.closest(".filtered")) return;
    show("");
    target.scrollIntoView();
  });
}

followReading();
openContents();
markBlocks();
filterAnswers();
