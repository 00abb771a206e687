// Progress on every page: marks in lists of lessons, and the lesson itself. What is kept, and the rules:
// docs/how-to/progress-and-search.md. The summary of home and contents is in overview.js.

import { course } from "../shared/store.js";
import { followLesson } from "../progress/lesson.js";
import { markLists } from "../progress/marks.js";

export function followProgress() {
  markLists();
  followLesson(markLists);
  course.watch((name) => { if (!name || name.startsWith("lesson/")) markLists(); });
  document.addEventListener("coursepack:erase", markLists);
  document.addEventListener("coursepack:loaded", markLists);
  // A page that the browser shows again from memory is as old as when it was left.
  window.addEventListener("pageshow", (event) => { if (event.persisted) markLists(); });
}
