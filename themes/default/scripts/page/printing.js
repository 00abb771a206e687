// What paper needs beside players (print.js) comes when the page is quiet: a browser that is asked to print does not wait.

import { loadScript } from "../shared/dom.js";
import { address, served } from "../shared/page.js";

export function readyPrinting() {
  const src = address("print");
  // A page from disk has no address that a phone could go to.
  if (!src || !served || !document.querySelector(".player[id]")) return;
  const load = () => loadScript(src).catch(() => {}); // a print without codes
  const later = () => (window.requestIdleCallback || window.setTimeout)(load);
  if (document.readyState === "complete") later();
  else window.addEventListener("load", later, { once: true });
}
