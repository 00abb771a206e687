// The line is gone, or nothing plays: said in words, with a way on.

import { make } from "../shared/dom.js";
import { say } from "../shared/words.js";

/** trouble(what): "lost", "broken", or "found". */
export function makeTrouble(p) {
  const words = make("p", {});
  const again = make("button", { type: "button", onclick: () => p.sources.retry() }, say("Load again"));
  const box = make("div", { class: "trouble", role: "alert", hidden: true }, words, again);
  p.stage.append(box);
  return (what) => {
    const text = what === "lost" ? say("The connection is lost. It goes on by itself when it is back.") : say("This cannot be played here. The file to download is below.");
    if (what === "found") {
      box.hidden = true;
    } else if (box.hidden || words.textContent !== text) {
      // Only shown when the picture has to wait: what is there already plays on.
      box.hidden = false;
      words.textContent = text;
    }
  };
}
