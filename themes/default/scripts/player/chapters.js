// Chapters: pressed to go there, marked while they are played.

import { all } from "../shared/dom.js";

/** The part of a list (chapters, a transcript's lines) that is being played: mark(part, on). */
export function follow(media, parts, mark) {
  const starts = parts.map((part) => Number(part.dataset.start));
  let current = -1;
  if (!parts.length) return;
  const look = () => {
    let now = -1;
    while (now + 1 < starts.length && starts[now + 1] <= media.currentTime + 0.05) now += 1;
    if (now === current) return;
    if (current >= 0) mark(parts[current], false);
    if (now >= 0 && (media.currentTime > 0 || !media.paused)) mark(parts[now], true);
    current = now;
  };
  ["timeupdate", "seeked"].forEach((name) => media.addEventListener(name, look));
}

export function watchChapters(p) {
  p.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-start]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    p.seek(Number(link.dataset.start));
    p.play();
  });
  follow(p.media, all(".chapters a", p), (link, on) => {
    if (on) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
}
