// Reads the page aloud: a recording where the course has one, else the device's own voice. Loaded when it is first asked for.

import { all, make } from "./shared/dom.js";
import { page } from "./shared/page.js";
import { say } from "./shared/words.js";
import { chosen, choose } from "./reading/chosen.js";
import { collect } from "./reading/collect.js";
import { follow, mark, rangeOf } from "./reading/highlight.js";
import { placed, recording, timeAt } from "./reading/recording.js";
import { Speaker } from "./reading/speaker.js";
import { SPEEDS, speechThere, voiceFor, voicesFor, whenVoices } from "./reading/voices.js";

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  back: "M18 5L9 12l9 7zM6 5v14",
  play: "M7 4.5v15l12-7.5z",
  pause: "M8 5v14M16 5v14",
  on: "M6 5l9 7-9 7zM18 5v14",
  stop: "M6 6h12v12H6z",
};

function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon turns");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

function rateNow() {
  const rate = Number(chosen().rate);
  return rate >= 0.5 && rate <= 2 ? rate : 1;
}

/** All of the page; of a later step its own text, without the title that each step stands under. */
function toRead() {
  return document.querySelector("html[data-steps].has-steps:not(.first-step) main .body") || document.querySelector("main");
}

/** The sentence that the reader has marked, else the first. */
function chosenStart(sentences) {
  const selection = window.getSelection();
  if (!selection || !selection.rangeCount || selection.isCollapsed) return 0;
  const wanted = selection.getRangeAt(0);
  const touches = (part) => rangeOf(part).compareBoundaryPoints(Range.END_TO_START, wanted) < 0 && rangeOf(part).compareBoundaryPoints(Range.START_TO_END, wanted) > 0;
  return Math.max(0, sentences.findIndex(({ ranges }) => ranges.some(touches)));
}

// -- two ways to read: both have start(), pause(), go(by), close(), rate() -----------------------------------------

/** By the device's voice. `bar` is told with show(playing, number, count) and message(text). */
class Spoken {
  constructor(bar) {
    this.bar = bar;
    this.sentences = collect(toRead());
    this.at = chosenStart(this.sentences);
    this.speaker = new Speaker({ end: () => this.end(), failed: () => this.fail() });
  }

  start() {
    if (!this.sentences.length) {
      this.bar.message(say("There is nothing to read here."));
      return;
    }
    const trouble = this.trouble();
    if (trouble) {
      this.bar.message(trouble);
      this.bar.show(false);
      return;
    }
    if (this.foreign()) this.bar.note = say("Some words are in a language that this device has no voice for.");
    this.playing = true;
    const sentence = this.sentences[this.at];
    mark(sentence);
    follow(sentence, this.bar.height());
    this.bar.show(true, this.at + 1, this.sentences.length);
    this.speaker.say(sentence.pieces, { rate: rateNow(), voices: chosen().voices, pageLanguage: this.language() });
  }

  /** What most of the page is in: a page that is not translated is in another language than its frame. */
  language() {
    const letters = new Map();
    for (const { pieces } of this.sentences) {
      for (const { lang, text } of pieces) letters.set(lang, (letters.get(lang) || 0) + text.length);
    }
    return [...letters].reduce((most, one) => (one[1] > most[1] ? one : most), [page.language, 0])[0];
  }

  /** Why the page cannot be read; "": it can. */
  trouble() {
    const language = this.language();
    if (voiceFor(language, chosen().voices)) return "";
    return voicesFor(language).length
      ? say("This device's voice for this language sends the text to its maker. You can choose it in the settings.")
      : say("This device has no voice for the language of this page.");
  }

  /** Whether there are words that the page's voice must read for another language. */
  foreign() {
    return this.sentences.some(({ pieces }) => pieces.some(({ lang }) => !voiceFor(lang, chosen().voices)));
  }

  end() {
    if (this.at + 1 < this.sentences.length) {
      this.at += 1;
      this.start();
      return;
    }
    // One step at a time: the next step is read, too.
    const next = document.querySelector("html[data-steps] .step-next");
    if (next && !next.hidden) {
      mark(null);
      next.click();
      this.bar.focus();
      this.sentences = collect(toRead());
      this.at = 0;
      this.start();
      return;
    }
    this.bar.close();
  }

  fail() {
    this.pause();
    this.bar.message(say("The device could not speak."));
  }

  pause() {
    this.playing = false;
    this.speaker.stop();
    this.bar.show(false, this.at + 1, this.sentences.length);
  }

  go(by) {
    const was = this.playing;
    this.at = Math.max(0, Math.min(this.at + by, this.sentences.length - 1));
    if (was) {
      this.start();
      return;
    }
    mark(this.sentences[this.at]);
    follow(this.sentences[this.at], this.bar.height());
    this.bar.show(false, this.at + 1, this.sentences.length);
  }

  rate() {
    if (this.playing) this.start();
  }

  close() {
    this.playing = false;
    this.speaker.stop();
    mark(null);
  }
}

/** By the recording; without times of its sentences the buttons go ten seconds back and forth. */
class Recorded {
  constructor(bar, { audio, times }) {
    this.bar = bar;
    this.audio = audio;
    this.times = times;
    this.sentences = placed(document.querySelector("main"), times);
    this.now = -1;
    this.listeners = {
      play: () => this.tell(true),
      pause: () => this.tell(false),
      timeupdate: () => this.look(),
      ended: () => this.bar.close(),
      error: () => this.bar.message(say("The device could not speak.")),
    };
    for (const [name, react] of Object.entries(this.listeners)) audio.addEventListener(name, react);
  }

  tell(playing) {
    this.playing = playing;
    if (this.times.length) this.bar.show(playing, Math.max(0, this.now) + 1, this.times.length);
    else this.bar.show(playing);
  }

  look() {
    const now = timeAt(this.times, this.audio.currentTime);
    if (now === this.now) return;
    this.now = now;
    const read = now < 0 ? [] : this.sentences[now];
    const all = read.length ? { ranges: read.flatMap((one) => one.ranges), element: read.length === 1 ? read[0].element : null } : null;
    mark(all);
    if (all) {
      reveal(read[0]);
      follow(all, this.bar.height());
    }
    this.tell(this.playing);
  }

  start() {
    this.rate();
    this.audio.play().catch(() => this.bar.message(say("The device could not speak.")));
  }

  pause() {
    this.audio.pause();
  }

  go(by) {
    if (this.times.length) {
      const to = Math.max(0, Math.min(timeAt(this.times, this.audio.currentTime) + by, this.times.length - 1));
      this.audio.currentTime = this.times[to][0];
    } else {
      this.audio.currentTime = Math.max(0, this.audio.currentTime + 10 * by);
    }
    this.look();
  }

  rate() {
    this.audio.playbackRate = rateNow();
  }

  close() {
    for (const [name, react] of Object.entries(this.listeners)) this.audio.removeEventListener(name, react);
    this.audio.pause();
    this.audio.currentTime = 0;
    mark(null);
  }
}

// A recording reads on into steps that are not shown.
function reveal(sentence) {
  const first = sentence.element || (sentence.ranges[0] && sentence.ranges[0].node.parentElement);
  const away = first && first.closest('.body > [hidden="until-found"], .body > [data-away]');
  if (away) away.dispatchEvent(new Event("beforematch"));
}

// -- the bar ------------------------------------------------------------------------------------------------------

class Bar {
  constructor(from) {
    this.from = from;
    this.back = this.button("back", say("Previous sentence"), () => this.reader.go(-1));
    this.toggle = this.button("play", say("Start reading"), () => (this.playing ? this.reader.pause() : this.reader.start()), "reader-play");
    this.on = this.button("on", say("Next sentence"), () => this.reader.go(1));
    this.off = this.button("stop", say("Stop reading"), () => this.close());
    this.status = make("p", { class: "reader-status", role: "status" });
    this.place = make("p", { class: "reader-status" });
    const speeds = SPEEDS.map(([rate, label]) => make("option", { value: String(rate) }, say(label)));
    this.speed = make("select", { onchange: () => this.newRate() }, ...speeds);
    this.speed.value = String(rateNow());
    this.element = make(
      "section",
      { class: "reader-bar", "aria-label": say("Read aloud") },
      make("div", { class: "buttons" }, this.back, this.toggle, this.on, this.off),
      make("label", {}, say("Speed"), this.speed),
      this.place,
      this.status,
    );
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    document.body.append(this.element);
    document.documentElement.classList.add("reads");
  }

  button(name, label, react, more) {
    return make("button", { type: "button", class: more || `reader-${name}`, "aria-label": label, title: label, onclick: react }, icon(name));
  }

  newRate() {
    const rate = Number(this.speed.value);
    choose({ rate: rate === 1 ? undefined : rate });
    this.reader.rate();
  }

  /** Says whether it reads, and where. */
  show(playing, number, count) {
    this.playing = playing;
    const label = playing ? say("Pause reading") : say("Start reading");
    this.toggle.textContent = "";
    this.toggle.append(icon(playing ? "pause" : "play"));
    this.toggle.setAttribute("aria-label", label);
    this.toggle.title = label;
    this.place.textContent = count ? say("Reading %(number)s of %(count)s", { number, count }) : "";
    if (playing) this.status.textContent = this.note || "";
  }

  message(text) {
    this.status.textContent = text;
  }

  height() {
    return this.element.offsetHeight;
  }

  focus() {
    this.toggle.focus({ preventScroll: true });
  }

  close() {
    if (this.reader) this.reader.close();
    this.element.remove();
    document.documentElement.classList.remove("reads");
    bar = null;
    if (this.from) this.from.focus({ preventScroll: true });
  }
}

let bar = null;

function open(from) {
  if (bar) {
    bar.focus();
    return;
  }
  quiet();
  bar = new Bar(from);
  const mine = bar;
  bar.focus();
  const recorded = recording();
  if (recorded) {
    bar.reader = new Recorded(bar, recorded);
    bar.reader.start();
    return;
  }
  if (!speechThere()) {
    bar.reader = { start: mute, pause() {}, go: mute, rate() {}, close() {} };
    mute();
    return;
  }
  bar.reader = new Spoken(bar);
  whenVoices().then(() => bar === mine && mine.reader.start());
}

function mute() {
  bar.message(say("This browser cannot read aloud."));
}

// Two voices at once help nobody: what plays stops the reading, and reading stops what plays.
function quiet() {
  for (const media of all("video, audio")) if (!media.paused) media.pause();
}
document.addEventListener(
  "play",
  (event) => {
    if (!bar || !bar.reader || event.target === bar.reader.audio) return;
    bar.reader.pause();
  },
  true,
);
window.addEventListener("pagehide", () => bar && bar.close());
document.addEventListener("coursepack:read", (event) => open(event.detail && event.detail.from));
