// The page of saved lessons: the whole course at once, or lesson by lesson.

import { all, make } from "../shared/dom.js";
import { address, page } from "../shared/page.js";
import { say } from "../shared/words.js";
import { pathOf } from "./names.js";
import { Chooser, Job, sizesOf } from "./panel.js";
import { size } from "./words.js";

// The service worker sends here who wants a page that it could not get: some browsers say they are online all the same.
let lost = new URLSearchParams(location.search).has("wanted");
window.addEventListener("online", () => { lost = false; });
const away = () => lost || navigator.onLine === false;

export class Library {
  constructor(root, shelf) {
    this.shelf = shelf;
    this.rows = all("li[data-lesson]", document).map((element) => new Row(element, this));
    this.totals = sizesOf(root);
    this.room = document.getElementById("cp-room");
    this.status = make("p", { role: "status", class: "offline-status" });
    this.chooser = new Chooser(this.totals, "cp-library-quality", () => this.show());
    this.save = make("button", { type: "button", class: "offline-save", onclick: () => this.start() });
    this.remove = make("button", { type: "button", onclick: () => this.clear() }, say("Remove all"));
    this.job = new Job((text) => { this.status.textContent = text; });
    root.replaceChildren(this.chooser.element, make("p", { class: "offline-buttons" }, this.save, this.remove), this.job.element, this.status);
    for (const change of ["online", "offline"]) window.addEventListener(change, () => this.refresh());
    this.refresh().then(() => {
      const first = [...this.records.values()].find((r) => r.quality in this.totals);
      if (first) this.chooser.set(first.quality);
      this.show();
    });
  }

  async refresh() {
    this.records = await this.shelf.records();
    await Promise.all(this.rows.map((row) => row.look()));
    const { free, used } = await this.shelf.room();
    this.room.textContent = free === null ? "" : say("Courses of this site take %(used)s on this device; %(free)s are free.", { used: size(used), free: size(free) });
    this.show();
  }

  show() {
    const whole = this.rows.filter((row) => row.isSaved());
    const rest = this.rows.filter((row) => !row.isSaved()).reduce((sum, row) => sum + row.sizes[row.quality()], 0);
    this.save.textContent = this.records.size && rest ? say("Save the rest of the course (%(size)s)", { size: size(rest) }) : say("Save the whole course (%(size)s)", { size: size(rest) });
    this.save.hidden = this.job.running || away() || whole.length === this.rows.length;
    this.remove.hidden = this.job.running || !this.records.size;
    for (const row of this.rows) row.show();
  }

  async start() {
    const todo = this.rows.filter((row) => !row.isSaved());
    const total = todo.reduce((sum, row) => sum + row.sizes[row.quality()], 0);
    await this.run(total, todo, (left) => (left ? say("%(count)s lessons could not be saved.", { count: left }) : say("The whole course is saved and opens without a network.")));
  }

  // One lesson after the other; what is complete stays whatever happens to the next.
  async run(total, rows, said) {
    let done = 0;
    const running = this.job.run(total, async (job) => {
      for (const row of rows) {
        const quality = row.quality();
        await this.shelf.save(row.lesson(), quality, { ...job, tell: (bytes) => job.tell(done + Math.min(bytes, row.sizes[quality])) });
        done += row.sizes[quality];
        this.records = await this.shelf.records();
        this.show();
      }
      if (rows.length > 1) await this.saveFrame(job, done);
    });
    this.show();
    const well = await running;
    await this.refresh();
    if (well) this.status.textContent = said(rows.filter((row) => !row.isSaved()).length);
    (this.save.hidden ? this.remove : this.save).focus();
  }

  // What belongs to the course and to no lesson: its contents, and the search with its index.
  async saveFrame(job, done) {
    for (const url of [address("contents"), address("find")].filter(Boolean)) {
      const frame = { url, lesson: "", language: page.language, title: "" };
      await this.shelf.save(frame, "text", { signal: job.signal, tell: () => job.tell(done), whole: true });
    }
  }

  async clear() {
    for (const record of this.records.values()) await this.shelf.remove(record);
    this.status.textContent = say("Removed.");
    await this.refresh();
    this.save.focus();
  }
}

class Row {
  constructor(element, library) {
    Object.assign(this, { element, library, sizes: sizesOf(element), link: element.querySelector("a") });
    this.path = pathOf(new URL(this.link.href), library.shelf.scope);
    this.state = element.querySelector(".size");
    const named = (words) => ({ type: "button", "aria-label": `${words}: ${this.link.textContent}` });
    this.save = make("button", { ...named(say("Save")), onclick: () => this.start() }, say("Save"));
    this.remove = make("button", { ...named(say("Remove")), onclick: () => this.drop() }, say("Remove"));
    element.querySelector(".offline-buttons").replaceChildren(this.save, this.remove);
  }

  lesson() {
    return { url: this.link.href, lesson: this.element.dataset.lesson, language: document.documentElement.lang, title: this.link.textContent };
  }

  // The chosen quality where the lesson has it, else the next smaller one: its pages with no video are the same in all.
  quality() {
    const there = Object.keys(this.sizes);
    const wanted = Object.keys(this.library.totals).slice(0, Object.keys(this.library.totals).indexOf(this.library.chooser.value) + 1);
    return wanted.reverse().find((q) => there.includes(q)) || there[0];
  }

  record() {
    return this.library.records && this.library.records.get(this.path);
  }

  // Whether the service worker has the page from an earlier visit, and there is no network to get more.
  async look() {
    this.visited = away() && Boolean(await caches.match(this.link.href, { ignoreVary: true }));
  }

  isSaved() {
    const record = this.record();
    return Boolean(record && record.complete && record.quality === this.quality() && record.url === this.link.href);
  }

  show() {
    const record = this.record();
    const running = this.library.job.running;
    this.element.classList.toggle("is-saved", Boolean(record && record.complete));
    this.state.textContent = !record && this.visited ? say("Opened before: its text needs no network.")
      : !record ? size(this.sizes[this.quality()])
      : !record.complete ? say("Only a part is saved: %(size)s.", { size: size(record.bytes) })
        : record.url === this.link.href ? say("Saved on this device: %(size)s.", { size: size(record.bytes) })
          : say("Saved from an earlier version of the course: %(size)s.", { size: size(record.bytes) });
    this.save.hidden = running || away() || this.isSaved();
    this.remove.hidden = running || !record;
  }

  async start() {
    await this.library.run(this.sizes[this.quality()], [this], () => say("Saved. This lesson now opens without a network."));
    (this.save.hidden ? this.remove : this.save).focus();
  }

  async drop() {
    await this.library.shelf.remove(this.record());
    this.library.status.textContent = say("Removed.");
    await this.library.refresh();
    this.save.focus();
  }
}
