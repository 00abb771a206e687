// A link from the search leads to a moment of a recording (?t=12.5#cp-player-1): the place in the transcript is shown, and
// one press plays from there. Nothing plays by itself.

import { all } from "../shared/dom.js";

export function showMoment() {
  const start = Number(new URLSearchParams(location.search).get("t"));
  const player = /^#cp-player-\d+$/.test(location.hash) && document.querySelector(location.hash);
  if (!player || !(start >= 0) || !location.search) return;
  const rows = all("[data-start]", player.querySelector(".transcript") ? player : document).filter((row) => row.localName === "p");
  const row = rows.find((r) => Math.abs(Number(r.dataset.start) - start) < 0.01);
  if (!row) return;
  for (let at = row.parentElement; at; at = at.parentElement) if (at.localName === "details") at.open = true;
  row.classList.add("found");
  row.scrollIntoView({ block: "center" });
  const link = row.querySelector("a, button");
  if (link) link.focus({ preventScroll: true });
}
