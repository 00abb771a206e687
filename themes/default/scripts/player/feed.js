// Keeps one SourceBuffer (picture or sound) filled ahead of what is being played.

import { fetching } from "./fetching.js";

const AHEAD_S = 40;
const AHEAD_SPARING_S = 20;
const BEHIND_S = 60;
const STILL_MS = 20000; // nothing came for so long: the line is gone
const GAP_S = 0.15; // sound ends a little before its segment does

export class Feed {
  /** `choose()` gives what to play ({uri} of a media playlist). */
  constructor(buffer, choose, { stream, media, report }) {
    Object.assign(this, { buffer, choose, stream, media, report });
    this.init = ""; // the initialization segment that the buffer last got
    this.done = false;
    this.stopped = false;
    this.goal = AHEAD_S;
    this.abort = null;
    this.waker = () => {};
    this.last = Promise.resolve();
    this.listen = (event) => this.moved(event);
    ["seeking", "timeupdate", "play"].forEach((name) => media.addEventListener(name, this.listen));
  }

  /** Seconds that are there from the present time on. */
  ahead() {
    return this.end(this.media.currentTime) - this.media.currentTime;
  }

  end(time) {
    const ranges = this.buffer.buffered;
    for (let n = 0; n < ranges.length; n += 1) {
      if (ranges.start(n) <= time + 0.3 && ranges.end(n) > time) return ranges.end(n);
    }
    return time;
  }

  async run() {
    let failures = 0;
    while (!this.stopped) {
      try {
        await this.step();
        if (failures) this.report("found");
        failures = 0;
      } catch (error) {
        if (this.stopped) return;
        if (this.skipped) this.skipped = false; // a seek broke it off
        else if (error.missing || error.ours) throw error;
        else {
          failures += 1;
          if (failures > 1 || navigator.onLine === false) this.report("lost");
          await this.sleep(Math.min(8000, 500 * 2 ** failures), true);
        }
      }
    }
  }

  async step() {
    const list = await this.stream.list(this.choose().uri);
    const time = this.media.currentTime;
    const end = this.end(time);
    const goal = Math.min(this.goal, this.stream.line.sparing() ? AHEAD_SPARING_S : AHEAD_S);
    const next = list.segments.find((segment) => segment.end > end + GAP_S);
    this.done = !next;
    if (this.done) this.stream.finish();
    if (this.done || end - time >= goal) return this.sleep(0);
    await this.load(list, next);
    if (this.buffer.buffered.length && this.buffer.buffered.start(0) < time - BEHIND_S) {
      await this.change(() => this.buffer.remove(0, time - BEHIND_S / 2));
    }
  }

  async load(list, segment) {
    this.segment = segment;
    this.abort = new AbortController();
    const { signal } = this.abort;
    this.alive();
    try {
      await this.bring(list, segment, signal);
    } finally {
      clearTimeout(this.still);
    }
    this.segment = null;
  }

  // Breaks the fetching off when nothing comes any more.
  alive() {
    const { abort } = this;
    clearTimeout(this.still);
    this.still = setTimeout(() => abort.abort(), STILL_MS);
  }

  async bring(list, segment, signal) {
    if (this.init !== list.init) {
      // Beside each other: on a thin line every turn counts.
      const [head, response] = await Promise.all([this.stream.head(list.init), fetching(segment.uri, signal)]);
      await this.append(head);
      this.init = list.init;
      await this.body(response, signal);
    } else await this.body(await fetching(segment.uri, signal), signal);
  }

  // Piece by piece: browsers show pictures of a segment that is not complete.
  async body(response, signal) {
    if (!response.body || !response.body.getReader) return this.append(new Uint8Array(await response.arrayBuffer()));
    const reader = response.body.getReader();
    const begun = performance.now();
    let size = 0;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        this.alive();
        size += value.byteLength;
        await this.append(value);
      }
      this.stream.line.came(size, performance.now() - begun);
    } catch (error) {
      reader.cancel().catch(() => {});
      // A torn segment: the next bytes begin a new one.
      await this.last;
      if (!this.stopped && this.stream.source.readyState === "open") this.buffer.abort();
      throw error;
    }
  }

  async append(bytes) {
    try {
      await this.change(() => this.buffer.appendBuffer(bytes));
    } catch (error) {
      if (error.name !== "QuotaExceededError") throw error;
      this.goal = Math.max(8, this.goal / 2);
      const time = this.media.currentTime;
      await this.change(() => this.buffer.remove(0, Math.max(0.1, time - 5)));
      await this.change(() => this.buffer.remove(time + this.goal, Infinity));
      await this.change(() => this.buffer.appendBuffer(bytes));
    }
  }

  /** Does one thing to the buffer, after all before it. */
  change(act) {
    const { buffer } = this;
    const turn = this.last.then(
      () =>
        new Promise((done, fail) => {
          if (this.stopped) return fail(new Error("stopped"));
          const ended = () => {
            buffer.removeEventListener("updateend", ended);
            buffer.removeEventListener("error", failed);
            done();
          };
          const failed = () => {
            buffer.removeEventListener("updateend", ended);
            buffer.removeEventListener("error", failed);
            fail(Object.assign(new Error("append"), { ours: true }));
          };
          buffer.addEventListener("updateend", ended);
          buffer.addEventListener("error", failed);
          try {
            act();
          } catch (error) {
            buffer.removeEventListener("updateend", ended);
            buffer.removeEventListener("error", failed);
            // Whatever the buffer refuses, it will refuse again.
            fail(error.name === "QuotaExceededError" ? error : Object.assign(error, { ours: true }));
          }
        }),
    );
    this.last = turn.catch(() => {});
    return turn;
  }

  /** Fetches again what lies more than `seconds` ahead: another quality or sound was chosen. */
  async renew(seconds) {
    const from = this.media.currentTime + seconds;
    this.skip();
    this.done = false;
    try {
      await this.change(() => this.buffer.remove(from, Infinity));
    } catch (error) {
      // nothing was there to remove
    }
    this.wake();
  }

  skip() {
    if (!this.abort || !this.segment) return;
    this.skipped = true;
    this.abort.abort();
  }

  moved(event) {
    const time = this.media.currentTime;
    if (event.type === "seeking" && this.segment && (time < this.segment.start - 1 || time > this.segment.end)) {
      if (this.end(time) === time) this.skip();
    }
    if (event.type === "seeking") this.done = false;
    if (!this.firm) this.wake();
  }

  /** Until something happens, or for so long; `firm`: not for what happens to the player. */
  async sleep(milliseconds, firm) {
    this.firm = Boolean(firm);
    await new Promise((done) => {
      this.waker = done;
      if (milliseconds) setTimeout(done, milliseconds);
    });
    this.firm = false;
  }

  wake() {
    this.waker();
  }

  stop() {
    this.stopped = true;
    ["seeking", "timeupdate", "play"].forEach((name) => this.media.removeEventListener(name, this.listen));
    if (this.abort) this.abort.abort();
    this.wake();
  }
}
