// The lesson page: opened, how far, finished. Finished is what the learner says; or, where nothing was said, what is plain:
// read to the end in a time in which that can be done, every question answered, every recording heard out.

import { all } from "../shared/dom.js";
import { page } from "../shared/page.js";
import { course } from "../shared/store.js";
import { say } from "../shared/words.js";
import { change, keeps, lessonOf } from "./record.js";
import { countTime } from "./time.js";

const LEAST_S = 10;
const MOST_S = 180;
const SHARE = 0.3; // of the time that a quick reader takes
const PER_SECOND = { wide: 10, words: 5 }; // Chinese characters, words

export function followLesson(marked) {
  const box = document.querySelector(".finish");
  if (!box) return;
  const id = page.lesson;
  const [button, words, hint] = [box.querySelector("button"), box.querySelector(".finish-words"), box.querySelector(".not-kept")];
  let atEnd = false;
  let told = false;

  function show(message) {
    const done = Boolean(lessonOf(id).done);
    box.classList.toggle("done", done);
    words.textContent = message || (done ? say("You have finished this lesson.") : "");
    button.textContent = done ? say("Not finished after all") : say("I have finished this lesson");
    marked();
  }
  function setDone(done, auto) {
    hint.hidden = change(id, { done: done ? Date.now() : false, auto: Boolean(done && auto) });
  }
  function consider() {
    if (!atEnd || told || lessonOf(id).done !== undefined) return;
    if (spent() < needed() || !answered(id) || !heard(id)) return;
    told = true;
    setDone(true, true);
    show(say("Marked as finished, because you have come to the end."));
  }

  open(id);
  hint.hidden = keeps();
  const needed = timeNeeded();
  const spent = countTime(id, consider);
  button.addEventListener("click", () => {
    setDone(!lessonOf(id).done, false);
    show(lessonOf(id).done ? "" : say("Not marked as finished."));
  });
  if (window.IntersectionObserver) {
    new IntersectionObserver((entries) => {
      atEnd = atEnd || entries.some((e) => e.isIntersecting);
      consider();
    }).observe(box);
  }
  ["coursepack:quiz", "coursepack:media"].forEach((name) => document.addEventListener(name, () => setTimeout(consider)));
  course.watch((name) => {
    if (name && name !== `lesson/${id}`) return;
    // Erased in another tab: whatever this page has in memory is not to be written again.
    if (!lessonOf(id).opened) document.dispatchEvent(new CustomEvent("coursepack:erase"));
    else show();
  });
  document.addEventListener("coursepack:erase", () => { told = true; show(); });
  show();
  keepPlace();
}

function open(id) {
  const points = all(".body .cp-quiz").reduce((sum, block) => sum + (Number(JSON.parse(block.textContent).points) || 0), 0);
  const before = lessonOf(id);
  if (!before.opened || before.points !== points) change(id, { opened: before.opened || Date.now(), points });
}

function timeNeeded() {
  let seconds = 0;
  return () => {
    if (!seconds) {
      const text = all(".body > *").map((e) => (e.matches(".player, form") ? "" : e.textContent)).join(" ");
      const wide = (text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/g) || []).length;
      const words = (text.match(/[A-Za-z\u00c0-\u024f\u0400-\u04ff\u0600-\u06ff]+/g) || []).length;
      seconds = Math.min(MOST_S, Math.max(LEAST_S, SHARE * (wide / PER_SECOND.wide + words / PER_SECOND.words)));
    }
    return seconds;
  };
}

function answered(id) {
  return all(".body form.quiz").every((form) => course.get(`quiz/${id}/${form.id}`, {}).attempts > 0);
}

function heard(id) {
  return all(".body [data-media]").every((player) => {
    const kept = course.get(`media/${id}/${player.dataset.media}`, {});
    return kept.ended || (kept.duration_s > 0 && kept.position_s >= kept.duration_s * 0.9);
  });
}

/** Keeps the heading that the learner has come to. */
function keepPlace() {
  const headings = all(".body h2[id], .body h3[id]");
  let timer = 0;
  function keep() {
    const passed = headings.filter((h) => h.getBoundingClientRect().top < window.innerHeight / 2 && h.offsetParent);
    const last = passed[passed.length - 1];
    const anchor = window.scrollY > 0 && last ? last.id : "";
    course.set("place", { lesson: page.lesson, language: page.language, anchor, at: Date.now() });
  }
  keep();
  window.addEventListener("scroll", () => { clearTimeout(timer); timer = setTimeout(keep, 700); }, { passive: true });
  window.addEventListener("pagehide", () => { if (timer) keep(); });
  document.addEventListener("coursepack:erase", () => { clearTimeout(timer); timer = 0; });
}
