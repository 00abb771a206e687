// What is being played: the file of the page at first, the stream from the first play on, or the sound alone.
//
// The ways, each tried when the one before failed: our own stream (stream.js), the same through hls.js, the file. A
// browser without media source extensions that plays HLS by itself (iPhones) does so. From disk it is the file.

import { all, loadScript } from "../shared/dom.js";
import { served } from "../shared/page.js";
import { prefersFile } from "../shared/saved.js";
import * as line from "./line.js";
import { prefs } from "./prefs.js";

// Scripts that are loaded when somebody is about to play.
const scripts = document.currentScript ? document.currentScript.dataset : {};
const library = scripts.hls;
const thin = scripts.streamSrc;
const canStream = Boolean(thin && (window.ManagedMediaSource || window.MediaSource) && window.AbortController && window.fetch);

function load(address) {
  return loadScript(new URL(address, document.baseURI).href);
}

export class Sources {
  /** `tell(what)`: "lost", "found", "failed" (the way with choices is gone), "quality", "broken" (nothing plays). */
  constructor(root, media, tell) {
    Object.assign(this, { root, media, tell });
    this.source = media.querySelector("source");
    this.file = this.source ? this.source.src : media.currentSrc;
    // A saved lesson plays what was saved (shared/saved.js).
    this.master = media.dataset.hls && !prefersFile() ? new URL(media.dataset.hls, document.baseURI).href : "";
    this.kind = "file";
    this.at = 0;
    this.swapping = false;
    this.stream = null;
    this.canStream = Boolean(this.master && served && canStream);
    this.sounds = all("a[data-sound]", root).map((link) => ({ href: link.href, described: link.dataset.sound === "described" }));
    this.wanted = false; // somebody wants it to play
    media.addEventListener("play", () => { this.wanted = true; this.begin(); });
    media.addEventListener("pause", () => { if (!media.error) this.wanted = false; });
    media.addEventListener("timeupdate", () => { if (!this.swapping && media.readyState) this.at = media.currentTime; });
    media.addEventListener("canplay", () => { this.swapping = false; });
    media.addEventListener("error", () => this.broken());
    window.addEventListener("online", () => this.retry());
    if (this.canStream) this.leaveFile();
    if (this.master && served && !canStream && media.canPlayType("application/vnd.apple.mpegurl")) this.toNative();
  }

  // Else the browser asks for the file at the first play, before anybody can step in.
  leaveFile() {
    if (this.source) this.source.remove();
    this.media.load();
    // Whoever points at it or comes to it by keyboard is about to play.
    ["pointerenter", "focusin"].forEach((sign) => this.root.addEventListener(sign, () => { load(thin).catch(() => {}); }, { once: true }));
  }

  /** It has a described sound of its own to choose. */
  get canDescribe() {
    return this.canStream && this.sounds.some((sound) => sound.described);
  }

  /** The sound alone can be had. */
  get canListen() {
    return this.media.localName === "video" && this.sounds.length > 0;
  }

  get listening() {
    return this.kind === "sound";
  }

  begin() {
    if (this.kind !== "file" || this.media.localName !== "video") return;
    if (prefs.listen && this.canListen) this.toSound();
    else if (this.canStream) this.toStream();
  }

  // Another source from the same place on.
  swap(kind, put) {
    const { media } = this;
    const playing = this.wanted || !media.paused;
    const position = media.readyState || media.currentTime ? media.currentTime : this.at;
    this.swapping = true;
    this.wanted = playing;
    if (this.stream) this.stream.stop();
    this.stream = null;
    this.kind = kind;
    this.at = position;
    this.tell("found");
    media.defaultPlaybackRate = prefs.speed; // what a new source begins with
    put(position);
    media.dataset.playing = kind;
    if (playing) this.play();
  }

  play() {
    this.media.play().catch(() => {}); // the browser wants a press of its own: the controls are there
  }

  put(address, position) {
    const { media } = this;
    media.src = address;
    if (this.source) this.source.remove();
    if (position > 0) media.addEventListener("loadedmetadata", () => { media.currentTime = position; }, { once: true });
  }

  toStream() {
    this.swap("stream", () => {
      load(thin).then(() => { if (this.kind === "stream" && !this.stream) this.open(); }, (error) => this.fails(null, error));
    });
  }

  open() {
    const stream = new window.coursepackStream(this.media, this.master, {
      position: this.at, // the learner may have gone elsewhere meanwhile
      line,
      quality: prefs.quality,
      described: prefs.described,
      report: this.tell,
      failed: (error) => this.fails(stream, error),
    });
    this.stream = stream;
    stream.open().then(() => this.tell("quality"), (error) => stream.fail(error));
    if (this.wanted) this.play();
  }

  fails(stream, error) {
    if (this.stream !== stream) return;
    if (library && !error.missing && navigator.onLine !== false) this.toLibrary();
    else this.toFile();
  }

  toLibrary() {
    this.canStream = false;
    this.swap("library", (position) => {
      this.media.removeAttribute("src");
      load(library).then(() => {
        if (this.kind === "library") this.attach(window.coursepackHls.default, position);
      }).catch(() => this.toFile());
    });
  }

  attach(Hls, position) {
    if (!Hls.isSupported()) return this.toFile();
    const hls = new Hls({
      enableWorker: false, // fragmented MP4 needs no remuxing, and the page's policy allows no worker
      startPosition: position || -1,
      abrEwmaDefaultEstimate: lineRate(),
      capLevelToPlayerSize: true,
      maxBufferLength: 30,
      backBufferLength: 60,
    });
    this.stream = { stop: () => hls.destroy(), retry: () => hls.startLoad() };
    hls.on(Hls.Events.ERROR, (event, data) => { if (data.fatal) this.toFile(); });
    hls.on(Hls.Events.MANIFEST_PARSED, () => { hls.firstLevel = 0; this.play(); });
    hls.loadSource(this.master);
    hls.attachMedia(this.media);
  }

  // They list the playlist's own subtitles beside those of the page.
  toNative() {
    const { media } = this;
    const tracks = all("track", media).filter((track) => /captions|subtitles/.test(track.kind));
    tracks.forEach((track) => track.remove());
    this.kind = "native";
    this.swapping = true;
    media.src = this.master;
    this.undo = () => media.append(...tracks);
  }

  toFile() {
    this.canStream = false;
    this.swap("file", (position) => this.put(this.file, position));
    this.kind = "plain"; // for good
    this.tell("failed");
  }

  toSound() {
    const sound = this.sounds.find((s) => s.described === prefs.described) || this.sounds[0];
    this.swap("sound", (position) => this.put(sound.href, position));
    this.tell("quality");
  }

  /** The sound alone, or the film again. */
  listen(on) {
    if (on) this.toSound();
    else if (this.canStream) this.toStream();
    else this.swap("plain", (position) => this.put(this.file, position));
    this.tell("quality");
  }

  setDescribed(on) {
    if (this.listening) this.toSound();
    else if (this.stream && this.stream.setDescribed) this.stream.setDescribed(on);
  }

  setQuality(quality) {
    if (this.stream && this.stream.setQuality) this.stream.setQuality(quality);
  }

  broken() {
    const { media } = this;
    const code = media.error ? media.error.code : 0;
    if (this.kind === "native") {
      this.undo();
      return this.toFile();
    }
    if (this.kind === "stream" && this.stream) return this.stream.fail(new Error(`media ${code}`));
    if (this.kind === "sound" && code === 4 && this.canStream) return this.toStream();
    if (this.kind !== "library") this.tell(code === 2 || navigator.onLine === false ? "lost" : "broken");
  }

  /** Once more from the same place. */
  retry() {
    const { media } = this;
    if (this.stream) this.stream.retry();
    else if (media.error) {
      const { at } = this;
      media.load();
      media.addEventListener("loadedmetadata", () => { media.currentTime = at; }, { once: true });
      this.play();
    }
  }
}
