// On paper a video is its picture, its address, and a code that brings a phone to it. Loaded beside players when the page
// is quiet: a browser that is asked to print does not wait.

import { qr } from "./print/qr.js";
import { all, make, start } from "./shared/dom.js";
import { say } from "./shared/words.js";

const SVG = "http://www.w3.org/2000/svg";

function drawing(rows, label) {
  const quiet = 4; // light modules around it, as the standard asks
  const size = rows.length + 2 * quiet;
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of [["viewBox", `0 0 ${size} ${size}`], ["role", "img"], ["aria-label", label]]) {
    svg.setAttribute(name, value);
  }
  let path = "";
  rows.forEach((row, y) => row.forEach((dark, x) => {
    if (dark && !row[x - 1]) {
      let end = x;
      while (row[end]) end += 1;
      path += `M${x + quiet} ${y + quiet}h${end - x}v1h${x - end}z`;
    }
  }));
  const dots = document.createElementNS(SVG, "path");
  dots.setAttribute("d", path);
  svg.append(dots);
  return svg;
}

function addCodes() {
  const here = location.origin + location.pathname;
  for (const player of all(".player[id]")) {
    const address = `${here}#${player.id}`;
    const rows = qr(address);
    const caption = player.querySelector("figcaption");
    if (!rows || !caption) continue;
    const code = make("span", { class: "qr print-only" }, drawing(rows, say("QR code of this video's address")));
    caption.append(code);
  }
}

start(addCodes);
