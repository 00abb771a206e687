// What is kept, as statements of the Experience API 1.0.3 (Data): who, did, what, with what result.
// The actor is an account that names nobody: a random number, at a host that cannot exist (RFC 2606, .invalid). Activities
// have URNs made of ids of course, lesson and question, which are the same in all languages, releases and places.

import { namedUuid } from "./uuid.js";

const ADL = "http://adlnet.gov/expapi/";
const VERBS = { initialized: "initialized", completed: "completed", answered: "answered", progressed: "progressed", passed: "passed" };
const PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress";
const TYPES = ["choice", "true-false", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric", "other"];
export const KEPT = "urn:coursepack:kept";
const MINUTE_S = 60;

export const courseIri = (id) => `urn:coursepack:course:${encodeURIComponent(id)}`;

/** Seconds as ISO 8601 says them: "PT1H2M3S". */
export function duration(seconds) {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / MINUTE_S) % MINUTE_S, Math.floor(seconds) % MINUTE_S];
  return `PT${h ? `${h}H` : ""}${m ? `${m}M` : ""}${s || !(h || m) ? `${s}S` : ""}`;
}

/** {learner, course, title, language, titles: Map, lessons: [ids], pass, kept: {name: value}, percent, now} -> statements,
 * oldest first. `kept` goes along whole in the last one, for another device. */
export function statements(facts) {
  const said = [];
  const say = (verb, object, more, at) => said.push(statement(facts, verb, object, more, at));
  for (const [name, value] of Object.entries(facts.kept)) {
    const lesson = after(name, "lesson/");
    if (lesson !== null) sayLesson(say, facts, lesson, value);
    else if (name.startsWith("quiz/") && value.attempts > 0 && value.at) sayAnswer(say, facts, name.slice(5), value);
  }
  said.sort((a, b) => (a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0));
  const seconds = Object.entries(facts.kept).reduce((sum, [name, value]) => sum + (name.startsWith("time/") ? value : 0), 0);
  const result = { completion: facts.percent === 100, duration: duration(seconds), extensions: { [PROGRESS]: facts.percent, [KEPT]: facts.kept } };
  said.push(statement(facts, "progressed", courseOf(facts), { result }, facts.now));
  return said;
}

const after = (text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : null);

function sayLesson(say, facts, id, kept) {
  const object = lessonOf(facts, id);
  if (kept.opened) say("initialized", object, {}, kept.opened);
  if (!kept.done) return;
  const spent = { completion: true, duration: duration(Number(facts.kept[`time/${id}`]) || 0) };
  say("completed", object, { result: spent }, kept.done);
  const answers = Object.entries(facts.kept).filter(([name]) => name.startsWith(`quiz/${id}/`)).map(([, value]) => value);
  const raw = Math.min(kept.points || 0, answers.reduce((sum, answer) => sum + (answer.score || 0), 0));
  if (!facts.pass || !kept.points || (raw / kept.points) * 100 < facts.pass) return;
  say("passed", object, { result: { success: true, score: score(raw, kept.points) } }, Math.max(...answers.map((a) => a.at || 0), kept.done));
}

function sayAnswer(say, facts, name, kept) {
  const cut = name.lastIndexOf("/");
  const [lesson, quiz] = [name.slice(0, cut), name.slice(cut + 1)];
  const known = TYPES.includes(kept.interaction);
  const definition = { type: `${ADL}activities/cmi.interaction`, interactionType: known ? kept.interaction : "other" };
  if (kept.prompt) definition.description = { [facts.language]: kept.prompt };
  const pattern = [].concat(kept.pattern || []).filter((p) => typeof p === "string");
  if (pattern.length) definition.correctResponsesPattern = pattern;
  const object = { objectType: "Activity", id: `${lessonIri(facts, lesson)}:question:${encodeURIComponent(quiz)}`, definition };
  const result = { success: Boolean(kept.correct), completion: true, response: String(kept.response || "") };
  const raw = kept.last === undefined ? kept.score : kept.last;
  if (kept.max > 0) result.score = score(Math.min(raw, kept.max), kept.max);
  say("answered", object, { result, parent: lessonOf(facts, lesson) }, kept.at);
}

const score = (raw, max) => ({ scaled: Math.round((raw / max) * 10000) / 10000, raw, min: 0, max });
const lessonIri = (facts, id) => `${courseIri(facts.course)}:lesson:${encodeURIComponent(id)}`;

function lessonOf(facts, id) {
  const definition = { type: `${ADL}activities/lesson` };
  if (facts.titles.has(id)) definition.name = { [facts.language]: facts.titles.get(id) };
  return { objectType: "Activity", id: lessonIri(facts, id), definition };
}

function courseOf(facts) {
  return { objectType: "Activity", id: courseIri(facts.course), definition: { type: `${ADL}activities/course`, name: { [facts.language]: facts.title } } };
}

function statement(facts, verb, object, { result, parent }, at) {
  const timestamp = new Date(at).toISOString();
  const bare = (activity) => ({ objectType: "Activity", id: activity.id });
  const context = { language: facts.language, platform: "coursepack", contextActivities: { grouping: [bare(courseOf(facts))] } };
  if (parent) context.contextActivities.parent = [bare(parent)];
  if (object.id === courseIri(facts.course)) delete context.contextActivities;
  return {
    id: namedUuid(facts.learner, `${verb} ${object.id} ${timestamp}`),
    actor: { objectType: "Agent", account: { homePage: "https://learner.invalid/", name: facts.learner } },
    verb: { id: `${ADL}verbs/${VERBS[verb]}`, display: { "en-US": verb } },
    object,
    ...(result ? { result } : {}),
    context,
    timestamp,
  };
}
