// What the line to the server gives, in bit/s, and whether it is to be spared.

import { device } from "../shared/store.js";
import { keep, prefs } from "./prefs.js";

const network = navigator.connection || {};
const LOWEST = 100000;
const HIGHEST = 20000000;

let measured = 0;
let bytes = 0;
let weight = 0;

/** Tells of `size` bytes that came in `milliseconds`. */
export function came(size, milliseconds) {
  if (milliseconds < 5 || size < 2000) return;
  const rate = (size * 8000) / milliseconds;
  // The newer the more, and by how much came: a small file is all waiting.
  const share = Math.min(0.6, size / 150000 + 0.05);
  measured = measured ? measured * (1 - share) + rate * share : rate;
  bytes += size;
  weight += 1;
  if (weight % 4 === 0 && bytes > 100000) keep({ rate: Math.round(measured) }, true);
}

// The page's own scripts and styles have just come the same way, beside each other: their bytes by the time in which any
// of them came. Those out of a cache say nothing (no transfer).
function byThePage() {
  if (!window.performance || !performance.getEntriesByType) return 0;
  const came = performance
    .getEntriesByType("resource")
    .filter((e) => e.transferSize > 8000 && e.responseStart > 0)
    .sort((a, b) => a.responseStart - b.responseStart);
  let size = 0;
  let time = 0;
  let end = 0;
  for (const e of came) {
    size += e.transferSize;
    time += Math.max(0, e.responseEnd - Math.max(e.responseStart, end));
    end = Math.max(end, e.responseEnd);
  }
  return size > 15000 && time > 5 ? (size * 8000) / time : 0;
}

/** The rate to count on. Before anything of a film came it is rather low, so that the first picture comes soon. */
export function lineRate() {
  const hint = network.downlink ? network.downlink * 1e6 : 0;
  const guesses = [byThePage(), prefs.rate, hint].filter((rate) => rate > 0);
  const guess = guesses.length ? Math.min(...guesses) * 0.7 : 300000;
  return Math.max(LOWEST, Math.min(HIGHEST, measured || guess));
}

/** Whether to spare the line: as the learner said, else as the browser says of it, else where it was slow. */
export function sparing() {
  const said = device.get("data-saver", null);
  if (typeof said === "boolean") return said;
  return Boolean(network.saveData) || /(^|-)(2g|3g)$/.test(network.effectiveType || "") || lineRate() < 400000;
}
