// <coursepack-player>: what makes a native player that is complete by itself into one with everything in its place.
//
// The element wraps <video controls> or <audio controls> with tracks, chapters, transcripts and downloads. Nothing of
// that is taken away before all of ours stands; when something of ours fails, the native controls stay.

import { all, make } from "../shared/dom.js";
import { page } from "../shared/page.js";
import { say } from "../shared/words.js";
import { makeBar } from "./bar.js";
import { makeCaptions } from "./captions.js";
import { watchChapters } from "./chapters.js";
import { bindKeys } from "./keys.js";
import { offerPicture, tellSystem } from "./listening.js";
import { keep, prefs } from "./prefs.js";
import { makePanel } from "./panel.js";
import { makeResume } from "./resume.js";
import { makeSign } from "./sign.js";
import { Sources } from "./sources.js";
import { enhanceTranscripts } from "./transcript.js";
import { makeTrouble } from "./trouble.js";

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

export class Player extends HTMLElement {
  connectedCallback() {
    if (this.media) return;
    this.media = this.querySelector("video, audio");
    if (!this.media) return;
    try {
      this.build();
    } catch (error) {
      this.media.controls = true;
      this.classList.add("plain");
      console.error(error);
    }
  }

  build() {
    const { media } = this;
    this.video = media.localName === "video";
    this.stage = this.querySelector(".stage");
    this.screen = this.querySelector(".screen");
    this.label = media.getAttribute("aria-label");
    this.seconds = Number(this.dataset.seconds) || 0;
    this.speeds = SPEEDS;
    this.setAttribute("role", "group");
    this.setAttribute("aria-label", `${say("Player")}: ${this.label}`);
    this.makeStatus();
    this.trouble = makeTrouble(this);
    this.sources = new Sources(this, media, (what) => this.told(what));
    this.captions = makeCaptions(this);
    this.sign = makeSign(this);
    this.bar = makeBar(this);
    this.panel = makePanel(this);
    makeResume(this);
    offerPicture(this);
    tellSystem(this);
    watchChapters(this);
    enhanceTranscripts(this);
    bindKeys(this);
    this.watch();
    this.apply();
    media.controls = false;
    this.classList.add("ready");
  }

  makeStatus() {
    this.status = make("p", { class: "player-status", role: "status" });
    this.stage.append(this.status);
  }

  /** Says in words what changed: on the picture and to screen readers. */
  announce(words) {
    this.status.textContent = words;
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => { this.status.textContent = ""; }, 4000);
  }

  told(what) {
    if (what === "failed") this.dispatchEvent(new CustomEvent("ways"));
    else if (what === "quality") this.dispatchEvent(new CustomEvent("quality"));
    else this.trouble(what);
  }

  get duration() {
    const { duration } = this.media;
    return Number.isFinite(duration) && duration > 0 ? duration : this.seconds;
  }

  get time() {
    return this.sources.swapping ? this.sources.at : this.media.currentTime || this.sources.at;
  }

  toggle() {
    const { media } = this;
    if (media.paused || media.ended) this.play();
    else media.pause();
  }

  play() {
    this.media.play().catch(() => {});
  }

  /** Goes to a time, in seconds; before the first play that is where it will begin. */
  seek(seconds) {
    const to = Math.max(0, Math.min(seconds, this.duration ? this.duration - 0.05 : seconds));
    this.sources.at = to;
    this.media.currentTime = to;
    this.dispatchEvent(new CustomEvent("sought"));
  }

  skip(seconds) {
    this.seek(this.time + seconds);
    this.announce(seconds < 0 ? say("10 seconds back") : say("10 seconds forward"));
  }

  setSpeed(speed) {
    keep({ speed });
    this.announce(say("Speed %(speed)s", { speed }));
  }

  faster(steps) {
    const at = SPEEDS.indexOf(prefs.speed);
    const next = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, (at < 0 ? 2 : at) + steps))];
    this.setSpeed(next);
  }

  setVolume(volume) {
    const level = Math.max(0, Math.min(1, volume));
    keep({ volume: level, muted: level === 0 });
    this.announce(say("Volume %(percent)s", { percent: `${Math.round(level * 100)}%` }));
  }

  toggleMute() {
    keep({ muted: !this.media.muted });
    this.announce(prefs.muted ? say("Sound off") : say("Sound on"));
  }

  toggleDescribed() {
    if (!this.sources.canDescribe) return;
    keep({ described: !prefs.described });
    this.sources.setDescribed(prefs.described);
    this.announce(prefs.described ? say("Audio description on") : say("Audio description off"));
  }

  toggleListen() {
    keep({ listen: !this.sources.listening });
    this.sources.listen(prefs.listen);
    this.announce(prefs.listen ? say("Sound only") : say("Picture and sound"));
  }

  setQuality(quality) {
    keep({ quality });
    this.sources.setQuality(quality);
  }

  apply() {
    const { media } = this;
    media.playbackRate = media.defaultPlaybackRate = SPEEDS.includes(prefs.speed) ? prefs.speed : 1;
    if (media.muted !== prefs.muted) media.muted = prefs.muted;
    if (Math.abs(media.volume - prefs.volume) > 0.001 && prefs.volume >= 0 && prefs.volume <= 1) media.volume = prefs.volume;
  }

  watch() {
    const { media } = this;
    this.going = false;
    document.addEventListener("coursepack:player", () => this.apply());
    media.addEventListener("volumechange", () => {
      if (media.muted !== prefs.muted || media.volume !== prefs.volume) keep({ muted: media.muted, volume: media.volume });
    });
    media.addEventListener("play", () => {
      // One at a time, native ones of animated pictures included.
      all("video, audio").forEach((other) => { if (other !== media && !other.closest(".sign-window")) other.pause(); });
    });
    media.addEventListener("playing", () => {
      this.classList.add("begun");
      this.trouble("plays");
      if (!this.going) this.tell("play");
      this.going = true;
    });
    media.addEventListener("pause", () => {
      if (!this.going || this.sources.swapping || media.ended) return;
      this.going = false;
      this.tell("pause");
    });
    media.addEventListener("ended", () => {
      this.going = false;
      this.tell("ended");
    });
    media.addEventListener("seeked", () => { if (!this.sources.swapping && this.going) this.tell("seeked"); });
    const waits = (on) => () => this.classList.toggle("waiting", on && !media.paused);
    ["waiting", "seeking"].forEach((name) => media.addEventListener(name, waits(true)));
    ["playing", "canplay", "seeked", "pause", "error"].forEach((name) => media.addEventListener(name, waits(false)));
  }

  /** For progress and records of learning: what the learner does with it. */
  tell(event) {
    const detail = {
      lesson: page.lesson || "",
      media: this.dataset.media || "",
      kind: this.media.localName,
      event,
      position_s: Math.round(this.time * 1000) / 1000,
      duration_s: Math.round(this.duration * 1000) / 1000,
    };
    document.dispatchEvent(new CustomEvent("coursepack:media", { detail }));
  }
}
