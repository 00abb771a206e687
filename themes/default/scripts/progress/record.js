// What is kept of a learner's way through the course, all of it on this device, in the area `course` of the store:
//   lesson/<id>        {opened, done, auto, points}: times in ms; `done` false: the learner said "not yet"
//   time/<id>          seconds in which the lesson was in use (a key of its own, so that tabs do not overwrite the rest)
//   place              {lesson, language, anchor, at}: where the learner was last
//   quiz/..., media/.. written by questions and players
// Ids of lessons are the same in all languages.

import { course } from "../shared/store.js";

export const lessonOf = (id) => course.get(`lesson/${id}`, {});
export const secondsOf = (id) => Number(course.get(`time/${id}`, 0)) || 0;
export const isDone = (id) => Boolean(lessonOf(id).done);

/** Changes some fields of a lesson's record; false when the browser keeps nothing. */
export function change(id, fields) {
  return course.set(`lesson/${id}`, { ...lessonOf(id), ...fields });
}

export function addSeconds(id, seconds) {
  course.set(`time/${id}`, Math.round(secondsOf(id) + seconds));
}

/** Ids below a prefix: idsOf("lesson/"). */
export function idsOf(prefix) {
  return course.names().filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

/** Whether the browser keeps anything at all beyond this page. */
export function keeps() {
  const kept = course.set("probe", 1);
  course.set("probe", undefined);
  return kept;
}
