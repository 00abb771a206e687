// Questions: checked in the page. Without this script the form and its answer key are there.

import { all } from "./shared/dom.js";

function plain(text) {
  return text.trim().replace(/\s+/g, " ").toLowerCase().normalize("NFKC");
}

function isRight(input) {
  if (input.localName === "select") return input.value === input.dataset.answer;
  if (input.dataset.answers) {
    return JSON.parse(input.dataset.answers).some(function (a) { return plain(a) === plain(input.value); });
  }
  return input.checked === "correct" in input.dataset;
}

for (const form of all("form.quiz")) {
  const button = form.querySelector(".check button");
  const status = form.querySelector(".check [role=status]");
  const inputs = Array.prototype.slice.call(form.querySelectorAll(".choice input, select, .blank"));
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  button.hidden = false;
  button.addEventListener("click", function () {
    const answered = inputs.some(function (i) { return i.type === "radio" || i.type === "checkbox" ? i.checked : i.value.trim(); });
    const right = inputs.every(isRight);
    status.className = !answered ? "" : right ? "right" : "wrong";
    status.textContent = form.dataset[!answered ? "empty" : right ? "right" : "wrong"];
    if (answered && right) form.querySelector(".answer").open = true;
  });
  form.addEventListener("input", function () { status.textContent = ""; });
}
