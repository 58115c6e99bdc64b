// The dark page has a dark ground and light words, and says so to the browser, whose own parts follow.

export const name = "night";

/** Relative luminance (WCAG 2.1) that a ground stays below, and words above. */
const DARK = 0.1;
const LIGHT = 0.5;

export async function check({ page }) {
  return page.evaluate(
    ([dark, light]) => {
      const found = [];
      const { luminance } = globalThis.judge;
      const ground = globalThis.judge.ground();
      const { color } = getComputedStyle(document.body);
      if (luminance(ground) > dark) found.push(`the ground is not dark: ${ground}`);
      if (luminance(color) < light) found.push(`the words are not light: ${color}`);
      const scheme = document.querySelector("meta[name=color-scheme]")?.content ?? getComputedStyle(document.documentElement).colorScheme;
      if (!/dark/.test(scheme)) found.push(`the page does not say that it has a dark side: ${scheme}`);
      return found;
    },
    [DARK, LIGHT],
  );
}
