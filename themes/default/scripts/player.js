// The player of videos and recordings: <coursepack-player> around the native element. See docs/design/player.md.

import { all } from "./shared/dom.js";
import { served } from "./shared/page.js";
import { Player } from "./player/element.js";

if (served) {
  // On paper: where to see it.
  all(".player .address").forEach((link) => {
    link.textContent = `${location.origin}${location.pathname}#${link.closest(".player").id}`;
  });
}
if (window.customElements) customElements.define("coursepack-player", Player);
