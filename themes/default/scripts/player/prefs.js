// How this learner likes to watch, for all courses on this device: `device` "player".

import { device } from "../shared/store.js";

const DEFAULTS = {
  speed: 1,
  volume: 1,
  muted: false,
  captions: true, // on
  first: "", // language of the captions; "": the page's choice
  second: "", // a second language below it
  size: "1",
  colour: "white",
  ground: "dark",
  place: "bottom",
  quality: "auto", // or "saver", or lines: "360"
  keys: true,
  follow: true,
  stops: false, // every line of a transcript is a tab stop
  described: false,
  listen: false,
  sign: null, // {x, y, width} in CSS pixels
  rate: 0, // bit/s, as last measured
};

export const prefs = { ...DEFAULTS };
const kept = device.get("player", {});
// Only what we know, of the kind that we know: anything may stand in a storage.
for (const name of Object.keys(DEFAULTS)) {
  if (kept && kept[name] !== undefined && (DEFAULTS[name] === null || typeof kept[name] === typeof DEFAULTS[name])) prefs[name] = kept[name];
}

/** Keeps changed preferences and tells every player of the page. */
export function keep(changes, quietly) {
  Object.assign(prefs, changes);
  device.set("player", prefs);
  if (!quietly) document.dispatchEvent(new CustomEvent("coursepack:player", { detail: changes }));
}

/** Keys work unless they were switched off, here or for the whole page. */
export function keysWork() {
  const reading = device.get("reading", {});
  return prefs.keys && !(reading && reading.shortcuts === false);
}
