// What is shown beside answers once they were checked: words and signs, never colour alone.

import { all, make } from "../shared/dom.js";
import { say } from "../shared/words.js";

let count = 0;

/** A copy of nodes for a second place in the page: without ids. */
export function copyOf(element) {
  const copy = element.cloneNode(true);
  for (const inner of [copy, ...all("[id]", copy)]) inner.removeAttribute("id");
  copy.removeAttribute("data-of");
  return copy;
}

/** Takes the marks of a form away. */
export function unmark(form) {
  for (const mark of all(".mark", form)) mark.remove();
  for (const field of all("[data-marked]", form)) {
    field.removeAttribute("data-marked");
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
}

/** Marks one answer, with what is said to it. */
export function mark(field, right, feedback) {
  const words = field.localName === "li" ? say(right ? "In place" : "Somewhere else") : say(right ? "Right" : "Wrong");
  count += 1;
  const id = `cp-mark-${count}`;
  const shown = make(feedback ? "div" : "span", { class: `mark ${right ? "right" : "wrong"}`, id },
    make("span", { class: "sign", "aria-hidden": "true" }, right ? "✓" : "✗"), " ", make("span", { class: "verdict" }, words));
  if (feedback) shown.append(make("div", { class: "why" }, ...copyOf(feedback).childNodes));
  const place = field.closest("li, .gap") || field.parentNode;
  place.append(shown);
  field.setAttribute("data-marked", right ? "right" : "wrong");
  if (field.localName === "li") return;
  field.setAttribute("aria-describedby", id);
  if (!right && field.type === "text") field.setAttribute("aria-invalid", "true");
}
