// Reading HLS playlists (RFC 8216) as `coursepack build` writes them: on demand, fragmented MP4, one file a segment.

function attributes(line) {
  const found = {};
  for (const [, name, value] of line.matchAll(/([A-Z0-9-]+)=("[^"]*"|[^,]*)/g)) found[name] = value.replace(/^"|"$/g, "");
  return found;
}

/** A multivariant playlist: {variants: [{uri, rate, mean, codecs[], width, height, group}], sounds: [{uri, group,
 * language, described}]}; rates in bit/s, variants smallest first. */
export function readMaster(text, base) {
  const variants = [];
  const sounds = [];
  const at = (uri) => new URL(uri, base).href;
  const lines = text.split(/\r?\n/);
  lines.forEach((line, number) => {
    const a = attributes(line);
    if (line.startsWith("#EXT-X-STREAM-INF:")) {
      const [width, height] = (a.RESOLUTION || "0x0").split("x").map(Number);
      const rate = Number(a.BANDWIDTH);
      variants.push({
        uri: at(lines[number + 1]),
        rate,
        mean: Number(a["AVERAGE-BANDWIDTH"]) || rate,
        codecs: (a.CODECS || "").split(","),
        width,
        height,
        lines: Math.min(width, height),
        group: a.AUDIO || "",
      });
    } else if (line.startsWith("#EXT-X-MEDIA:TYPE=AUDIO") && a.URI) {
      const described = /describes-video/.test(a.CHARACTERISTICS || "");
      sounds.push({ uri: at(a.URI), group: a["GROUP-ID"], language: a.LANGUAGE || "", described });
    }
  });
  if (!variants.length) throw new Error("no variants");
  return { variants: variants.sort((a, b) => a.rate - b.rate), sounds };
}

/** A media playlist: {init, segments: [{uri, start, end}], duration} in seconds. */
export function readMedia(text, base) {
  if (/#EXT-X-(BYTERANGE|KEY|DISCONTINUITY)/.test(text) || !text.includes("#EXT-X-ENDLIST")) throw new Error("not ours");
  const segments = [];
  let init = "";
  let start = 0;
  let length = 0;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("#EXT-X-MAP:")) init = new URL(attributes(line).URI, base).href;
    else if (line.startsWith("#EXTINF:")) length = parseFloat(line.slice(8));
    else if (line && line[0] !== "#") {
      segments.push({ uri: new URL(line, base).href, start, end: start + length });
      start += length;
    }
  }
  if (!init || !segments.length) throw new Error("no segments");
  return { init, segments, duration: start };
}
