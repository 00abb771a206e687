// A link from the search leads to a moment of a recording (?player=cp-player-1&t=12.5&l=yue): the place in the transcript is
// shown, and one press plays from there. Nothing plays by itself. No #fragment: the browser would scroll there afterwards, and
// take the focus away.

import { all } from "../shared/dom.js";

export function showMoment() {
  const asked = new URLSearchParams(location.search);
  const player = document.getElementById(asked.get("player") || "");
  if (!player || !asked.has("t")) return;
  // The player's script comes after this one and puts the transcripts in its order.
  document.addEventListener("DOMContentLoaded", () => show(player, Number(asked.get("t")), asked.get("l") || document.documentElement.lang));
}

function show(player, start, language) {
  const rows = (of) => all("p[data-start]", of).filter((p) => Number(p.dataset.start) <= start + 0.01);
  const timed = all(".transcript", player).filter((t) => rows(t).length);
  const transcript = timed.find((t) => rows(t)[0].closest("[lang]").lang === language) || timed[0];
  if (!transcript) return;
  const row = rows(transcript).pop();
  // The player shows one language at a time; without it all are there.
  if (transcript.hidden) for (const other of all(".transcript", player)) other.hidden = other !== transcript;
  for (let at = row.parentElement; at; at = at.parentElement) {
    if (at.localName === "details") at.open = true;
    if (at.tabPanel) at.tabPanel();
    at.dispatchEvent(new Event("beforematch")); // as the browser's own search does: the step that it is in is shown
  }
  row.classList.add("found");
  row.scrollIntoView({ block: "center" });
  const link = row.querySelector("a, button");
  if (link) link.focus({ preventScroll: true });
}
