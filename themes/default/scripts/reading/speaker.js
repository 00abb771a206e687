// Speaks one sentence after the other by the device's own voices.

import { voiceFor } from "./voices.js";

/** Speaks; `on` is {end(), failed(reason)}: end comes when all pieces are said, failed instead of it.
 * A pause is a stop: what browsers call pause loses the rest on many phones. */
export class Speaker {
  constructor(on) {
    this.on = on;
    this.turn = 0;
    this.held = null; // an utterance that nobody holds may be collected before it ends
  }

  /** `pieces` [{text, lang}]; `voices`: the reader's own choices by language. */
  say(pieces, { rate, voices, pageLanguage }) {
    this.stop();
    this.turn += 1;
    this.next(pieces, 0, this.turn, { rate, voices, pageLanguage });
  }

  next(pieces, n, turn, how) {
    if (turn !== this.turn) return;
    if (n >= pieces.length) {
      this.on.end();
      return;
    }
    const { text, lang } = pieces[n];
    const utterance = new SpeechSynthesisUtterance(text);
    // Words in a language without a voice are read by the page's.
    const voice = voiceFor(lang, how.voices) || voiceFor(how.pageLanguage, how.voices);
    utterance.voice = voice;
    utterance.lang = voice ? voice.lang.replace(/_/g, "-") : lang;
    utterance.rate = how.rate;
    utterance.onend = () => this.next(pieces, n + 1, turn, how);
    utterance.onerror = (event) => {
      if (turn !== this.turn || /^(canceled|interrupted)$/.test(event.error)) return;
      this.turn += 1;
      this.on.failed(event.error);
    };
    this.held = utterance;
    window.speechSynthesis.speak(utterance);
  }

  stop() {
    this.turn += 1;
    this.held = null;
    window.speechSynthesis.cancel();
  }
}
