// The box "Your progress".

import { make } from "../shared/dom.js";
import { page } from "../shared/page.js";
import { course } from "../shared/store.js";
import { say } from "../shared/words.js";
import { merged, read } from "./merge.js";
import { keeps } from "./record.js";
import { lessonLinks, progress, showSummary, titleOf } from "./summary.js";
import { randomUuid } from "./uuid.js";
import { statements } from "./xapi.js";

const OURS = /^(?:(?:lesson|time|media|quiz|quiz-draft)\/|(?:place|learner|probe|quiz-seed)$)/;
const TAKEN = /^(?:(?:lesson|time|media|quiz)\/|place$)/;
const MOST_BYTES = 8000000;

export function overview() {
  const box = document.querySelector(".progress-box");
  if (!box) return;
  const find = (selector) => box.querySelector(selector);
  const show = () => showSummary(box);
  const tell = (message, values) => { find(".progress-status").textContent = say(message, values); };

  find(".not-kept").hidden = keeps();
  find(".export").addEventListener("click", () => {
    save(box);
    tell("The file has been saved in your downloads.");
  });
  find(".import input").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    const taken = file.size <= MOST_BYTES ? take(await textOf(file)) : false;
    event.target.value = "";
    tell(taken ? "The file has been read. Your progress is here now." : "This is not a progress file of this course.");
    if (taken) document.dispatchEvent(new CustomEvent("coursepack:loaded"));
    show();
  });
  const [ask, erase, keep] = [find(".confirm"), find(".erase"), find(".keep")];
  erase.addEventListener("click", () => {
    ask.hidden = false;
    erase.setAttribute("aria-expanded", "true");
    keep.focus();
  });
  function close() {
    ask.hidden = true;
    erase.setAttribute("aria-expanded", "false");
    erase.focus();
  }
  keep.addEventListener("click", close);
  ask.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  find(".erase-now").addEventListener("click", () => {
    for (const name of course.names()) if (OURS.test(name)) course.set(name, undefined);
    document.dispatchEvent(new CustomEvent("coursepack:erase"));
    close();
    show();
    tell("Everything kept for this course has been erased from this device.");
  });
  course.watch(show);
  window.addEventListener("pageshow", (event) => { if (event.persisted) show(); });
  show();
}

function kept() {
  return Object.fromEntries(course.names().filter((name) => TAKEN.test(name)).map((name) => [name, course.get(name)]));
}

function save(box) {
  const learner = course.get("learner") || randomUuid();
  course.set("learner", learner);
  const said = statements({
    learner,
    course: page.course,
    title: document.querySelector("header.top .course").textContent.trim(),
    language: page.language,
    titles: new Map(lessonLinks().map((link) => [link.dataset.lesson, titleOf(link)])),
    pass: Number(box.dataset.pass) || 0,
    kept: kept(),
    percent: progress(box).percent,
    now: Date.now(),
  });
  const href = URL.createObjectURL(new Blob([JSON.stringify(said, null, 1)], { type: "application/json" }));
  const link = make("a", { href, download: `${page.course}-progress.json`, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 60000);
}

function take(text) {
  const found = read(text, page.course);
  if (!found) return false;
  for (const [name, value] of found.kept) course.set(name, merged(name, course.get(name), value));
  if (found.learner && !course.get("learner")) course.set("learner", found.learner);
  return true;
}

function textOf(file) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => resolve("");
    reader.readAsText(file);
  });
}
