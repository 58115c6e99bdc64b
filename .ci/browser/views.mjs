// The ways in which a page is looked at, and what is checked in each.
//
// A check is a module with `name` and `check(opened, file)`, which gives a list of defects in words.

import * as axe from "./checks/axe.mjs";
import * as forced from "./checks/forced.mjs";
import * as keyboard from "./checks/keyboard.mjs";
import * as links from "./checks/links.mjs";
import * as night from "./checks/night.mjs";
import * as outline from "./checks/outline.mjs";
import * as overlap from "./checks/overlap.mjs";
import * as paper from "./checks/paper.mjs";
import * as reflow from "./checks/reflow.mjs";
import * as scriptless from "./checks/scriptless.mjs";
import * as spacing from "./checks/spacing.mjs";
import * as still from "./checks/still.mjs";

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };
// 1280 × 1024 pixels at 400 % (WCAG 2.1, SC 1.4.10).
const ZOOMED = { width: 320, height: 256 };

export const VIEWS = [
  { name: "wide", context: { viewport: WIDE }, checks: [outline, links, reflow, overlap, axe] },
  { name: "narrow", context: { viewport: NARROW }, checks: [reflow, overlap, axe] },
  { name: "at 400 %", context: { viewport: ZOOMED }, checks: [reflow] },
  { name: "dark", context: { viewport: WIDE, colorScheme: "dark" }, checks: [night, axe] },
  { name: "dark and narrow", context: { viewport: NARROW, colorScheme: "dark" }, checks: [night] },
  { name: "forced colours", context: { viewport: WIDE }, checks: [forced] },
  { name: "reduced motion", context: { viewport: WIDE, reducedMotion: "reduce" }, checks: [still] },
  { name: "spaced", context: { viewport: WIDE }, checks: [spacing] },
  { name: "spaced and narrow", context: { viewport: NARROW }, checks: [spacing] },
  // What scrolls slowly is not where it will be: a walk needs pages that jump.
  { name: "by keyboard", context: { viewport: WIDE, reducedMotion: "reduce" }, checks: [keyboard] },
  { name: "by keyboard, narrow", context: { viewport: NARROW, reducedMotion: "reduce" }, checks: [keyboard] },
  { name: "without script", context: { viewport: WIDE, javaScriptEnabled: false }, checks: [scriptless] },
  { name: "without script, narrow", context: { viewport: NARROW, javaScriptEnabled: false }, checks: [scriptless] },
  { name: "printed", context: { viewport: WIDE }, checks: [paper] },
  { name: "print style", context: { viewport: WIDE }, media: { media: "print" }, checks: [axe] },
];
