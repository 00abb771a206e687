// Stands inside every page, allowed by its hash: the reader's settings are there before anything is painted.

import { apply } from "./reading/apply.js";

const root = document.documentElement;
root.classList.add("js");
if (root.classList.contains("elder")) root.setAttribute("data-elder", ""); // by the course's audience
let chosen = null;
try {
  chosen = JSON.parse(localStorage.getItem("coursepack/device/reading"));
} catch (error) {
  // no storage, or a torn value
}
apply(root, chosen || {});
// One step at a time hides text that only site.js shows again: without site.js all of it is shown.
document.addEventListener("DOMContentLoaded", () => {
  if (!root.classList.contains("stepped")) root.removeAttribute("data-steps");
});
