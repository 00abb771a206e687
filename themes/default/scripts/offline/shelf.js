// The shelf of saved lessons: what is on it, putting on it, taking from it. Bytes are in the Cache of the course, and
// so is the record of each lesson, since a browser that throws away the one throws away the other.

import { course } from "../shared/store.js";
import { collect, learnFormats } from "./collect.js";
import { INSTEAD, PARTS, PART_SIZE, SIZE, partOf, pathOf, recordOf, releaseOf, savedCache } from "./names.js";

const ANY = { ignoreVary: true };

/** Why something could not be saved: `reason` is "room", "network", "changed" or "cancelled". */
export class NotSaved extends Error {
  constructor(reason, details) {
    super(reason);
    Object.assign(this, { reason, ...details });
  }
}

export class Shelf {
  constructor(scope) {
    this.scope = scope;
    this.cache = caches.open(savedCache(scope));
  }

  recordUrl(url) {
    return recordOf(url, this.scope);
  }

  /** The record of the page at `url`, in whatever release it was saved; null. */
  async record(url) {
    const found = await (await this.cache).match(this.recordUrl(url), ANY);
    return found ? found.json() : null;
  }

  /** All records by the path of their pages, which is the same in every release. */
  async records() {
    const cache = await this.cache;
    const found = new Map();
    for (const request of await cache.keys()) {
      if (!request.url.startsWith(`${this.scope.href}.saved/`)) continue;
      const record = await (await cache.match(request)).json();
      found.set(pathOf(new URL(record.url), this.scope), record);
    }
    return found;
  }

  /** Saves the lesson {url, lesson, language, title}. `tell(bytes)`: how many are there by now. Carries on where an
   *  earlier try stopped, keeps what is complete, and throws `NotSaved`. */
  async save(lesson, quality, { signal, tell, whole }) {
    await learnFormats();
    const { text, type } = await this.read(lesson.url, signal);
    const doc = new DOMParser().parseFromString(text, "text/html");
    const plan = collect(doc, lesson.url, quality, whole);
    const before = await this.record(lesson.url);
    await this.checkRoom(plan);
    const record = { ...lesson, quality, release: releaseOf(new URL(lesson.url), this.scope), bytes: 0, complete: false };
    record.files = plan.files.map((f) => f.url);
    record.aliases = plan.aliases.map((a) => a.url);
    // What an earlier save of another quality left must not be forgotten before this one is whole.
    record.earlier = before ? [before.url, ...before.files, ...before.aliases, ...(before.earlier || [])] : [];
    const cache = await this.cache;
    await this.write(record);
    for (const file of plan.files) {
      record.bytes += await this.fetchFile(file, signal, (bytes) => tell(record.bytes + bytes));
      tell(record.bytes);
      await this.write(record);
    }
    const others = new Set();
    for (const r of (await this.records()).values()) if (r.url !== lesson.url) r.files.forEach((url) => others.add(url));
    for (const { url, instead } of plan.aliases.filter((a) => !others.has(a.url))) {
      await this.forget(url, cache);
      await this.put(url, new Response(null, { headers: { [INSTEAD]: instead } }));
    }
    await this.put(lesson.url, new Response(text, { headers: { "content-type": type } }));
    record.bytes += new Blob([text]).size;
    record.complete = true;
    const stale = record.earlier;
    delete record.earlier;
    await this.write(record);
    await this.drop(stale, cache);
    if (lesson.lesson) course.set(`saved/${lesson.lesson}`, { quality, url: lesson.url, language: lesson.language });
    return record;
  }

  /** Takes a lesson from the shelf; files that another one needs stay. */
  async remove(record) {
    const cache = await this.cache;
    await cache.delete(this.recordUrl(record.url));
    await this.drop([record.url, ...record.files, ...record.aliases, ...(record.earlier || [])], cache);
    const known = course.get(`saved/${record.lesson}`);
    if (known && known.language === record.language) course.set(`saved/${record.lesson}`, undefined);
  }

  async drop(urls, cache) {
    const needed = new Set();
    for (const r of (await this.records()).values()) [r.url, ...r.files, ...r.aliases, ...(r.earlier || [])].forEach((u) => needed.add(u));
    for (const url of urls.filter((u) => !needed.has(u))) await this.forget(url, cache);
  }

  async forget(url, cache) {
    await cache.delete(url);
    for (const request of await cache.keys(url, { ignoreSearch: true })) await cache.delete(request);
  }

  write(record) {
    return this.put(this.recordUrl(record.url), new Response(JSON.stringify(record), { headers: { "content-type": "application/json" } }));
  }

  async put(url, response) {
    try {
      await (await this.cache).put(url, response);
    } catch (error) {
      throw error.name === "QuotaExceededError" ? new NotSaved("room") : error;
    }
  }

  async read(url, signal) {
    const response = await this.get(url, { signal, cache: "no-cache" });
    if (!response.ok) throw new NotSaved("network");
    return { text: await response.text(), type: response.headers.get("content-type") || "text/html; charset=utf-8" };
  }

  async get(url, options) {
    try {
      return await fetch(url, options);
    } catch (error) {
      throw new NotSaved(options.signal && options.signal.aborted ? "cancelled" : "network");
    }
  }

  async body(response, signal) {
    try {
      return await response.blob();
    } catch (error) {
      throw new NotSaved(signal && signal.aborted ? "cancelled" : "network");
    }
  }

  // -- room ---------------------------------------------------------------------------------------------------------

  /** {free, used} in bytes; nulls where the browser does not say. */
  async room() {
    if (!navigator.storage || !navigator.storage.estimate) return { free: null, used: null };
    const { quota, usage } = await navigator.storage.estimate();
    return { free: Math.max(0, (quota || 0) - (usage || 0)), used: usage || 0 };
  }

  async checkRoom(plan) {
    let need = 0;
    for (const file of plan.files) if (file.size) need += file.size - Math.min(file.size, await this.sizeOf(file.url));
    const { free } = await this.room();
    if (free !== null && need > free) throw new NotSaved("room", { need, free });
    // Without this a browser that runs out of room takes what it likes. Not waited for: Firefox asks its user first.
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => false);
  }

  // -- files --------------------------------------------------------------------------------------------------------

  // Bytes of the kept file at `url`; 0 where it is not whole, or only stands for another.
  async sizeOf(url) {
    const found = await (await this.cache).match(url, ANY);
    if (!found || found.headers.get(INSTEAD)) return 0;
    return Number(found.headers.get(SIZE)) || 0;
  }

  async fetchFile(file, signal, tell) {
    const there = await this.sizeOf(file.url);
    if (there && (!file.size || there === file.size)) return there;
    if (signal && signal.aborted) throw new NotSaved("cancelled");
    try {
      return await (file.size > PART_SIZE ? this.fetchParts(file, signal, tell) : this.fetchWhole(file, signal));
    } catch (error) {
      // Half of a file that there is no room for only takes room; after a lost connection it is worth its place.
      if (error.reason === "room" || error.reason === "changed") await this.forget(file.url, await this.cache);
      throw error;
    }
  }

  async fetchWhole(file, signal) {
    const response = await this.get(file.url, { signal, cache: "no-store" });
    if (!response.ok || response.status === 206) throw new NotSaved("network", { url: file.url });
    return this.keep(file, await this.body(response, signal), response);
  }

  async keep(file, blob, response) {
    if (file.size && blob.size !== file.size) throw new NotSaved("changed", { url: file.url });
    const headers = { "content-type": response.headers.get("content-type") || blob.type, [SIZE]: String(blob.size) };
    await this.put(file.url, new Response(blob, { headers }));
    return blob.size;
  }

  async fetchParts(file, signal, tell) {
    const cache = await this.cache;
    const count = Math.ceil(file.size / PART_SIZE);
    let type = "";
    for (let n = 0; n < count; n += 1) {
      const from = n * PART_SIZE;
      const to = Math.min(file.size, from + PART_SIZE);
      const there = await cache.match(partOf(file.url, n), ANY);
      if (there) {
        type = there.headers.get("content-type");
        continue;
      }
      const response = await this.get(file.url, { signal, cache: "no-store", headers: { range: `bytes=${from}-${to - 1}` } });
      if (response.status === 200) return this.keep(file, await this.body(response, signal), response); // knows no ranges
      const whole = /\/(\d+)$/.exec(response.headers.get("content-range") || "");
      if (response.status !== 206) throw new NotSaved("network", { url: file.url });
      const blob = await this.body(response, signal);
      if (blob.size !== to - from || (whole && Number(whole[1]) !== file.size)) throw new NotSaved("changed", { url: file.url });
      type = response.headers.get("content-type") || "application/octet-stream";
      await this.put(partOf(file.url, n), new Response(blob, { headers: { "content-type": type } }));
      tell(to);
    }
    const headers = { "content-type": type, [PARTS]: String(count), [SIZE]: String(file.size) };
    await this.put(file.url, new Response(null, { headers }));
    return file.size;
  }
}
