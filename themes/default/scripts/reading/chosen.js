// The reader's settings: kept on the device for all courses of this host, the same for all scripts of the page.

import { device } from "../shared/store.js";
import { apply } from "./apply.js";

const root = document.documentElement;

/** What the reader has chosen; what is not in it follows the course and the device. */
export function chosen() {
  // On the element, since each script of the page has its own copy of this module.
  const kept = root.coursepackReading || device.get("reading", {});
  return kept && typeof kept === "object" ? kept : {};
}

/** Keeps changed settings and applies them; undefined takes one back. */
export function choose(changes) {
  const next = { ...chosen(), ...changes };
  for (const name of Object.keys(next)) if (next[name] === undefined) delete next[name];
  root.coursepackReading = next;
  device.set("reading", Object.keys(next).length ? next : undefined);
  applyNow();
}

/** Applies what is kept now, and tells the other scripts. */
export function applyNow() {
  apply(root, chosen());
  quietPictures();
  tintBrowser();
  document.dispatchEvent(new CustomEvent("coursepack:settings"));
}

/** Another window changed them, or they were erased. */
export function readAgain() {
  root.coursepackReading = undefined;
  applyNow();
}

const STILL = "(prefers-reduced-motion: reduce)";

// Moving pictures have a still one for readers who ask their device for less motion; the same for those who ask here.
function quietPictures() {
  const quiet = root.getAttribute("data-motion") === "reduce";
  for (const source of document.querySelectorAll("source[media]")) {
    if (source.media === STILL && quiet) {
      source.media = "all";
      source.cpStill = true;
    } else if (source.cpStill && !quiet) {
      source.media = STILL;
      source.cpStill = false;
    }
  }
}

// The browser's own bar follows the scheme that the reader chose.
function tintBrowser() {
  const scheme = root.getAttribute("data-scheme");
  for (const tint of document.querySelectorAll('meta[name="theme-color"]')) {
    if (!tint.cpMedia) tint.cpMedia = tint.media;
    const own = tint.cpMedia.includes("dark") ? "dark" : "light";
    tint.media = !scheme ? tint.cpMedia : scheme === own ? "all" : "not all";
  }
}
