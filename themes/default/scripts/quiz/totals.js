// Scores of several questions: of a set, and of the lesson.

import { all, make } from "../shared/dom.js";
import { say } from "../shared/words.js";

function sum(questions) {
  const done = questions.filter((q) => q.kept().attempts);
  const score = Math.round(done.reduce((n, q) => n + (q.kept().score || 0), 0) * 100) / 100;
  const max = questions.reduce((n, q) => n + q.data.points, 0);
  return { score, max, done: done.length, count: questions.length, percent: max ? Math.floor((100 * score) / max + 1e-9) : 0 };
}

function fill(element, ...children) {
  element.textContent = "";
  element.append(...children);
}

function scoreWords(found) {
  return say("%(score)s of %(max)s points (%(percent)s)", { ...found, percent: `${found.percent}%` });
}

function standing(question) {
  const kept = question.kept();
  if (!kept.attempts) return ["not answered yet", "open"];
  if (kept.solved) return ["right", "right"];
  return kept.score > 0 ? ["partly right", "partly"] : ["not right yet", "wrong"];
}

/** Keeps the score of each set and of the lesson right; returns the function that brings them up to date. */
export function makeTotals(questions) {
  const sets = all(".quiz-total").map((element) => {
    const ids = element.dataset.quizzes.split(" ");
    return { element, own: questions.filter((q) => ids.includes(q.id)), pass: Number(element.dataset.pass), words: element.textContent };
  });
  const summary = document.querySelector(".quiz-summary");

  function one(set) {
    const found = sum(set.own);
    if (!found.done) return set.words;
    const words = [`${scoreWords(found)}${set.pass ? "." : ""}`, say("%(done)s of %(count)s questions answered", found)];
    if (set.pass) words.push(found.percent >= set.pass ? say("Passed.") : say("Not passed yet: %(percent)s are needed.", { percent: `${set.pass}%` }));
    return words;
  }

  return function update() {
    for (const set of sets) {
      const words = one(set);
      set.element.classList.toggle("scored", typeof words !== "string");
      fill(set.element, ...(typeof words === "string" ? [words] : words.map((w) => make("span", {}, w))));
    }
    if (!summary || questions.length < 2) return;
    const found = sum(questions);
    summary.hidden = !found.done;
    fill(summary.querySelector(".score"), make("span", {}, scoreWords(found)), " ", make("span", {}, say("%(done)s of %(count)s questions answered", found)));
    fill(summary.querySelector("ul"), ...questions.map((question) => {
      const [words, name] = standing(question);
      return make("li", { class: name }, make("a", { href: `#${question.id}` }, question.number), ` ${say(words)}`);
    }));
  };
}
