// Plays our HLS through Media Source Extensions.
//
// The streams are of our own making (docs/design/media.md): keyframes at the same instants on every rung, one file a
// segment, sound apart. What that takes is 4 kB to load on a line of 300 kbit/s, and the beginning of a segment is shown
// while its end is still coming.

import { Feed } from "./feed.js";
import { fetching, fetchText } from "./fetching.js";
import { readMaster, readMedia } from "./playlists.js";

const Source = window.ManagedMediaSource || window.MediaSource;

const family = (variant) => variant.codecs.find((codec) => !codec.startsWith("mp4a")) || "";
const type = (codec, kind) => `${kind}/mp4; codecs="${codec}"`;

/** AV1 where the device does it with ease, since it takes half the bytes; else H.264. */
async function playable(variants) {
  const known = variants.filter((v) => Source.isTypeSupported(type(family(v), "video")));
  const av1 = known.filter((v) => family(v).startsWith("av01"));
  const plain = known.filter((v) => !family(v).startsWith("av01"));
  if (!av1.length || !plain.length) return known;
  const top = av1[av1.length - 1];
  const video = { contentType: type(family(top), "video"), width: top.width, height: top.height, bitrate: top.rate, framerate: 25 };
  try {
    const can = await navigator.mediaCapabilities.decodingInfo({ type: "media-source", video });
    return can.smooth && (can.powerEfficient || top.lines <= 480) ? av1 : plain;
  } catch (error) {
    return plain;
  }
}

export class Stream {
  /** `options`: {position, described, quality, line, report(what), failed(error)}; `line` is line.js, which the page's
   * script has, too; `what` is "lost" or "found" (the line), "quality". */
  constructor(media, address, options) {
    this.media = media;
    this.address = address;
    this.options = options;
    this.line = options.line;
    this.quality = options.quality;
    this.described = options.described;
    this.variants = [];
    this.sounds = [];
    this.now = null;
    this.feeds = [];
    this.lists = new Map();
    this.heads = new Map();
    this.stopped = false;
    this.abort = new AbortController();
  }

  /** Resolves when the first playlists are there and segments are being fetched; rejects where it cannot be played. */
  async open() {
    this.source = new Source();
    if (window.ManagedMediaSource) this.media.disableRemotePlayback = true;
    const opened = new Promise((done) => this.source.addEventListener("sourceopen", done, { once: true }));
    this.url = URL.createObjectURL(this.source);
    this.media.src = this.url;
    const master = readMaster(await fetchText(this.address, this.abort.signal), this.address);
    this.variants = await playable(master.variants);
    this.sounds = master.sounds;
    if (!this.variants.length) throw new Error("no codec");
    this.now = this.choose();
    await Promise.all([opened, this.list(this.now.uri), this.sound() && this.list(this.sound().uri)]);
    if (this.stopped) return;
    await this.begin();
  }

  async begin() {
    const picture = await this.list(this.now.uri);
    const top = this.variants[this.variants.length - 1];
    this.source.duration = picture.duration;
    const report = (what) => this.report(what);
    const shared = { stream: this, media: this.media, report };
    this.feeds = [new Feed(this.source.addSourceBuffer(type(family(top), "video")), () => this.picture(), shared)];
    if (this.sound()) {
      const codec = top.codecs.find((c) => c.startsWith("mp4a")) || "mp4a.40.2";
      this.feeds.push(new Feed(this.source.addSourceBuffer(type(codec, "audio")), () => this.sound(), shared));
    }
    this.timer = setInterval(() => this.overGaps(), 500);
    if (this.options.position > 0) this.media.currentTime = this.options.position;
    this.feeds.forEach((feed) => feed.run().catch((error) => this.fail(error)));
  }

  /** The media playlist at an address. */
  list(uri) {
    if (!this.lists.has(uri)) {
      this.lists.set(uri, fetchText(uri, this.abort.signal).then((text) => readMedia(text, uri)));
      this.lists.get(uri).catch(() => this.lists.delete(uri));
    }
    return this.lists.get(uri);
  }

  /** The initialization segment at an address: so small that no fetching of it is broken off, and kept for the way back. */
  head(uri) {
    if (!this.heads.has(uri)) {
      this.heads.set(uri, fetching(uri).then((response) => response.arrayBuffer()));
      this.heads.get(uri).catch(() => this.heads.delete(uri));
    }
    return this.heads.get(uri);
  }

  /** The variant for the next segment of the picture. */
  picture() {
    const next = this.choose();
    if (next !== this.now) {
      this.now = next;
      this.report("quality");
    }
    return next;
  }

  /** The sound that goes with it: described where wished, in the page's language if it can be; null: none. */
  sound() {
    const group = this.sounds.filter((sound) => sound.group === this.now.group);
    const spoken = document.documentElement.lang.split("-")[0];
    const fits = group.filter((sound) => sound.described === this.described);
    const here = fits.filter((sound) => sound.language.split("-")[0] === spoken);
    return (this.described && here[0]) || fits[0] || group[0] || null;
  }

  choose() {
    const { quality, variants } = this;
    if (quality === "saver" || (quality === "auto" && this.line.sparing())) return variants[0];
    const wanted = Number(quality);
    if (wanted) return variants.filter((v) => v.lines <= wanted).pop() || variants[0];
    return this.byTheLine();
  }

  // What the line carries with some to spare, and no more than what can be seen.
  byTheLine() {
    const { variants, media } = this;
    const ahead = this.feeds.length ? this.feeds[0].ahead() : 0;
    const room = this.line.lineRate() * (ahead > 15 ? 0.9 : 0.7);
    const pixels = (media.clientWidth || 640) * Math.min(2, window.devicePixelRatio || 1);
    const cap = variants.findIndex((v) => v.width >= pixels * 0.9);
    const seen = cap < 0 ? variants : variants.slice(0, cap + 1);
    const carried = seen.filter((v) => (ahead > 15 ? v.mean : v.rate) <= room);
    const best = carried.pop() || variants[0];
    // Not down for a moment's weakness while there is enough in hand.
    return this.now && best.rate < this.now.rate && ahead > 20 && seen.includes(this.now) ? this.now : best;
  }

  setQuality(quality) {
    this.quality = quality;
    const before = this.now;
    if (this.feeds.length && this.picture() !== before) this.feeds[0].renew(4);
  }

  setDescribed(described) {
    this.described = described;
    if (this.feeds[1]) this.feeds[1].renew(0.5);
  }

  // Picture and sound do not begin at the same sample: what is missing in between is not worth a wait.
  overGaps() {
    const { media } = this;
    if (media.seeking || media.readyState > 2) return;
    const ranges = media.buffered;
    for (let n = 0; n < ranges.length; n += 1) {
      const gap = ranges.start(n) - media.currentTime;
      if (gap > 0 && gap < 1) media.currentTime = ranges.start(n) + 0.01;
    }
  }

  /** Both are at the end: the film ends there. */
  finish() {
    const idle = this.feeds.every((feed) => feed.done && !feed.buffer.updating);
    if (idle && this.source.readyState === "open") this.source.endOfStream();
  }

  /** The line is there again, or the learner asks for it. */
  retry() {
    this.feeds.forEach((feed) => feed.wake());
  }

  report(what) {
    if (!this.stopped) this.options.report(what);
  }

  fail(error) {
    if (this.stopped) return;
    this.stop();
    this.options.failed(error);
  }

  stop() {
    this.stopped = true;
    this.abort.abort();
    clearInterval(this.timer);
    this.feeds.forEach((feed) => feed.stop());
    URL.revokeObjectURL(this.url);
  }
}
