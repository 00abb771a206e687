// Questions: checked in the page, kept on this device. Without this script the form and its answer key are there.

import { all } from "./shared/dom.js";
import { makeQuestion } from "./quiz/question.js";
import { makeTotals } from "./quiz/totals.js";

const questions = [];
let update = () => {};
for (const form of all("form.quiz")) {
  try {
    questions.push(makeQuestion(form, () => update()));
  } catch (error) {
    console.error(error); // the others still work
  }
}
update = makeTotals(questions);
update();

document.addEventListener("coursepack:erase", () => {
  for (const question of questions) question.forget();
  update();
});
