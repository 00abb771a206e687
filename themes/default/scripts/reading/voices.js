// The device's voices. Only voices that speak on the device itself are chosen by us: others send the text away.

/** [speed, its name], slow to fast. */
export const SPEEDS = [[0.7, "Slow"], [1, "Normal speed"], [1.3, "Fast"], [1.6, "Very fast"]];

/** Whether the browser can speak at all. */
export function speechThere() {
  return "speechSynthesis" in window && "SpeechSynthesisUtterance" in window;
}

/** When the voices are known: some browsers fetch them first. Never longer than two seconds. */
export function whenVoices() {
  const speech = window.speechSynthesis;
  if (speech.getVoices().length) return Promise.resolve();
  return new Promise((resolve) => {
    window.setTimeout(resolve, 2000);
    if (speech.addEventListener) speech.addEventListener("voiceschanged", resolve, { once: true });
    else speech.onvoiceschanged = resolve;
  });
}

/** The spoken language of a tag (of a page or of a voice): "yue", "cmn-tw", "cmn", else the first part: "en". */
export function spoken(tag) {
  const low = String(tag).toLowerCase().replace(/_/g, "-");
  const parts = low.split("-");
  if (parts[0] === "yue" || /^zh-yue/.test(low)) return "yue";
  if (parts[0] !== "zh" && parts[0] !== "cmn") return parts[0];
  // A voice of Hong Kong or Macau speaks Cantonese, and text of there is read aloud so, unless it says otherwise.
  if (parts[0] === "zh" && parts.some((part) => part === "hk" || part === "mo")) return "yue";
  return parts.some((part) => part === "tw" || part === "hant") ? "cmn-tw" : "cmn";
}

/** The spoken languages that can read a text, best first: Mandarin of the mainland and of Taiwan stand in for each other
 * and for the standard Chinese of Hong Kong; Mandarin never for Cantonese. */
function readers(tag) {
  const own = spoken(tag);
  if (own === "cmn") return ["cmn", "cmn-tw"];
  if (own === "cmn-tw") return ["cmn-tw", "cmn"];
  return own === "yue" && /^zh(?!-yue)/i.test(tag) ? ["yue", "cmn-tw", "cmn"] : [own];
}

/** The voices that can read a text of language `tag`, best first: of the device before others, then as the device lists. */
export function voicesFor(tag) {
  if (!speechThere()) return [];
  const wanted = readers(tag);
  const low = String(tag).toLowerCase();
  const rank = (voice) =>
    (voice.localService ? 0 : 100) + 10 * wanted.indexOf(spoken(voice.lang)) + (voice.lang.toLowerCase().replace(/_/g, "-") === low ? 0 : 1);
  return window.speechSynthesis
    .getVoices()
    .filter((voice) => wanted.includes(spoken(voice.lang)))
    .map((voice, n) => [rank(voice), n, voice])
    .sort((one, other) => one[0] - other[0] || one[1] - other[1])
    .map(([, , voice]) => voice);
}

/** The voice for `tag`: the reader's own choice (`chosen` {tag: voiceURI}), else the best of the device; null: none. */
export function voiceFor(tag, chosen) {
  const voices = voicesFor(tag);
  const own = voices.find((voice) => voice.voiceURI === (chosen || {})[tag]);
  return own || voices.find((voice) => voice.localService) || null;
}
