// Sizes and reasons in words.

import { page } from "../shared/page.js";
import { say } from "../shared/words.js";

/** Bytes for people: "640 kB", "3.4 MB"; decimal, as operators of mobile networks count. */
export function size(bytes) {
  const number = (value, digits) => {
    try {
      return value.toLocaleString(page.language, { maximumFractionDigits: digits });
    } catch (error) {
      return value.toFixed(digits);
    }
  };
  if (bytes < 1e6) return `${number(Math.max(1, Math.round(bytes / 1e3)), 0)} kB`;
  return bytes < 1e9 ? `${number(bytes / 1e6, 1)} MB` : `${number(bytes / 1e9, 1)} GB`;
}

/** What a quality is called. */
export function qualityName(quality) {
  return { text: say("Text and pictures"), sound: say("With sound"), small: say("With small video"), standard: say("With video") }[quality];
}

/** Why saving stopped, and what to do. */
export function reason(error) {
  if (error.reason === "room" && error.need) {
    return say("There is no room: this takes %(need)s, and %(free)s are free. What was saved before is still there.", { need: size(error.need), free: size(error.free) });
  }
  if (error.reason === "room") return say("There is no more room on this device. What was saved before is still there.");
  if (error.reason === "cancelled") return say("Stopped. You can carry on at any time.");
  if (error.reason === "changed") return say("The course has just changed. Reload this page and save again.");
  return say("The connection was lost. You can carry on at any time.");
}
