// No text lies over other text, and none is cut off.

export const name = "overlap";

export async function check({ page }) {
  return [...(await cut(page)), ...(await covered(page))];
}

/** Text in boxes that hide what does not fit into them. */
export async function cut(page) {
  return page.evaluate(() => {
    const { place, texts, isSeen } = globalThis.judge;
    const found = [];
    for (const element of document.body.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      const hides = /hidden|clip/.test(style.overflowX + style.overflowY) || style.textOverflow === "ellipsis";
      if (!hides || !isSeen(element) || element.closest("svg")) continue;
      const high = element.scrollHeight > element.clientHeight + 1;
      const wide = element.scrollWidth > element.clientWidth + 1;
      if ((high || wide) && texts(element).length) found.push(`text is cut off: ${place(element)}`);
    }
    return found;
  });
}

/** Lines of different blocks that share more than a hair of space. */
export async function covered(page) {
  return page.evaluate(() => {
    const { place, texts, blockOf } = globalThis.judge;
    const SLACK = 2;
    const boxes = [];
    const range = document.createRange();
    // Words of drawings stand where they were drawn.
    for (const node of texts(document.body, "svg, option")) {
      const block = blockOf(node.parentElement);
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width > 1 && box.height > 1) boxes.push({ box, block, node });
      }
    }
    boxes.sort((a, b) => a.box.top - b.box.top);
    const pairs = new Map();
    let open = [];
    for (const one of boxes) {
      open = open.filter((other) => other.box.bottom > one.box.top + SLACK);
      for (const other of open) {
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - one.box.top;
        // Boxes of letters are higher than letters: a quarter of a line is no touch.
        const much = down > Math.max(SLACK, 0.25 * Math.min(one.box.height, other.box.height));
        if (one.block !== other.block && across > SLACK && much && shown(one) && shown(other)) {
          pairs.set(one.block, `text over text: ${place(one.block)} over ${place(other.block)}`);
        }
      }
      open.push(one);
    }
    return [...pairs.values()];

    /** Whether a box lies within all that scrolls around it, and is not scrolled out of sight. */
    function shown({ box, node }) {
      for (let at = node.parentElement; at && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        // What is stuck to the window, or over it, covers by design what is below it.
        if (/sticky|fixed/.test(style.position)) return false;
        if (style.overflow === "visible") continue;
        const around = at.getBoundingClientRect();
        if (box.left >= around.right || box.right <= around.left || box.top >= around.bottom || box.bottom <= around.top) return false;
      }
      return true;
    }
  });
}
