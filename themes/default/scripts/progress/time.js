// Time spent: while the page is seen and used, or something plays. Nothing runs in the background.

import { all } from "../shared/dom.js";
import { addSeconds } from "./record.js";

const TICK_MS = 5000;
const IDLE_MS = 60000; // reading without a touch for longer than this no longer counts
const KEEP_EVERY_S = 15;

/** Counts the time of the lesson `id`. Gives a function that tells the seconds since the page was opened. */
export function countTime(id, tick) {
  let lastUse = Date.now();
  let lastTick = Date.now();
  let waiting = 0;
  let whole = 0;
  const used = () => { lastUse = Date.now(); };
  ["pointerdown", "keydown", "scroll", "touchstart"].forEach((name) => document.addEventListener(name, used, { passive: true, capture: true }));

  function count() {
    const now = Date.now();
    const plays = () => all("video, audio").some((media) => !media.paused);
    // A device that slept tells of it by a long gap.
    const seconds = Math.min(now - lastTick, TICK_MS * 2) / 1000;
    lastTick = now;
    if (document.visibilityState === "visible" && (now - lastUse < IDLE_MS || plays())) {
      waiting += seconds;
      whole += seconds;
    }
  }
  function keep() {
    if (waiting >= 1) addSeconds(id, waiting);
    waiting = 0;
  }
  setInterval(() => {
    count();
    if (waiting >= KEEP_EVERY_S) keep();
    tick();
  }, TICK_MS);
  const leave = () => { count(); keep(); };
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") lastTick = Date.now();
    else leave();
  });
  window.addEventListener("pagehide", leave);
  document.addEventListener("coursepack:erase", () => { waiting = 0; whole = 0; });
  return () => whole + Math.min(Date.now() - lastTick, TICK_MS) / 1000;
}
