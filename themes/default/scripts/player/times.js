// Times and sizes in words.

import { say } from "../shared/words.js";

/** 65 -> "1:05", 3723 -> "1:02:03". */
export function clock(seconds) {
  const s = Math.max(0, Math.floor(seconds || 0));
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(s / 3600);
  return hours ? `${hours}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${Math.floor(s / 60)}:${two(s % 60)}`;
}

/** 65 -> "1 minute 5 seconds": a screen reader would read 1:05 as a time of day. */
export function spoken(seconds) {
  const s = Math.max(0, Math.floor(seconds || 0));
  const [hours, minutes, rest] = [Math.floor(s / 3600), Math.floor(s / 60) % 60, s % 60];
  const parts = [];
  if (hours) parts.push(hours === 1 ? say("1 hour") : say("%(n)s hours", { n: hours }));
  if (minutes) parts.push(minutes === 1 ? say("1 minute") : say("%(n)s minutes", { n: minutes }));
  if (rest || !parts.length) parts.push(rest === 1 ? say("1 second") : say("%(n)s seconds", { n: rest }));
  return parts.join(" ");
}

/** 3400000 -> "3.4 MB", decimal as operators of mobile networks count. */
export function megabytes(bytes) {
  const mb = bytes / 1e6;
  return `${mb < 10 ? Math.max(0.1, mb).toFixed(1) : Math.round(mb)} MB`;
}
