// An order by chance that is the same whenever it is asked for.

import { course } from "../shared/store.js";

/** A number of this device for this course, made once; erasing the course's data makes a new one. */
function deviceSeed() {
  let seed = course.get("quiz-seed");
  if (!Number.isInteger(seed)) {
    seed = Math.floor(Math.random() * 2 ** 31);
    course.set("quiz-seed", seed);
  }
  return seed;
}

function generator(name) {
  let state = 2166136261 ^ deviceSeed();
  for (let n = 0; n < name.length; n += 1) state = Math.imul(state ^ name.charCodeAt(n), 16777619);
  return () => { // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A copy of `list` in the order that belongs to `name` on this device. */
export function shuffled(list, name) {
  const next = generator(name);
  const out = list.slice();
  for (let n = out.length - 1; n > 0; n -= 1) {
    const other = Math.floor(next() * (n + 1));
    [out[n], out[other]] = [out[other], out[n]];
  }
  return out;
}
