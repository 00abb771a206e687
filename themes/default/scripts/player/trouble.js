// The line is gone, or nothing plays: said in words, with a way on.

import { make } from "../shared/dom.js";
import { say } from "../shared/words.js";

/** trouble(what): "lost", "broken", "plays" or "found". */
export function makeTrouble(p) {
  const { media } = p;
  const words = make("p", {});
  const again = make("button", { type: "button", onclick: () => p.sources.retry() }, say("Load again"));
  const box = make("div", { class: "trouble", role: "alert", hidden: true }, words, again);
  let lost = false;
  (p.screen || p.stage).append(box);

  function show(text) {
    if (!box.hidden && words.textContent === text) return;
    box.hidden = false;
    words.textContent = text;
  }

  // What is there already plays on; nobody need know before the picture has to wait.
  function showLost() {
    if (lost && media.readyState < 3) show(say("The connection is lost. It goes on by itself when it is back."));
  }

  media.addEventListener("waiting", showLost);
  return (what) => {
    if (what === "found") lost = false;
    if (what === "found" || what === "plays") box.hidden = true;
    else if (what === "broken") show(say("This cannot be played here. The file to download is below."));
    else {
      lost = true;
      showLost();
    }
  };
}
