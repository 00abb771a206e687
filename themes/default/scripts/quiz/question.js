// One question: asked, checked, kept on the device, tried again.

import { all } from "../shared/dom.js";
import { page } from "../shared/page.js";
import { course } from "../shared/store.js";
import { say } from "../shared/words.js";
import { wayOf } from "./kinds.js";
import { copyOf, mark, unmark } from "./marks.js";

const rounded = (n) => Math.round(n * 100) / 100;

/** The question of a form. `scored()` is called when its score has changed. */
export function makeQuestion(form, scored) {
  const data = JSON.parse(form.querySelector(".cp-quiz").textContent);
  const [check, again] = [form.querySelector(".check .do"), form.querySelector(".check .again")];
  const result = form.querySelector(".result");
  const key = form.querySelector(".answer");
  const name = `quiz/${page.lesson}/${form.id}`, draft = `quiz-draft/${page.lesson}/${form.id}`;
  const way = wayOf(form, data, changed, tell);
  let kept = course.get(name, {});
  let shown = null; // the response that is marked now

  function tell(text) {
    result.className = "result told";
    result.textContent = text;
  }

  function clearResult() {
    unmark(form);
    result.className = "result";
    result.textContent = "";
    shown = null;
  }

  /** The learner changed something: what was said is about another answer. */
  function changed() {
    if (shown !== null || result.classList.contains("fault")) {
      const moved = result.classList.contains("told") ? result.textContent : "";
      clearResult();
      if (moved) tell(moved);
    }
    course.set(draft, way.read());
  }

  function fault(text, fields) {
    clearResult();
    result.classList.add("fault");
    result.textContent = text;
    for (const field of fields) {
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", result.id);
      field.setAttribute("data-marked", "fault");
    }
    if (fields.length) fields[0].focus();
  }

  function left() {
    return data.attempts ? Math.max(0, data.attempts - (kept.attempts || 0)) : Infinity;
  }

  /** Shows how an answer was judged. */
  function show(judged) {
    clearResult();
    const right = judged.share >= 1;
    const said = (of) => key.querySelector(`[data-of="${of}"]`);
    for (const [field, ok] of judged.marks) {
      mark(field, ok, data.kind === "multiple" ? said(field.value) : null);
    }
    shown = way.read();
    result.classList.add(right ? "right" : judged.share > 0 ? "partly" : "wrong");
    say_(right ? "That is right." : judged.share > 0 ? "Partly right." : "Not quite. Have another look.");
    if (data.points && (data.points !== 1 || (judged.share > 0 && !right))) {
      say_("%(score)s of %(max)s points.", { score: rounded(judged.share * data.points), max: data.points });
    }
    if (!right && data.attempts && left()) say_("Attempts left: %(count)s", { count: left() });
    if (!right && !left()) say_("No attempts left. The answer is below.");
    const chosen = data.kind === "single" ? judged.marks.map(([field]) => field.value) : [];
    const about = [...chosen, right ? "right" : "wrong", ...(right ? ["all"] : [])];
    for (const of of about) {
      const words = said(of);
      if (words) result.append(copyOf(of === "wrong" ? words.lastElementChild : words));
    }
    again.hidden = !left();
    way.lock(!left());
    check.hidden = !left();
    if (!left() && !right) key.open = true;
  }

  function say_(message, values) {
    const p = document.createElement("span");
    p.textContent = say(message, values);
    result.append(p, /^(zh|yue|ja)\b/.test(page.language) ? "" : " ");
  }

  function doCheck() {
    if (!left()) return;
    if (way.empty()) return fault(say("Give an answer first."), way.fields.slice(0, 1));
    const judged = way.judge();
    if (judged.unclear && judged.unclear.length) return fault(unclearWords(judged.unclear[0]), judged.unclear);
    const response = way.read();
    if (response !== shown) keep(response, judged);
    const focused = document.activeElement === check;
    show(judged);
    if (focused && check.hidden) {
      result.tabIndex = -1;
      result.focus();
    }
  }

  function unclearWords(field) {
    const number = way.fields.indexOf(field) + 1;
    const unit = (data.gaps[number - 1].numbers[0] || [])[2];
    if (unit) return say("Write a number in blank %(number)s, in %(unit)s.", { number, unit });
    return say("Write a number in blank %(number)s.", { number });
  }

  function keep(typed, judged) {
    const response = way.response ? way.response() : typed;
    const score = rounded(judged.share * data.points), correct = judged.share >= 1;
    const attempt = (kept.attempts || 0) + 1;
    kept = {
      ...kept, open: false, typed, response, correct, score: Math.max(score, kept.score || 0), last: score, max: data.points, attempts: attempt,
      solved: correct || kept.solved || false, at: Date.now(),
      kind: data.kind, interaction: data.interaction, prompt: data.prompt, pattern: data.right, outcome: data.outcome || "",
    };
    course.set(name, kept);
    course.set(draft, undefined);
    document.dispatchEvent(new CustomEvent("coursepack:quiz", { detail: {
      lesson: page.lesson, quiz: form.id, kind: data.kind, prompt: data.prompt, response, correct, score, max: data.points, attempt,
      interaction: data.interaction, pattern: data.right, outcome: data.outcome || "",
    } }));
    scored();
  }

  function arrange() {
    if (data.shuffle && way.shuffle) way.shuffle(`${page.lesson}/${form.id}/${kept.round || 0}`);
  }

  function tryAgain() {
    kept = { ...kept, open: true, round: (kept.round || 0) + 1 };
    course.set(name, kept);
    course.set(draft, undefined);
    reset();
    const first = way.fields[0];
    (first.localName === "li" ? first.querySelector("button") : first).focus();
  }

  function reset() {
    clearResult();
    arrange();
    way.write("");
    way.lock(false);
    key.open = false;
    for (const clue of all(".clue", form)) clue.open = false;
    again.hidden = true;
    check.hidden = false;
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", changed);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.localName === "input" && !event.isComposing) {
      event.preventDefault();
      doCheck();
    }
  });
  check.addEventListener("click", doCheck);
  again.addEventListener("click", tryAgain);
  reset();
  const before = course.get(draft);
  if (typeof before === "string" && left()) way.write(before);
  else if (kept.attempts && !kept.open) {
    // Not news: a screen reader is not to be told of it while the page opens.
    result.removeAttribute("role");
    way.write(kept.typed);
    show(way.judge());
    requestAnimationFrame(() => result.setAttribute("role", "status"));
  }
  return {
    id: form.id,
    data,
    number: form.querySelector("legend").firstChild.textContent.trim(),
    /** {score, max, attempts, solved, ...}; empty before the first check. */
    kept: () => kept,
    forget() {
      kept = {};
      reset();
    },
  };
}
