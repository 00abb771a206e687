// Putting things in order: two buttons beside each item. Works by keyboard, switch and screen reader alike.

import { all, make } from "../shared/dom.js";
import { say } from "../shared/words.js";

function words(item) {
  const content = item.querySelector(".item");
  const pictures = all("img", content).map((image) => image.alt);
  return [content.textContent, ...pictures].join(" ").trim().replace(/\s+/g, " ").slice(0, 60);
}

/** Replaces the numbers to choose by buttons; `moved()` is called after each move, `tell(text)` says the new place. */
export function makeOrder(list, moved, tell) {
  for (const item of all("li", list)) {
    const label = item.querySelector(".item").id;
    const button = (way, sign) => make("button", {
      type: "button", class: way, id: `${label}-${way}`, "aria-label": say(way === "up" ? "Move up" : "Move down"),
      "aria-labelledby": `${label}-${way} ${label}`, onclick: () => move(item, way),
    }, make("span", { "aria-hidden": "true" }, sign));
    item.querySelector("select").replaceWith(make("span", { class: "moves" }, button("up", "↑"), button("down", "↓")));
  }

  function ends() {
    // Not `disabled`: whoever moved an item to the end keeps the focus on its button.
    all("li", list).forEach((item, n, items) => {
      item.querySelector(".up").setAttribute("aria-disabled", String(n === 0 || list.classList.contains("locked")));
      item.querySelector(".down").setAttribute("aria-disabled", String(n === items.length - 1 || list.classList.contains("locked")));
    });
  }

  function move(item, way) {
    const other = way === "up" ? item.previousElementSibling : item.nextElementSibling;
    if (!other || list.classList.contains("locked")) return;
    // The neighbour is what moves: an element that is taken out of the page loses the focus.
    if (way === "up") item.after(other);
    else item.before(other);
    ends();
    const items = all("li", list);
    tell(say("%(item)s: place %(place)s of %(count)s", { item: words(item), place: items.indexOf(item) + 1, count: items.length }));
    moved();
  }

  list.classList.add("ready");
  ends();
  return {
    /** Puts the items in the order of `ids`. */
    arrange(ids) {
      const items = new Map(all("li", list).map((item) => [item.dataset.id, item]));
      for (const id of ids) if (items.has(id)) list.append(items.get(id));
      ends();
    },
    lock(on) {
      list.classList.toggle("locked", on);
      ends();
    },
  };
}

/** The places of the longest run of `right` that stands in `given` in the right order: what need not be moved. */
export function inPlace(given, right) {
  const rank = given.map((id) => right.indexOf(id));
  const length = [], before = [];
  rank.forEach((r, n) => {
    length[n] = 1;
    before[n] = -1;
    for (let m = 0; m < n; m += 1) {
      if (rank[m] < r && length[m] + 1 > length[n]) {
        length[n] = length[m] + 1;
        before[n] = m;
      }
    }
  });
  const kept = new Set();
  for (let n = length.indexOf(Math.max(...length)); n >= 0; n = before[n]) kept.add(n);
  return kept;
}
