// How far the learner is in the whole course: on the home page and the contents page.

import { all, make } from "../shared/dom.js";
import { page } from "../shared/page.js";
import { course } from "../shared/store.js";
import { say } from "../shared/words.js";
import { idsOf, isDone, lessonOf, secondsOf } from "./record.js";

/** Links to the lessons that count, in order: a folder with a page and lessons is no lesson itself. */
export function lessonLinks() {
  return all(".listing .group").flatMap((group) => {
    const lessons = all("ol a[data-lesson]", group);
    return lessons.length ? lessons : all("h2 a[data-lesson], h3 a[data-lesson]", group);
  });
}

/** The title of a link without the mark behind it. */
export function titleOf(link) {
  return Array.from(link.childNodes).filter((n) => !(n.classList && n.classList.contains("tick"))).map((n) => n.textContent).join("").trim();
}

/** {done, of, percent}: a long course does not list its lessons on the home page, but says how many there are. */
export function progress(box) {
  const links = lessonLinks();
  const of = Number(box.dataset.lessons) || links.length;
  const listed = new Set(links.map((link) => link.dataset.lesson));
  const finished = idsOf("lesson/").filter((id) => isDone(id) && (listed.size < of || listed.has(id)));
  const done = Math.min(of, finished.length);
  return { done, of, percent: of ? Math.floor((done / of) * 100) : 0 };
}

export function showSummary(box) {
  const { done, of, percent } = progress(box);
  box.querySelector(".how-far").textContent = say("%(done)s of %(count)s lessons finished", { done, count: of });
  box.querySelector(".percent").textContent = `${percent}%`;
  box.querySelector("progress").value = percent;
  showGoOn(box, done === of && of > 0);
  const seconds = idsOf("time/").reduce((sum, id) => sum + secondsOf(id), 0);
  fill(box, ".spent", seconds >= 60, "Time spent: %(time)s", { time: clock(seconds) });
  const answers = course.names().filter((name) => name.startsWith("quiz/")).map((name) => course.get(name, {})).filter((a) => a.attempts > 0 && a.max > 0);
  const sum = (field) => Math.round(answers.reduce((total, a) => total + (a[field] || 0), 0) * 100) / 100;
  fill(box, ".points", answers.length > 0, "Questions: %(score)s of %(max)s points", { score: sum("score"), max: sum("max") });
  const outcomes = all("[data-outcome-lessons]").map(markOutcome);
  fill(box, ".reached", outcomes.length > 0, "Aims reached: %(done)s of %(count)s", { done: outcomes.filter(Boolean).length, count: outcomes.length });
}

function fill(box, selector, shown, message, values) {
  const element = box.querySelector(selector);
  element.hidden = !shown;
  element.textContent = shown ? say(message, values) : "";
}

function clock(seconds) {
  const minutes = Math.round(seconds / 60);
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  return h ? say("%(hours)s h %(minutes)s min", { hours: h, minutes: m }) : say("%(minutes)s min", { minutes: m });
}

/** An aim is reached when all lessons that serve it are finished. */
function markOutcome(item) {
  const lessons = JSON.parse(item.dataset.outcomeLessons);
  const reached = lessons.length > 0 && lessons.every(isDone);
  let mark = item.querySelector(".tick");
  if (reached && !mark) {
    mark = make("span", { class: "tick done", lang: document.documentElement.lang }, say("Reached"));
    item.append(" ", mark);
  } else if (!reached && mark) mark.remove();
  return reached;
}

/** Where to go on: the lesson that was open last, or the next one that is not finished. */
function next(links) {
  const place = course.get("place");
  const at = place ? links.findIndex((link) => link.dataset.lesson === place.lesson) : -1;
  if (at >= 0 && !isDone(place.lesson)) {
    const same = place.language === page.language && typeof place.anchor === "string";
    return { link: links[at], hash: same && place.anchor ? `#${encodeURIComponent(place.anchor)}` : "" };
  }
  const open = (link) => !isDone(link.dataset.lesson);
  const link = links.slice(at + 1).find(open) || links.find(open);
  const begun = at >= 0 || links.some((l) => lessonOf(l.dataset.lesson).opened);
  return begun && link ? { link, hash: "" } : null;
}

function showGoOn(box, all_) {
  const found = next(lessonLinks());
  const own = box.querySelector(".go-on");
  const start = document.querySelector("a.start");
  own.hidden = Boolean(start) || !found; // on the first page the large button says it
  const link = start || own.querySelector("a");
  if (start && !start.dataset.words) {
    start.dataset.words = start.textContent;
    start.dataset.first = start.getAttribute("href");
  }
  const place = course.get("place");
  const unlisted = !found && !all_ && place && lessonLinks().length < Number(box.dataset.lessons);
  if (unlisted) {
    // A long course: its first page has no lessons, its contents know where to go on.
    link.setAttribute("href", own.querySelector("a").getAttribute("href"));
    link.textContent = say("Go on");
  } else if (found) {
    link.setAttribute("href", found.link.getAttribute("href") + found.hash);
    const title = make("span", { lang: found.link.lang || null }, titleOf(found.link));
    const [before, behind] = say("Go on: %(title)s", { title: "\n" }).split("\n");
    link.textContent = "";
    link.append(make("span", {}, before, title, behind));
  } else if (start) {
    start.textContent = start.dataset.words;
    start.setAttribute("href", start.dataset.first);
  }
  box.querySelector(".all-done").hidden = !all_;
}
