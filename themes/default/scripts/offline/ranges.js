// Kept files as players ask for them: whole, or in byte ranges (RFC 9110, 14).

import { INSTEAD, PARTS, PART_SIZE, SIZE, partOf } from "./names.js";

const ANY = { ignoreVary: true };

/** The kept file at `url`, its stand-in followed: {url, type, size, slice(from, to)}; null where there is none whole. */
export async function keptFile(cache, url) {
  let found = await cache.match(url, ANY);
  const instead = found && found.headers.get(INSTEAD);
  if (instead) {
    url = instead;
    found = await cache.match(url, ANY);
  }
  if (!found) return null;
  const type = found.headers.get("content-type") || "application/octet-stream";
  const count = Number(found.headers.get(PARTS));
  if (!count) {
    const blob = await found.blob();
    return { url, type, size: blob.size, slice: async (from, to) => blob.slice(from, to, type) };
  }
  const slice = async (from, to) => {
    const pieces = [];
    for (let n = Math.floor(from / PART_SIZE); n * PART_SIZE < to; n += 1) {
      const part = await cache.match(partOf(url, n), ANY);
      if (!part) throw new Error(`part ${n} of ${url} is gone`);
      const blob = await part.blob();
      const start = n * PART_SIZE;
      pieces.push(blob.slice(Math.max(0, from - start), Math.min(blob.size, to - start)));
    }
    return new Blob(pieces, { type });
  };
  return { url, type, size: Number(found.headers.get(SIZE)), slice };
}

/** The answer to a request for a kept file; `range` is its Range header, or null. */
export async function answer(file, range) {
  const headers = { "content-type": file.type, "accept-ranges": "bytes" };
  const asked = range && /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  if (!asked || !(asked[1] || asked[2])) {
    headers["content-length"] = String(file.size);
    return new Response(await file.slice(0, file.size), { headers });
  }
  const from = asked[1] ? Number(asked[1]) : Math.max(0, file.size - Number(asked[2]));
  const to = asked[1] && asked[2] ? Math.min(Number(asked[2]) + 1, file.size) : file.size;
  if (from >= to) {
    return new Response(null, { status: 416, headers: { "content-range": `bytes */${file.size}` } });
  }
  headers["content-range"] = `bytes ${from}-${to - 1}/${file.size}`;
  headers["content-length"] = String(to - from);
  return new Response(await file.slice(from, to), { status: 206, headers });
}
