// What the reader has chosen, put on the page: classes and attributes of <html> that the styles know.

/** Older people's mode begins with this size of the main text in px; 1rem is `PLAIN_PX` without it. */
export const ELDER_PX = 21.6;
export const PLAIN_PX = 18;

/** Whether the mode is on: as the reader chose, else as the course says for its audience (`data-elder`). */
export function isElder(root, chosen) {
  return typeof chosen.elder === "boolean" ? chosen.elder : root.hasAttribute("data-elder");
}

/** `chosen` {elder, size (px), scheme, contrast, spacing, motion, steps}: all optional, and of any type, as kept. */
export function apply(root, chosen) {
  const elder = isElder(root, chosen);
  root.classList.toggle("elder", elder);
  attribute(root, "scheme", /^(light|dark)$/.test(chosen.scheme) && chosen.scheme);
  attribute(root, "contrast", chosen.contrast === "high" && "high");
  attribute(root, "spacing", /^(wide|wider)$/.test(chosen.spacing) && chosen.spacing);
  attribute(root, "motion", chosen.motion === "reduce" && "reduce");
  attribute(root, "steps", (typeof chosen.steps === "boolean" ? chosen.steps : elder) && "one");
  if (chosen.size >= 16 && chosen.size <= 48) {
    root.style.setProperty("--text-scale", String(chosen.size / (elder ? ELDER_PX : PLAIN_PX)));
  } else {
    root.style.removeProperty("--text-scale");
  }
}

function attribute(root, name, value) {
  if (value) root.setAttribute(`data-${name}`, value);
  else root.removeAttribute(`data-${name}`);
}
