// For those who listen: the picture can be had back with one press, and a locked phone has the controls, too.

import { make } from "../shared/dom.js";
import { page } from "../shared/page.js";
import { say } from "../shared/words.js";

/** While only the sound plays, the picture says so. */
export function offerPicture(p) {
  if (!p.sources.canListen) return;
  const button = make("button", { type: "button", class: "show-picture", hidden: true, onclick: () => { p.toggleListen(); p.bar.querySelector(".play").focus({ preventScroll: true }); } }, say("Sound only: show the picture"));
  p.screen.append(button);
  p.addEventListener("quality", () => { button.hidden = !p.sources.listening; });
}

/** The system's own controls: on the lock screen, on headphones, on a helmet. */
export function tellSystem(p) {
  const session = navigator.mediaSession;
  if (!session || !window.MediaMetadata) return;
  const { media } = p;
  const acts = {
    play: () => p.play(),
    pause: () => media.pause(),
    seekbackward: () => p.skip(-10),
    seekforward: () => p.skip(10),
    seekto: (details) => p.seek(details.seekTime),
  };
  media.addEventListener("playing", () => {
    const artwork = media.poster ? [{ src: media.poster }] : [];
    session.metadata = new MediaMetadata({ title: p.label, album: page.title || "", artwork });
    for (const [name, act] of Object.entries(acts)) {
      try {
        session.setActionHandler(name, act);
      } catch (error) {
        // older browsers know fewer actions
      }
    }
  });
}
