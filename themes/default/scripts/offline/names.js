// Names that the page and the service worker share. Caches belong to a whole host: each course has its own by its scope.

/** What begins the names of a course's caches. `scope`: the folder of its service worker, an URL. */
export const prefix = (scope) => `coursepack ${scope.pathname} `;

/** The cache of what the learner saved: never emptied but by the learner. */
export const savedCache = (scope) => `${prefix(scope)}saved`;

/** Size of the pieces that large files are loaded in: what a broken connection loses at most. */
export const PART_SIZE = 1 << 20;

/** A kept response without a body says with these where its bytes are. */
export const PARTS = "coursepack-parts"; // their number
export const SIZE = "coursepack-size"; // of the whole
export const INSTEAD = "coursepack-instead"; // the address of the file that stands for this one

/** The address that part `n` of the file at `url` is kept under. */
export const partOf = (url, n) => `${url}?coursepack-part=${n}`;

/** The address without what does not choose the file. */
export function bare(address) {
  const url = new URL(address);
  url.search = url.hash = "";
  return url;
}

/** The release that a published page belongs to, "" for others: c/<course>/r/<release>/... */
export function releaseOf(url, scope) {
  const found = /^r\/([0-9a-f]{16})\//.exec(url.pathname.slice(scope.pathname.length));
  return url.href.startsWith(scope.href) && found ? found[1] : "";
}

/** The path of a page inside its release, or below the scope: the same in every release. */
export function pathOf(url, scope) {
  return decodeURI(url.pathname.slice(scope.pathname.length).replace(/^r\/[0-9a-f]{16}\//, ""));
}

/** The address that the record of the saved page at `url` is kept under, the same in every release. */
export function recordOf(url, scope) {
  return `${scope.href}.saved/${encodeURIComponent(pathOf(bare(url), scope))}`;
}
