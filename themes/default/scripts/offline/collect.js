// Which files a page takes to be shown without a network, read from the page itself.

import { all } from "../shared/dom.js";

const WIDEST = 960; // pixels: sharp on a phone
const ORDER = ["text", "sound", "small", "standard"];

/** {page, files: [{url, size?}], aliases: [{url, instead}]} of the document `doc` of the page at `url`.
 *  `quality`: "text" (no media), "sound", "small" or "standard"; `whole`: with the course's search. */
export function collect(doc, url, quality, whole) {
  const found = new Map();
  const aliases = new Map();
  const at = (value) => new URL(value, url).href.split("#")[0];
  const add = (value, size) => { if (value) found.set(at(value), { url: at(value), size: size || found.get(at(value))?.size || 0 }); };
  for (const link of all("link[rel=stylesheet], link[rel=icon]", doc)) add(link.getAttribute("href"));
  for (const script of all("script", doc)) {
    add(script.getAttribute("src"));
    for (const { name, value } of Array.from(script.attributes)) {
      if (/^data-.*-src$/.test(name) && /\.js$/.test(value) && name !== "data-worker-src") add(value);
    }
  }
  if (whole) for (const part of all("#cp-search-files *", doc)) for (const { name, value } of Array.from(part.attributes)) if (/-src$/.test(name)) add(value);
  for (const image of all("img", doc)) picture(image, at, add, aliases);
  for (const video of all("video[poster]", doc)) add(video.getAttribute("poster"));
  for (const moving of all("video.moving source", doc)) add(moving.getAttribute("src"));
  for (const track of all("track[src]", doc)) if (!/^data:/.test(track.getAttribute("src"))) add(track.getAttribute("src"));
  for (const link of all(".body a[href]", doc)) if (isDownload(link)) add(link.getAttribute("href"));
  media(doc, quality, at, add, aliases);
  for (const url of found.keys()) aliases.delete(url);
  return { page: url, files: Array.from(found.values()), aliases: Array.from(aliases, ([alias, instead]) => ({ url: alias, instead })) };
}

function isDownload(link) {
  const href = link.getAttribute("href");
  return !link.closest(".player, .moving") && !/^([a-z][a-z0-9+.-]*:|\/|#)/i.test(href) && !/\.html?([?#]|$)|\/$/.test(href);
}

// One file of a picture, in the best format that this browser shows; the others are answered by it.
function picture(image, at, add, aliases) {
  const sources = image.parentElement && image.parentElement.localName === "picture" ? all("source", image.parentElement) : [];
  const sets = [...sources.filter((s) => !s.media && shows(s.type)).map((s) => s.srcset), image.srcset].filter(Boolean).map(candidates);
  const src = image.getAttribute("src");
  const choice = sets.length ? best(sets[0]) : src;
  add(choice);
  const others = [src, ...[...sources.map((s) => s.srcset), image.srcset].filter(Boolean).flatMap((set) => candidates(set).map((c) => c.url))];
  for (const other of others) if (other && at(other) !== at(choice)) aliases.set(at(other), at(choice));
}

// "a.avif 360w, b.avif 684w": built addresses hold no commas or spaces.
function candidates(set) {
  return set.split(",").map((part) => part.trim().split(/\s+/)).map(([url, size]) => ({ url, width: parseInt(size, 10) || 0 }));
}

function best(list) {
  const sorted = list.slice().sort((a, b) => a.width - b.width);
  return (sorted.filter((c) => c.width <= WIDEST).pop() || sorted[0]).url;
}

let avif = false;
const shows = (type) => type !== "image/avif" || avif; // a browser with service workers shows WebP

/** Finds out whether this browser shows AVIF; to be awaited before `collect`. */
export async function learnFormats() {
  const image = new Image();
  image.src = "data:image/avif;base64,AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADybWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAGxpYmF2aWYAAAAADnBpdG0AAAAAAAEAAAAeaWxvYwAAAABEAAABAAEAAAABAAABGgAAAB0AAAAoaWluZgAAAAAAAQAAABppbmZlAgAAAAABAABhdjAxQ29sb3IAAAAAamlwcnAAAABLaXBjbwAAABRpc3BlAAAAAAAAAAIAAAACAAAAEHBpeGkAAAAAAwgICAAAAAxhdjFDgQ0MAAAAABNjb2xybmNseAACAAIAAYAAAAAXaXBtYQAAAAAAAAABAAEEAQKDBAAAACVtZGF0EgAKCBgANogQEAwgMg8f8D///8WfhwB8+ErK42A=";
  await image.decode().then(() => { avif = image.naturalWidth > 0; }, () => undefined);
}

// Videos and recordings: <li data-media data-quality data-size data-file-src> in the page's own list, smallest first.
function media(doc, quality, at, add, aliases) {
  const groups = new Map();
  for (const item of all(".offline-files [data-file-src]", doc)) {
    const { media: name, quality: own, size } = item.dataset;
    groups.set(name, [...(groups.get(name) || []), { kind: item.dataset.kind, quality: own, size: Number(size), src: item.getAttribute("data-file-src") }]);
  }
  for (const files of groups.values()) {
    const choice = chosen(files, quality);
    if (!choice) continue;
    add(choice.src, choice.size);
    // What the page plays is answered by what was chosen.
    const played = files[files.length - 1].src;
    if (at(played) !== at(choice.src)) aliases.set(at(played), at(choice.src));
    for (const source of all("source", doc)) {
      const player = source.parentElement;
      if (player.localName !== "audio" || !all("source", player).some((s) => at(s.getAttribute("src")) === at(played))) continue;
      const src = at(source.getAttribute("src"));
      if (src !== at(choice.src)) aliases.set(src, at(choice.src));
    }
  }
}

/** The file of one video or recording for a wished quality: as `SavedMedia.at` of the build. */
export function chosen(files, quality) {
  if (quality === "text") return null;
  if (files[0].kind === "audio") return files[0];
  const fitting = files.filter((f) => ORDER.indexOf(f.quality) <= ORDER.indexOf(quality));
  if (quality === "sound") return fitting.pop() || null;
  return fitting.filter((f) => f.quality !== "sound").pop() || files.find((f) => f.quality !== "sound") || null;
}
