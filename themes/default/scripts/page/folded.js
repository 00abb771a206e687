// Folded text: print shows it, and a link into it opens it.

import { all } from "../shared/dom.js";

const folded = [];
function unfoldAll() {
  for (const details of all("details:not([open])")) {
    folded.push(details);
    details.open = true;
  }
}
function foldAgain() {
  for (const details of folded.splice(0)) details.open = false;
}

// A link into something folded opens it.
export function unfoldTarget() {
  let target = null;
  try {
    target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch (e) {
    return; // not UTF-8: no such place
  }
  for (let at = target && target.parentElement; at; at = at.parentElement) {
    if (at.localName === "details") at.open = true;
    if (at.tabPanel) at.tabPanel();
  }
  if (target && target.tabPanel) target.tabPanel();
}

export function watchFolded() {
  // Lists beside the text are open where there is room, also in browsers that cannot do it by style.
  if (window.matchMedia("(min-width: 1024px)").matches) {
    for (const details of all(".side > details")) details.open = true;
  }
  window.addEventListener("beforeprint", unfoldAll);
  window.addEventListener("afterprint", foldAgain);
  // A browser that is asked for a PDF by a program does not always announce it.
  window.matchMedia("print").addEventListener("change", (event) => (event.matches ? unfoldAll : foldAgain)());
  window.addEventListener("hashchange", unfoldTarget);
}
