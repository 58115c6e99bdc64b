// For readers who asked for less movement nothing moves: no transition, no animation, no smooth
// scrolling (WCAG 2.1, SC 2.3.3 is of level AAA; the page keeps it).

export const name = "still";

export async function check({ page }) {
  return page.evaluate(() => {
    const { place } = globalThis.judge;
    const found = [];
    const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0.001);
    for (const element of document.querySelectorAll("*")) {
      for (const pseudo of [null, "::before", "::after"]) {
        const style = getComputedStyle(element, pseudo);
        if (style.transitionProperty !== "none" && lasts(style.transitionDuration)) found.push(`a transition: ${place(element)}`);
        if (style.animationName !== "none" && lasts(style.animationDuration)) found.push(`an animation: ${place(element)}`);
        if (style.scrollBehavior === "smooth") found.push(`smooth scrolling: ${place(element)}`);
      }
    }
    if (document.getAnimations().length) found.push("something moves");
    return [...new Set(found)];
  });
}
