// Small pictures along the time line: WebVTT whose cues name parts of WebP sheets. Fetched when somebody looks for a
// place, and not at all where the line is to be spared.

import { make } from "../shared/dom.js";
import { served } from "../shared/page.js";
import { fetchText } from "./fetching.js";
import { sparing } from "./line.js";
import { clock } from "./times.js";

function seconds(stamp) {
  return stamp.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}

function read(text, base) {
  return [...text.matchAll(/([\d:.]+) --> ([\d:.]+)[^\n]*\n(\S+?)#xywh=(\d+),(\d+),(\d+),(\d+)/g)].map((m) => ({
    start: seconds(m[1]),
    end: seconds(m[2]),
    src: new URL(m[3], base).href,
    box: m.slice(4).map(Number),
  }));
}

/** show(time in seconds, or null): what is there. */
export function makeThumbnails(p, line) {
  const frame = make("span", { class: "peek-frame", hidden: true });
  const when = make("span", {});
  const box = make("div", { class: "peek", "aria-hidden": "true", hidden: true }, frame, when);
  const source = p.media.dataset.thumbnailsSrc;
  const address = source && served ? new URL(source, document.baseURI).href : "";
  let cues = null;
  let wanted = null;

  function load() {
    if (cues || !address || sparing()) return;
    cues = [];
    fetchText(address, new AbortController().signal).then((text) => {
      cues = read(text, address);
      if (wanted !== null) show(wanted);
    }, () => {});
  }

  function paint(time) {
    const cue = (cues || []).find((c) => time >= c.start && time < c.end);
    frame.hidden = !cue;
    if (!cue) return;
    const [x, y, width, height] = cue.box;
    frame.style.setProperty("background", `url("${cue.src}") ${-x}px ${-y}px no-repeat`);
    frame.style.setProperty("width", `${width}px`);
    frame.style.setProperty("height", `${height}px`);
  }

  function show(time) {
    wanted = time;
    box.hidden = time === null;
    if (time === null) return;
    load();
    when.textContent = clock(time);
    paint(time);
    const part = p.duration ? Math.min(1, time / p.duration) : 0;
    const rtl = getComputedStyle(line).direction === "rtl";
    const room = line.clientWidth;
    const half = box.offsetWidth / 2;
    const middle = Math.max(half, Math.min(room - half, (rtl ? 1 - part : part) * room));
    box.style.setProperty("left", `${middle}px`);
  }

  line.append(box);
  line.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || !p.duration) return;
    const { left, width } = line.getBoundingClientRect();
    const part = Math.max(0, Math.min(1, (event.clientX - left) / width));
    show((getComputedStyle(line).direction === "rtl" ? 1 - part : part) * p.duration);
  });
  line.addEventListener("pointerleave", () => show(null));
  return show;
}
