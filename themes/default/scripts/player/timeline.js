// The time line: a native slider (so that every screen reader and phone knows it) over what is loaded, chapters and
// small pictures of what is there.

import { all, make } from "../shared/dom.js";
import { say } from "../shared/words.js";
import { makeThumbnails } from "./thumbnails.js";
import { clock, spoken } from "./times.js";

const STEPS = { ArrowLeft: -5, ArrowRight: 5, ArrowDown: -5, ArrowUp: 5, PageDown: -30, PageUp: 30 };

export function makeTimeline(p) {
  const { media } = p;
  const now = make("span", { class: "now-at", "aria-hidden": "true" }, "0:00");
  const rest = make("span", { class: "of", "aria-hidden": "true" });
  const slider = make("input", { type: "range", class: "seek", min: "0", max: "100", step: "any", value: "0", "aria-label": say("Position") });
  const loaded = make("span", { class: "loaded" });
  const marks = make("span", { class: "marks" });
  const line = make("div", { class: "line" }, make("span", { class: "rail" }, loaded, make("span", { class: "played" }), marks), slider);
  const peek = makeThumbnails(p, line);
  let held = false;

  function show(time) {
    const { duration } = p;
    slider.max = String(duration || 100);
    slider.disabled = !duration;
    slider.value = String(time);
    now.textContent = clock(time);
    rest.textContent = duration ? clock(duration) : "";
    line.style.setProperty("--part", `${duration ? Math.min(100, (time / duration) * 100) : 0}%`);
    const whole = Math.floor(time);
    if (slider.dataset.at !== String(whole) + duration) {
      slider.dataset.at = String(whole) + duration;
      slider.setAttribute("aria-valuetext", duration ? say("%(now)s of %(all)s", { now: spoken(time), all: spoken(duration) }) : spoken(time));
    }
  }

  function update() {
    if (!held) show(p.time);
  }

  function load() {
    const ranges = media.buffered;
    let end = 0;
    for (let n = 0; n < ranges.length; n += 1) if (ranges.start(n) <= media.currentTime + 0.5) end = ranges.end(n);
    loaded.style.setProperty("--part", `${p.duration ? Math.min(100, (end / p.duration) * 100) : 0}%`);
  }

  function placeMarks() {
    marks.replaceChildren(
      ...all(".chapters a[data-start]", p).filter((a) => Number(a.dataset.start) > 0 && Number(a.dataset.start) < p.duration).map((a) => {
        const mark = make("i", {});
        mark.style.setProperty("--at", `${(Number(a.dataset.start) / p.duration) * 100}%`);
        return mark;
      }),
    );
  }

  function hold(on) {
    held = on;
    peek(on ? Number(slider.value) : null);
  }

  slider.addEventListener("input", () => {
    const to = Number(slider.value);
    held = held || slider.matches(":active");
    show(to);
    peek(to);
    if (!held) p.seek(to);
  });
  slider.addEventListener("change", () => {
    hold(false);
    p.seek(Number(slider.value));
  });
  slider.addEventListener("pointerup", () => hold(false));
  slider.addEventListener("blur", () => hold(false));
  slider.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const mirrored = getComputedStyle(slider).direction === "rtl" && /Left|Right/.test(event.key);
    const step = STEPS[event.key] * (mirrored ? -1 : 1);
    const to = event.key === "Home" ? 0 : event.key === "End" ? p.duration : p.time + step;
    if (Number.isNaN(to)) return;
    event.preventDefault();
    event.stopPropagation();
    p.seek(to);
    show(p.time);
    peek(p.time);
  });
  ["timeupdate", "seeking", "emptied"].forEach((name) => media.addEventListener(name, update));
  ["durationchange", "loadedmetadata"].forEach((name) => media.addEventListener(name, () => { update(); placeMarks(); }));
  ["progress", "timeupdate"].forEach((name) => media.addEventListener(name, load));
  p.addEventListener("sought", update);
  placeMarks();
  show(0);
  return make("div", { class: "time-row" }, now, line, rest);
}
