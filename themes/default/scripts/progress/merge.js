// A file of statements from another device, merged with what is kept here: nothing that was done is lost, whichever side
// it was done on, and reading a file twice changes nothing. A file is anybody's: all of it is checked.

import { KEPT, courseIri } from "./xapi.js";

const MOST_KEYS = 20000;
const MOST_TEXT = 20000;

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isNumber = (value) => typeof value === "number" && Number.isFinite(value) && value >= 0;
const isText = (value) => typeof value === "string" && value.length <= MOST_TEXT;
const isPlain = (value) => isText(value) || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value)); // a field of a later release

const SHAPES = {
  lesson: { opened: isNumber, done: (v) => v === false || isNumber(v), auto: (v) => typeof v === "boolean", points: isNumber },
  media: { position_s: isNumber, duration_s: isNumber, ended: (v) => typeof v === "boolean" },
  quiz: {
    response: isText, correct: (v) => typeof v === "boolean", solved: (v) => typeof v === "boolean", score: isNumber, last: isNumber, max: isNumber,
    attempts: isNumber, at: isNumber, round: isNumber, kind: isText, interaction: isText, prompt: isText, outcome: isText,
    pattern: (v) => isText(v) || (Array.isArray(v) && v.length <= 500 && v.every(isText)),
  },
  place: { lesson: isText, language: isText, anchor: isText, at: isNumber },
};

/** {learner, kept} of a text, for the course `id`; null when it is no file of it. */
export function read(text, id) {
  let said;
  try {
    said = JSON.parse(text);
  } catch (error) {
    return null;
  }
  const list = Array.isArray(said) ? said : isObject(said) && Array.isArray(said.statements) ? said.statements : [];
  const whole = list.filter((s) => isObject(s) && isObject(s.object) && s.object.id === courseIri(id) && isObject(s.result) && isObject(s.result.extensions) && isObject(s.result.extensions[KEPT])).pop();
  if (!whole) return null;
  const entries = Object.entries(whole.result.extensions[KEPT]);
  if (entries.length > MOST_KEYS) return null;
  const name = isObject(whole.actor) && isObject(whole.actor.account) ? whole.actor.account.name : "";
  const learner = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name) ? name : "";
  return { learner, kept: entries.map(checked).filter(Boolean) };
}

/** [name, value] with nothing in it that is not known; null for what is none of ours. */
function checked([name, value]) {
  const [, kind, rest] = /^(lesson|time|media|quiz|place)(?:\/(.*))?$/s.exec(name) || [];
  if (!kind || (kind === "place") !== (rest === undefined) || name.length > 1000) return null;
  if (kind === "time") return isNumber(value) && value < 1e8 ? [name, value] : null;
  if (!isObject(value)) return null;
  const clean = {};
  for (const [field, kept] of Object.entries(value)) {
    const test = Object.prototype.hasOwnProperty.call(SHAPES[kind], field) ? SHAPES[kind][field] : isPlain;
    if (!test(kept)) return null;
    if (/^[a-z][A-Za-z_]{0,30}$/.test(field)) clean[field] = kept;
  }
  return [name, clean];
}

const latest = (a, b) => ((b.at || 0) > (a.at || 0) ? b : a);
const MERGE = {
  lesson(here, there) {
    const both = { ...there, ...here };
    both.opened = Math.min(here.opened || Infinity, there.opened || Infinity);
    if (!Number.isFinite(both.opened)) delete both.opened;
    const done = [here.done, there.done].filter(Boolean);
    if (done.length) both.done = Math.min(...done);
    return both;
  },
  time: (here, there) => Math.max(here, there),
  media: (here, there) => ({ ...(there.position_s > here.position_s ? there : here), ended: Boolean(here.ended || there.ended) }),
  quiz: (here, there) => ({
    ...latest(here, there), score: Math.max(here.score || 0, there.score || 0), solved: Boolean(here.solved || there.solved), attempts: Math.max(here.attempts || 0, there.attempts || 0),
  }),
  place: latest,
};

/** What `name` is to be after the file said `there`. */
export function merged(name, here, there) {
  return here === undefined ? there : MERGE[name.split("/", 1)[0]](here, there);
}
