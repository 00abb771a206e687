// The ways to answer. Each gives {fields, read, write, empty, judge, lock}, some {shuffle, response}; what is read is
// written as xAPI writes a response.
//   judge() -> {share: 0 to 1, marks: [[field, right]], unclear: fields that cannot be judged}

import { all } from "../shared/dom.js";
import { fills, numberOf } from "./answers.js";
import { inPlace, makeOrder } from "./order.js";
import { shuffled } from "./shuffle.js";

const AND = "[,]", TO = "[.]";

function choices(form, data) {
  const fields = all(".choice input", form);
  const right = data.kind === "single" ? data.right : data.right[0].split(AND);
  const list = form.querySelector(".choices");
  // An answer with blocks or links in it is no label; its whole box is to be pressed all the same.
  list.classList.add("ready");
  list.addEventListener("click", (event) => {
    const box = event.target.closest("div.choice");
    if (box && !event.target.closest("a, audio, button, input, summary, video")) box.querySelector("input").click();
  });
  return {
    fields,
    read: () => fields.filter((f) => f.checked).map((f) => f.value).sort().join(AND),
    write(response) {
      const ids = response ? response.split(AND) : [];
      for (const field of fields) field.checked = ids.includes(field.value);
    },
    empty: () => !fields.some((f) => f.checked),
    judge() {
      const chosen = fields.filter((f) => f.checked);
      const marks = chosen.map((f) => [f, right.includes(f.value)]);
      const good = marks.filter(([, ok]) => ok).length;
      if (data.kind === "single") return { share: good ? 1 : 0, marks };
      return { share: Math.max(0, (good - (chosen.length - good)) / (right.length || 1)), marks };
    },
    shuffle(name) {
      const items = all("li", list).sort((a, b) => (a.querySelector("input").value < b.querySelector("input").value ? -1 : 1));
      list.append(...shuffled(items, name));
    },
    lock: (on) => fields.forEach((f) => { f.disabled = on; }),
  };
}

function gaps(form, data) {
  const fields = all(".blank", form);
  return {
    fields,
    read: () => fields.map((f) => f.value.trim()).join(AND),
    write(response) {
      const texts = response ? response.split(AND) : [];
      fields.forEach((f, n) => { f.value = texts[n] || ""; });
    },
    empty: () => !fields.some((f) => f.value.trim()),
    judge() {
      const found = fields.map((f, n) => (f.value.trim() ? fills(data.gaps[n], f.value, data.comma, after(f)) : false));
      return {
        share: found.filter(Boolean).length / fields.length,
        marks: fields.map((f, n) => [f, Boolean(found[n])]),
        unclear: fields.filter((f, n) => found[n] === null),
      };
    },
    lock: (on) => fields.forEach((f) => { f.readOnly = on; }),
    // xAPI wants a bare number: "１.０２ kg" is 1.02.
    response: data.interaction === "numeric" ? () => String(numberOf(fields[0].value, data.comma)) : null,
  };
}

function after(field) {
  const next = field.closest(".gap").nextSibling;
  return next ? next.textContent.trim().normalize("NFKC") : "";
}

function matching(form, data) {
  const fields = all(".matches select", form);
  const partner = new Map(data.right[0].split(AND).map((pair) => pair.split(TO)));
  return {
    fields,
    read: () => fields.filter((f) => f.value).map((f) => f.dataset.id + TO + f.value).join(AND),
    write(response) {
      const given = new Map((response || "").split(AND).map((pair) => pair.split(TO)));
      for (const field of fields) field.value = given.get(field.dataset.id) || "";
    },
    empty: () => !fields.some((f) => f.value),
    judge() {
      const marks = fields.map((f) => [f, f.value === partner.get(f.dataset.id)]);
      return { share: marks.filter(([, ok]) => ok).length / fields.length, marks };
    },
    shuffle(name) {
      const options = all("option", fields[0]).slice(1).map((o) => o.value).sort();
      const order = shuffled(options, name);
      for (const field of fields) {
        const value = field.value;
        const byValue = new Map(all("option", field).map((o) => [o.value, o]));
        field.append(...order.map((id) => byValue.get(id)));
        field.value = value;
      }
      const partners = form.querySelector(".partners");
      if (partners) partners.append(...order.map((id) => all("li", partners).find((li) => li.querySelector("b").textContent.toLowerCase() === id)));
    },
    lock: (on) => fields.forEach((f) => { f.disabled = on; }),
  };
}

function ordering(form, data, changed, tell) {
  const list = form.querySelector(".order");
  const first = all("li", list).map((li) => li.dataset.id);
  const right = data.right[0].split(AND);
  let start = first;
  const order = makeOrder(list, changed, tell);
  const ids = () => all("li", list).map((li) => li.dataset.id);
  return {
    fields: all("li", list),
    read: () => ids().join(AND),
    write: (response) => order.arrange(response ? response.split(AND) : start),
    // As it was given it may be checked, too: nobody is to move things only to be allowed to ask.
    empty: () => false,
    judge() {
      const kept = inPlace(ids(), right);
      return { share: Math.max(0, kept.size - 1) / Math.max(1, right.length - 1), marks: all("li", list).map((li, n) => [li, kept.has(n)]) };
    },
    shuffle(name) {
      start = shuffled(first, name);
      if (start.join() === right.join()) start.push(start.shift());
      order.arrange(start);
    },
    lock: (on) => order.lock(on),
  };
}

/** The way to answer that a form has. */
export function wayOf(form, data, changed, tell) {
  const make = { single: choices, multiple: choices, match: matching, order: ordering }[data.kind] || gaps;
  return make(form, data, changed, tell);
}
