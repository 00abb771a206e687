// One step at a time: a lesson's h2 sections one after the other, for readers who asked for it (html[data-steps]).
// Nothing is moved: what belongs to other steps is hidden, found by the browser's search where it can, and printed.

import { all } from "../shared/dom.js";
import { page } from "../shared/page.js";
import { say } from "../shared/words.js";
import { choose } from "../reading/chosen.js";

const root = document.documentElement;
const PARTS = [".step-place", ".step-back", ".step-next", ".step-whole", ".step-again button"];
const AWAY = "onbeforematch" in root ? "until-found" : ""; // the browser's search opens what it finds

/** [[element, ...], ...]: what stands before the first h2, then each h2 with what follows it. */
function sections(body) {
  const found = [];
  for (const element of body.children) {
    if (element.localName === "h2" || !found.length) found.push([]);
    found[found.length - 1].push(element);
  }
  return found;
}

class Steps {
  constructor(body, parts) {
    this.parts = parts;
    this.at = 0;
    [this.top, this.back, this.on, this.whole, this.again] = PARTS.map((name) => document.querySelector(name));
    this.back.addEventListener("click", () => this.go(this.at - 1));
    this.on.addEventListener("click", () => this.go(this.at + 1));
    this.whole.addEventListener("click", () => choose({ steps: false }));
    this.again.addEventListener("click", () => choose({ steps: true }));
    for (const element of body.children) {
      element.addEventListener("beforematch", () => this.show(this.parts.findIndex((part) => part.includes(element))));
    }
  }

  /** Shows step `number` and goes to its beginning. */
  go(number) {
    this.show(number);
    this.top.focus({ preventScroll: true });
    this.top.scrollIntoView({ block: "start" });
  }

  show(number) {
    this.at = Math.max(0, Math.min(number, this.parts.length - 1));
    const one = root.hasAttribute("data-steps");
    this.parts.forEach((part, n) => part.forEach((element) => this.put(element, !one || n === this.at)));
    const last = this.at === this.parts.length - 1;
    this.back.disabled = this.at === 0;
    this.on.hidden = last;
    this.top.textContent = say("Step %(number)s of %(count)s", { number: this.at + 1, count: this.parts.length });
    this.top.style.setProperty("--done", `${(100 * (this.at + 1)) / this.parts.length}%`);
    root.classList.toggle("first-step", this.at === 0);
    root.classList.toggle("last-step", last);
  }

  put(element, there) {
    if (AWAY) element.hidden = there ? false : AWAY;
    else element.toggleAttribute("data-away", !there);
  }

  /** Shows the step that holds the address's #fragment. True: there is one. */
  follow() {
    let target = null;
    try {
      target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch (error) {
      return false; // not UTF-8: no such place
    }
    const number = target ? this.parts.findIndex((part) => part.some((element) => element.contains(target))) : -1;
    if (number < 0) return false;
    this.show(number);
    if (root.hasAttribute("data-steps")) target.scrollIntoView();
    return true;
  }

  /** The reader switched steps on or off: what was read stays in view. */
  change() {
    const on = root.hasAttribute("data-steps");
    if (on === this.shown) return;
    this.shown = on;
    if (on) this.at = this.inView();
    const first = this.parts[this.at][0];
    const above = first.getBoundingClientRect().top < 0;
    this.show(this.at);
    const held = document.activeElement;
    if (held === document.body || held === this.whole || held === this.again) (on ? this.top : this.again).focus({ preventScroll: true });
    if (above || (!on && this.at > 0)) (on ? this.top : first).scrollIntoView({ block: "start" });
  }

  inView() {
    const tops = this.parts.map((part) => part[0].getBoundingClientRect().top);
    return Math.max(0, tops.filter((top) => top < window.innerHeight / 3).length - 1);
  }
}

export function makeSteps() {
  const body = page.kind === "lesson" && document.querySelector("article > .body");
  const parts = body ? sections(body) : [];
  const there = PARTS.every((name) => document.querySelector(name)); // a theme may leave them out
  if (parts.length < 2 || !there) {
    for (const element of all(".step-place, .step-bar, .step-again")) element.remove();
  } else {
    const steps = new Steps(body, parts);
    steps.shown = root.hasAttribute("data-steps");
    if (!steps.follow()) steps.show(0);
    window.addEventListener("hashchange", () => steps.follow());
    document.addEventListener("coursepack:settings", () => steps.change());
    // A link to the place where the reader already is changes no address.
    document.addEventListener("click", (event) => {
      const link = event.target.closest && event.target.closest('a[href^="#"]');
      if (link && link.hash === location.hash) steps.follow();
    });
    root.classList.add("has-steps");
  }
  root.classList.add("stepped");
}
