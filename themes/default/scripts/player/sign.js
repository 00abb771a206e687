// The sign-language window: a second film in step with the first, that stays on screen while one reads on, and can be
// put and sized by hand or by keys. The page has it as a link; nothing of it is loaded before it is opened.

import { make } from "../shared/dom.js";
import { say } from "../shared/words.js";
import { tool } from "./bar.js";
import { icon } from "./icons.js";
import { keep, prefs } from "./prefs.js";

const STEP = 16;
const SMALLEST = 112;
const APART_S = 0.3; // more than that is seen

class Sign {
  constructor(p, link) {
    Object.assign(this, { p, link, open: false });
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.toggle();
    });
  }

  make() {
    const { p } = this;
    this.film = make("video", { playsinline: true, preload: "auto", src: this.link.href, "aria-label": `${say("Sign language")}: ${p.label}`, tabindex: "-1" });
    this.film.muted = true;
    this.handle = make("button", { type: "button", class: "tool grip", "aria-label": say("Move with the arrow keys, size with + and -"), title: say("Move"), "data-short": say("Move") }, icon("move"));
    const close = tool("close", say("Close sign language"), () => this.toggle(), { "data-short": say("Close") });
    this.corner = make("span", { class: "corner", "aria-hidden": "true" });
    this.window = make("section", { class: "sign-window", "aria-label": say("Sign language"), hidden: true }, make("div", { class: "sign-head" }, this.handle, close), this.film, this.corner);
    p.stage.append(this.window);
    this.handle.addEventListener("keydown", (event) => this.key(event));
    this.drag(this.handle, (x, y) => this.place(x, y));
    this.drag(this.film, (x, y) => this.place(x, y));
    this.drag(this.corner, (x, y, dx) => this.place(this.from.x, this.from.y, this.from.width + dx * (this.mirrored() ? -1 : 1)));
    const step = () => this.step();
    ["play", "pause", "playing", "waiting", "seeking", "seeked", "ratechange", "timeupdate", "ended"].forEach((name) => p.media.addEventListener(name, step));
    this.film.addEventListener("loadedmetadata", () => {
      this.place(); // it has its height now
      step();
    });
    window.addEventListener("resize", () => { if (this.open) this.place(); });
    ["fullscreenchange", "webkitfullscreenchange"].forEach((name) => document.addEventListener(name, () => { if (this.open) this.place(); }));
  }

  mirrored() {
    return getComputedStyle(this.p).direction === "rtl";
  }

  toggle() {
    if (!this.window) this.make();
    this.open = !this.open;
    this.window.hidden = !this.open;
    if (this.open) {
      this.place();
      this.step();
    } else {
      this.film.pause();
      if (this.window.contains(document.activeElement) || document.activeElement === document.body) this.p.bar.querySelector(".sign").focus();
    }
    this.p.announce(this.open ? say("Sign language on") : say("Sign language off"));
    this.p.dispatchEvent(new CustomEvent("sign"));
  }

  /** Puts the window at (x, y) from the top left, `width` wide, within the screen; what is left out stays. */
  place(x, y, width) {
    const kept = prefs.sign || {};
    const box = this.window;
    const number = (...values) => values.find((v) => Number.isFinite(v));
    const most = Math.min(window.innerWidth * 0.9, window.innerHeight * 0.8);
    const wide = Math.max(SMALLEST, Math.min(most, number(width, kept.width, Math.max(132, Math.min(300, window.innerWidth * 0.3)))));
    box.style.setProperty("width", `${Math.round(wide)}px`);
    const { offsetWidth, offsetHeight } = box;
    const right = window.innerWidth - offsetWidth;
    // Never on the controls of a full screen.
    const bottom = window.innerHeight - offsetHeight - (this.p.classList.contains("in-full") ? this.p.bar.offsetHeight : 0);
    const left = Math.max(0, Math.min(right, number(x, kept.x, this.mirrored() ? 8 : right - 8)));
    const top = Math.max(0, Math.min(bottom, number(y, kept.y, bottom - 8)));
    box.style.setProperty("left", `${Math.round(left)}px`);
    box.style.setProperty("top", `${Math.round(top)}px`);
    if (x !== undefined || width !== undefined) keep({ sign: { x: left, y: top, width: wide } }, true);
  }

  key(event) {
    const { left, top, width } = this.window.getBoundingClientRect();
    const moves = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
    const sizes = { "+": STEP, "=": STEP, "-": -STEP };
    if (moves[event.key]) this.place(left + moves[event.key][0], top + moves[event.key][1]);
    else if (sizes[event.key]) this.place(left, top, width + sizes[event.key]);
    else if (event.key === "Escape") this.toggle();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  drag(part, move) {
    part.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      const { left, top, width } = this.window.getBoundingClientRect();
      this.from = { x: left, y: top, width };
      const [x, y] = [event.clientX, event.clientY];
      part.setPointerCapture(event.pointerId);
      const on = (e) => move(left + e.clientX - x, top + e.clientY - y, e.clientX - x);
      part.addEventListener("pointermove", on);
      const off = () => part.removeEventListener("pointermove", on);
      ["pointerup", "pointercancel"].forEach((name) => part.addEventListener(name, off, { once: true }));
    });
  }

  // Keeps it with the film.
  step() {
    const { film, p } = this;
    const { media } = p;
    if (!this.open || !film.readyState || p.sources.swapping) return;
    film.playbackRate = media.playbackRate;
    const at = Math.min(media.currentTime, film.duration || 0);
    if (Math.abs(film.currentTime - at) > APART_S) film.currentTime = at;
    const going = !media.paused && !media.ended && media.readyState > 2 && !media.seeking && at < film.duration;
    if (going && film.paused) film.play().catch(() => {});
    else if (!going && !film.paused) film.pause();
  }
}

/** The window, or null where the film has none. */
export function makeSign(p) {
  const link = p.querySelector("a[data-sign]");
  return link ? new Sign(p, link) : null;
}
