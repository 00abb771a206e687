// What the page says about itself, in <script type="application/json" id="cp-page">.

const element = document.getElementById("cp-page");

/** {course, lesson, kind, language, title, variant, audience[]}; `lesson` is the same in all languages. */
export const page = element ? JSON.parse(element.textContent) : {};

/** An address that the page gives as `data-<name>-src` (publishing rewrites those); "" where there is none. */
export function address(name) {
  const found = element && element.getAttribute(`data-${name}-src`);
  return found ? new URL(found, document.baseURI).href : "";
}

/** Whether the page came from a server: from disk there are no fetches, workers or module scripts. */
export const served = /^https?:$/.test(location.protocol);
