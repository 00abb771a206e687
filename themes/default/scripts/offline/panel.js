// The controls of saving: those of one lesson, and those of the whole course.

import { make } from "../shared/dom.js";
import { device } from "../shared/store.js";
import { say } from "../shared/words.js";
import { NotSaved } from "./shelf.js";
import { qualityName, reason, size } from "./words.js";

const QUALITIES = ["text", "sound", "small", "standard"];

/** {quality: bytes} of an element with `data-text`, `data-sound`, ... */
export function sizesOf(element) {
  const sizes = {};
  for (const quality of QUALITIES) if (element.dataset[quality]) sizes[quality] = Number(element.dataset[quality]);
  return sizes;
}

/** The quality to begin with: the best, or under data saver the smallest with sound. */
export function usual(sizes) {
  const there = Object.keys(sizes);
  return device.get("data-saver") === true ? there.find((q) => q !== "text") || there[0] : there[there.length - 1];
}

/** A choice of qualities with their sizes, and what is chosen. Nothing to see where there is nothing to choose. */
export class Chooser {
  constructor(sizes, name, onChange) {
    this.sizes = sizes;
    this.value = usual(sizes);
    this.element = make("fieldset", { class: "offline-choice" }, make("legend", {}, say("What to save")));
    this.element.hidden = Object.keys(sizes).length < 2;
    for (const quality of Object.keys(sizes)) {
      const input = make("input", { type: "radio", name, value: quality, checked: quality === this.value, onchange: () => { this.value = quality; onChange(); } });
      this.element.append(make("label", {}, input, make("span", {}, `${qualityName(quality)} `, make("span", { class: "size" }, size(sizes[quality])))));
    }
  }

  set(quality) {
    if (!(quality in this.sizes)) return;
    this.value = quality;
    for (const input of this.element.querySelectorAll("input")) input.checked = input.value === quality;
  }
}

/** Progress with a button to stop. `run(job)` does the work with {signal, tell(bytes)}; resolves to whether all went well. */
export class Job {
  constructor(say_) {
    this.status = say_;
    this.bar = make("progress", { max: "1", value: "0", "aria-label": say("Saving") });
    this.text = make("span", { class: "offline-progress-text" });
    this.stop = make("button", { type: "button", onclick: () => this.abort && this.abort.abort() }, say("Stop"));
    this.element = make("div", { class: "offline-progress", hidden: true }, this.bar, this.text, this.stop);
  }

  get running() {
    return Boolean(this.abort);
  }

  async run(total, work) {
    this.abort = new AbortController();
    this.element.hidden = false;
    this.tell(0, total);
    this.status(say("Saving. Please keep this page open."));
    this.stop.focus();
    try {
      await work({ signal: this.abort.signal, tell: (bytes) => this.tell(bytes, total) });
      return true;
    } catch (error) {
      if (!(error instanceof NotSaved)) console.error(error);
      this.status(reason(error));
      return false;
    } finally {
      this.abort = null;
      this.element.hidden = true;
    }
  }

  tell(bytes, total) {
    this.bar.value = total ? Math.min(1, bytes / total) : 0;
    this.text.textContent = say("%(done)s of %(total)s", { done: size(Math.min(bytes, total)), total: size(total) });
  }
}

/** The controls of one lesson, in its page. */
export class LessonPanel {
  constructor(root, shelf, lesson) {
    Object.assign(this, { shelf, lesson, sizes: sizesOf(root) });
    this.state = make("p", { class: "offline-said" });
    this.status = make("p", { role: "status", class: "offline-status" });
    this.chooser = new Chooser(this.sizes, "cp-offline-quality", () => this.show());
    this.save = make("button", { type: "button", class: "offline-save", onclick: () => this.start() });
    this.remove = make("button", { type: "button", onclick: () => this.drop() }, say("Remove from this device"));
    this.job = new Job((text) => { this.status.textContent = text; });
    root.prepend(this.state, this.chooser.element, make("p", { class: "offline-buttons" }, this.save, this.remove), this.job.element, this.status);
    this.refresh();
  }

  async refresh() {
    this.record = await this.shelf.record(this.lesson.url);
    if (this.record) this.chooser.set(this.record.quality);
    this.show();
  }

  show() {
    const { record } = this;
    const whole = record && record.complete;
    const same = whole && record.quality === this.chooser.value && record.url === this.lesson.url;
    this.state.textContent = !record ? say("Saved lessons open without a network, on this device.")
      : whole ? say("Saved on this device: %(size)s.", { size: size(record.bytes) })
        : say("Only a part is saved: %(size)s.", { size: size(record.bytes) });
    const words = record && !whole ? "Carry on (%(size)s)" : "Save (%(size)s)";
    this.save.textContent = say(words, { size: size(this.sizes[this.chooser.value]) });
    this.save.hidden = Boolean(same) || this.job.running;
    this.remove.hidden = !record || this.job.running;
  }

  async start() {
    const quality = this.chooser.value;
    const work = (job) => this.shelf.save(this.lesson, quality, job);
    const running = this.job.run(this.sizes[quality], work);
    this.show();
    if (await running) this.status.textContent = say("Saved. This lesson now opens without a network.");
    await this.refresh();
    (this.save.hidden ? this.remove : this.save).focus();
  }

  async drop() {
    await this.shelf.remove(this.record);
    this.status.textContent = say("Removed.");
    await this.refresh();
    this.save.focus();
  }
}
