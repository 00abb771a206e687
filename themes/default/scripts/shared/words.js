// What scripts say, in the language of the page: <script type="application/json" class="cp-words">, {English: translation}.

const words = {};
for (const block of document.querySelectorAll("script.cp-words")) Object.assign(words, JSON.parse(block.textContent));

/** The translation of an English message with its `%(name)s` filled in; the message itself where there is none. */
export function say(message, values) {
  const text = words[message] || message;
  return text.replace(/%\((\w+)\)s/g, (whole, name) => (values && name in values ? String(values[name]) : whole));
}
