// Saving lessons: loaded when somebody opens its controls.

import { address, page } from "./shared/page.js";
import { Library } from "./offline/library.js";
import { bare } from "./offline/names.js";
import { LessonPanel } from "./offline/panel.js";
import { Shelf } from "./offline/shelf.js";

const shelf = new Shelf(new URL("./", address("worker")));
const library = document.getElementById("cp-saved");
const panel = document.querySelector("#cp-offline .offline-panel");

if (library) new Library(library, shelf);
if (panel) {
  const lesson = { url: bare(location.href).href, lesson: page.lesson, language: page.language, title: page.title };
  new LessonPanel(panel, shelf, lesson);
}
