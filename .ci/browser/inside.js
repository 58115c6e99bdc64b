// What checks need inside a page: where an element is, in words; what of it is seen. Evaluated in
// the page by browser.mjs, and thus no module.

globalThis.judge = (() => {
  /** Where an element is: its own or the nearest id, the elements below it, and its first words. */
  function place(element) {
    const steps = [];
    let at = element;
    for (; at && at !== document.body && steps.length < 4; at = at.parentElement) {
      const classes = typeof at.className === "string" ? at.className.trim().split(/\s+/) : [];
      const name = at.localName + classes.filter(Boolean).map((name) => `.${name}`).join("");
      steps.unshift(at.id ? `${name}#${at.id}` : name);
      if (at.id) break;
    }
    const words = (element.textContent ?? "").trim().replace(/\s+/g, " ");
    return words ? `${steps.join(" > ")} «${words.slice(0, 40)}»` : steps.join(" > ");
  }

  /** Whether an element is drawn at all; not whether it lies within the window. */
  function isSeen(element) {
    return element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: false });
  }

  /** Whether an element lies outside of what can be scrolled to, or is cut down to nothing: a skip
   *  link that waits for the focus, words for those who listen. */
  function isAway(element) {
    const { right, bottom } = element.getBoundingClientRect();
    if (right + scrollX <= 0 || bottom + scrollY <= 0) return true;
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      const clipped = style.clipPath !== "none" || style.clip !== "auto";
      if (clipped && style.position === "absolute" && at.offsetWidth <= 1) return true;
    }
    return false;
  }

  /** Text nodes that are seen, in order, but for those within `but`. */
  function texts(root, but = "") {
    const found = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      if (!node.data.trim() || (but && parent.closest(but))) continue;
      if (isSeen(parent) && !isAway(parent)) found.push(node);
    }
    return found;
  }

  /** The element whose box lines of this text are laid out in. */
  function blockOf(element) {
    let at = element;
    while (at.parentElement && /^(inline|contents|ruby)/.test(getComputedStyle(at).display)) at = at.parentElement;
    return at;
  }

  /** The name of an element as its author wrote it: a label, or the text of what labels it. */
  function name(element) {
    const by = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
    const labels = by.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
    return (labels.trim() || (element.getAttribute("aria-label") ?? "")).trim();
  }

  /** The colour of the ground of the whole page; a page that says nothing is white. */
  function ground() {
    const colours = [document.body, document.documentElement].map((one) => getComputedStyle(one).backgroundColor);
    return colours.find((colour) => !isClear(colour)) ?? "rgb(255, 255, 255)";
  }

  /** Whether nothing of a computed colour is seen. */
  function isClear(colour) {
    return colour === "transparent" || /^rgba\(.*, 0\)$|\/ 0\)$/.test(colour);
  }

  const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  /** Relative luminance (WCAG 2.1) of a colour in any notation. */
  function luminance(colour) {
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...brush.getImageData(0, 0, 1, 1).data].map((byte) => {
      const part = byte / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  /** Contrast of two colours (WCAG 2.1). */
  function contrast(one, other) {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }

  return { place, isSeen, isAway, texts, blockOf, name, ground, isClear, luminance, contrast };
})();
