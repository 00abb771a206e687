// Lists of lessons say which are finished: in words, not by colour alone.

import { all, make } from "../shared/dom.js";
import { say } from "../shared/words.js";
import { isDone, lessonOf } from "./record.js";

/** Marks every link to a lesson (`data-lesson`) anew. */
export function markLists() {
  for (const link of all("a[data-lesson]")) {
    const id = link.dataset.lesson;
    const words = isDone(id) ? say("Finished") : lessonOf(id).opened && link.closest(".listing") ? say("Begun") : "";
    let mark = link.querySelector(".tick");
    if (!words) {
      if (mark) mark.remove();
      continue;
    }
    if (!mark) {
      mark = make("span", { class: "tick", lang: document.documentElement.lang });
      link.append(" ", mark);
    }
    mark.classList.toggle("done", isDone(id));
    mark.textContent = words;
  }
}
