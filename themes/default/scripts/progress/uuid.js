// UUIDs (RFC 9562). Those made of names (version 5) are the same at each export, so that a record store takes a statement
// once. SHA-1 by hand: browsers offer theirs only to pages from a secure server, not from disk.

const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

function formatted(bytes, version) {
  bytes[6] = (bytes[6] & 0x0f) | (version << 4);
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const h = hex(bytes);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20, 32)}`;
}

/** A random one. */
export const randomUuid = () => formatted(crypto.getRandomValues(new Uint8Array(16)), 4);

/** The one that belongs to `name` in the space of another UUID. */
export function namedUuid(space, name) {
  const prefix = space.replace(/-/g, "").match(/../g).map((pair) => parseInt(pair, 16));
  return formatted(sha1(prefix.concat(Array.from(new TextEncoder().encode(name)))).slice(0, 16), 5);
}

function sha1(message) {
  const bytes = message.slice();
  const bits = bytes.length * 8;
  bytes.push(0x80);
  while (bytes.length % 64 !== 56) bytes.push(0);
  for (let n = 7; n >= 0; n -= 1) bytes.push(Math.floor(bits / 2 ** (8 * n)) & 0xff);
  const h = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const turn = (x, n) => (x << n) | (x >>> (32 - n));
  for (let block = 0; block < bytes.length; block += 64) {
    const w = [];
    for (let n = 0; n < 80; n += 1) {
      const at = block + n * 4;
      w[n] = n < 16 ? (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3] : turn(w[n - 3] ^ w[n - 8] ^ w[n - 14] ^ w[n - 16], 1);
    }
    let [a, b, c, d, e] = h;
    for (let n = 0; n < 80; n += 1) {
      const [f, k] = n < 20 ? [(b & c) | (~b & d), 0x5a827999] : n < 40 ? [b ^ c ^ d, 0x6ed9eba1] : n < 60 ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc] : [b ^ c ^ d, 0xca62c1d6];
      [a, b, c, d, e] = [(turn(a, 5) + f + e + k + w[n]) | 0, a, turn(b, 30), c, d];
    }
    [a, b, c, d, e].forEach((x, n) => { h[n] = (h[n] + x) | 0; });
  }
  return Uint8Array.from(h.flatMap((x) => [x >>> 24, (x >>> 16) & 0xff, (x >>> 8) & 0xff, x & 0xff]));
}
