// Where the learner was: kept as `media/<lesson>/<path>` on this device, offered at the next visit, never forced.

import { make } from "../shared/dom.js";
import { page } from "../shared/page.js";
import { course } from "../shared/store.js";
import { say } from "../shared/words.js";
import { clock, spoken } from "./times.js";

const WORTH_S = 10; // nobody needs help to find the first seconds again
const EVERY_MS = 4000;

export function makeResume(p) {
  const { media } = p;
  const key = `media/${page.lesson || ""}/${p.dataset.media || p.id}`;
  let last = 0;
  let erased = false; // until it plays again

  function save() {
    if (erased || !p.classList.contains("begun") || p.sources.swapping) return;
    last = Date.now();
    const whole = p.duration;
    const done = media.ended || (whole && p.time > whole - Math.min(5, whole / 20));
    const before = course.get(key, {});
    const round = (n) => Math.round(n * 10) / 10;
    course.set(key, { position_s: done ? 0 : round(p.time), duration_s: round(whole), ended: Boolean(done || before.ended) });
  }

  media.addEventListener("timeupdate", () => { if (Date.now() - last > EVERY_MS) save(); });
  media.addEventListener("play", () => { erased = false; });
  document.addEventListener("coursepack:erase", () => { erased = true; });
  ["pause", "ended"].forEach((name) => media.addEventListener(name, save));
  window.addEventListener("pagehide", save);

  const kept = course.get(key, {});
  const position = kept && Number(kept.position_s);
  const worth = Math.min(WORTH_S, (p.duration || WORTH_S) / 5);
  if (!(position > worth) || (p.duration && position > p.duration - 1)) return;
  const button = make("button", {
    type: "button",
    class: "resume",
    "aria-label": `${say("Go on at %(time)s", { time: spoken(position) })} – ${p.label}`,
    onclick: () => {
      p.seek(position);
      p.play();
      p.bar.querySelector(".play").focus({ preventScroll: true });
    },
  }, say("Go on at %(time)s", { time: clock(position) }));
  const away = () => {
    button.remove();
    p.classList.remove("resumes");
  };
  (p.screen || p.stage).append(button);
  p.classList.add("resumes");
  media.addEventListener("play", away, { once: true });
  document.addEventListener("coursepack:erase", away);
}
