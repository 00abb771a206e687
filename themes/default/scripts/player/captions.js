// Captions as the learner likes them: one language or two at once, in their own size, colours and place.
//
// The browser reads the tracks (mode "hidden") and we print the cues: its own rendering knows no two languages, and
// its looks cannot be kept. What we print is text and the few elements that the browser makes of a cue, never HTML.

import { make } from "../shared/dom.js";
import { say } from "../shared/words.js";
import { keep, prefs } from "./prefs.js";

export const SIZES = ["0.75", "1", "1.35", "1.8"];
export const COLOURS = { white: "#ffffff", yellow: "#ffe45c", cyan: "#8ff4ff", green: "#9dff8f", black: "#000000" };
const GROUNDS = { dark: "rgb(0 0 0 / 0.82)", black: "#000000", white: "#ffffff", none: "transparent" };
export const PLACES = ["bottom", "top", "below"];

const language = (track) => track.language || "";

class Captions {
  constructor(p) {
    this.p = p;
    this.media = p.media;
    this.box = make("div", { class: "cues", "aria-hidden": "true" });
    this.followed = new Set();
    // Without this the browser would show the default track once more with every new source.
    this.preset = "";
    for (const element of p.media.querySelectorAll("track[default]")) {
      this.preset = element.srclang;
      element.removeAttribute("default");
      element.default = false;
    }
    p.media.textTracks.addEventListener("addtrack", () => this.choose());
    p.media.textTracks.addEventListener("change", () => this.adopt());
    p.media.addEventListener("webkitbeginfullscreen", () => this.hand("showing"));
    p.media.addEventListener("webkitendfullscreen", () => this.hand("hidden"));
    document.addEventListener("coursepack:player", () => { this.choose(); this.look(); });
    // Letters grow with the picture, in full screen too.
    if (window.ResizeObserver && p.screen) new ResizeObserver(() => this.look()).observe(p.screen);
    this.choose();
    this.look();
  }

  tracks() {
    return Array.from(this.media.textTracks).filter((t) => /captions|subtitles/.test(t.kind));
  }

  /** The languages to choose from, [tag, name], once each. */
  languages() {
    return [...new Map(this.tracks().map((t) => [language(t), t.label || language(t)])).entries()];
  }

  /** The tracks to print, first one first. */
  chosen() {
    const tracks = this.tracks();
    const by = (tag) => tracks.find((t) => language(t) === tag);
    const spoken = document.documentElement.lang.split("-")[0];
    const first = by(prefs.first) || by(this.preset) || tracks.find((t) => language(t).split("-")[0] === spoken) || tracks[0];
    const second = prefs.second && by(prefs.second);
    return prefs.captions ? [...new Set([first, second].filter(Boolean))] : [];
  }

  choose() {
    const chosen = this.chosen();
    this.shown = chosen;
    for (const track of this.tracks()) {
      const mode = chosen.includes(track) ? this.mode() : "disabled";
      if (track.mode !== mode) track.mode = mode;
      if (!this.followed.has(track)) {
        this.followed.add(track);
        track.addEventListener("cuechange", () => this.draw());
      }
    }
    this.draw();
  }

  mode() {
    return this.native ? "showing" : "hidden";
  }

  // iPhones show the picture alone in full screen: then the captions are the phone's.
  hand(mode) {
    this.native = mode === "showing";
    this.choose();
  }

  // A track that the browser or a phone's own menu turned on is not to be seen twice.
  adopt() {
    if (this.native) return;
    for (const track of this.tracks()) if (track.mode === "showing") track.mode = "hidden";
  }

  draw() {
    const lines = (this.shown || []).map((track, number) => {
      const cues = Array.from(track.activeCues || []).sort((a, b) => a.startTime - b.startTime);
      if (!cues.length) return null;
      return make("p", { lang: language(track) || null, dir: "auto", class: number ? "second" : null }, ...cues.map((cue) => this.cue(cue)));
    });
    this.box.replaceChildren(...lines.filter(Boolean));
  }

  cue(cue) {
    const line = make("span", {});
    try {
      line.append(cue.getCueAsHTML());
    } catch (error) {
      line.textContent = cue.text;
    }
    return line;
  }

  look() {
    const { box, p } = this;
    const place = p.screen && PLACES.includes(prefs.place) ? prefs.place : "below";
    const home = place === "below" ? p.stage : p.screen;
    if (box.parentNode !== home) {
      if (place === "below" && p.screen) p.screen.after(box);
      else home.append(box);
    }
    p.stage.dataset.cues = place;
    const width = (p.screen || p.stage).clientWidth;
    const height = (p.screen || p.stage).clientHeight;
    const base = p.screen ? Math.max(15, Math.min(width * 0.036, height * 0.064)) : 18;
    const size = SIZES.includes(prefs.size) ? Number(prefs.size) : 1;
    box.style.setProperty("--cue-size", `${Math.round(base * size)}px`);
    box.style.setProperty("--cue-ink", COLOURS[prefs.colour] || COLOURS.white);
    box.style.setProperty("--cue-ground", GROUNDS[prefs.ground] || GROUNDS.dark);
    box.classList.toggle("bare", prefs.ground === "none");
  }

  toggle() {
    keep({ captions: !prefs.captions });
    const names = this.shown.map((t) => t.label || t.language).join(" + ");
    this.p.announce(prefs.captions ? say("Captions: %(language)s", { language: names }) : say("Captions off"));
  }

  /** Languages from the panel; "" as first turns captions off. */
  setLanguages(first, second) {
    keep(first ? { captions: true, first, second: second === first ? "" : second } : { captions: false });
    const names = this.shown.map((t) => t.label || t.language).join(" + ");
    this.p.announce(first ? say("Captions: %(language)s", { language: names }) : say("Captions off"));
  }
}

export function makeCaptions(p) {
  return new Captions(p);
}
