// QR codes (ISO/IEC 18004): bytes, error correction level M, versions 1 to 20, always mask 0, which every reader knows.

const ECC_PER_BLOCK = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const BLOCKS = [0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
const FORMAT_M_MASK_0 = 0x5412; // level M is 00, mask 0 is 000: nothing but the standard's own mask of the format bits

// All codewords of a version: what is left of the square after finders, timing, alignment, format and version.
function capacity(version) {
  let bits = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const aligned = Math.floor(version / 7) + 2;
    bits -= (25 * aligned - 10) * aligned - 55;
    if (version >= 7) bits -= 36;
  }
  return Math.floor(bits / 8);
}

const dataCapacity = (version) => capacity(version) - ECC_PER_BLOCK[version] * BLOCKS[version];

// Multiplication in GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1.
function times(x, y) {
  let z = 0;
  for (let i = 7; i >= 0; i -= 1) {
    z = (z << 1) ^ ((z >>> 7) * 0x11d);
    z ^= ((y >>> i) & 1) * x;
  }
  return z;
}

function divisor(degree) {
  const found = new Array(degree).fill(0);
  found[degree - 1] = 1;
  let root = 1;
  for (let i = 0; i < degree; i += 1) {
    for (let j = 0; j < degree; j += 1) {
      found[j] = times(found[j], root);
      if (j + 1 < degree) found[j] ^= found[j + 1];
    }
    root = times(root, 2);
  }
  return found;
}

function remainder(data, by) {
  const found = by.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ found.shift();
    found.push(0);
    by.forEach((c, i) => { found[i] ^= times(c, factor); });
  }
  return found;
}

function dataCodewords(bytes, version) {
  const bits = [];
  const put = (value, count) => { for (let i = count - 1; i >= 0; i -= 1) bits.push((value >>> i) & 1); };
  put(4, 4); // byte mode
  put(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) put(byte, 8);
  const room = dataCapacity(version) * 8;
  put(0, Math.min(4, room - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < room; pad ^= 0xec ^ 0x11) put(pad, 8);
  const words = new Array(bits.length / 8).fill(0);
  bits.forEach((bit, i) => { words[i >>> 3] |= bit << (7 - (i & 7)); });
  return words;
}

// Data in blocks, each with its error correction, then interleaved: a stain spoils a little of each.
function codewords(bytes, version) {
  const data = dataCodewords(bytes, version);
  const ecc = ECC_PER_BLOCK[version];
  const count = BLOCKS[version];
  const short = Math.floor(data.length / count);
  const shortCount = count - (data.length % count);
  const by = divisor(ecc);
  const blocks = [];
  for (let n = 0, at = 0; n < count; n += 1) {
    const part = data.slice(at, at + short + (n < shortCount ? 0 : 1));
    at += part.length;
    blocks.push({ part, check: remainder(part, by) });
  }
  const found = [];
  for (let i = 0; i <= short; i += 1) for (const b of blocks) if (i < b.part.length) found.push(b.part[i]);
  for (let i = 0; i < ecc; i += 1) for (const b of blocks) found.push(b.check[i]);
  return found;
}

function alignment(version, size) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const found = [6];
  for (let at = size - 7; found.length < count; at -= step) found.splice(1, 0, at);
  return found;
}

class Square {
  constructor(version) {
    this.version = version;
    this.size = version * 4 + 17;
    this.dark = Array.from({ length: this.size }, () => new Array(this.size).fill(false));
    this.taken = this.dark.map((row) => row.slice());
    this.patterns();
  }

  set(x, y, dark) {
    if (x < 0 || y < 0 || x >= this.size || y >= this.size) return;
    this.dark[y][x] = dark;
    this.taken[y][x] = true;
  }

  rings(x, y, reach, light) {
    for (let dy = -reach; dy <= reach; dy += 1) {
      for (let dx = -reach; dx <= reach; dx += 1) {
        this.set(x + dx, y + dy, !light.includes(Math.max(Math.abs(dx), Math.abs(dy))));
      }
    }
  }

  patterns() {
    const { size, version } = this;
    for (let i = 0; i < size; i += 1) {
      this.set(6, i, i % 2 === 0);
      this.set(i, 6, i % 2 === 0);
    }
    for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) this.rings(x, y, 4, [2, 4]);
    const at = alignment(version, size);
    const last = at.length - 1;
    at.forEach((x, i) => at.forEach((y, j) => {
      if ((i || j) && (i || j !== last) && (i !== last || j)) this.rings(x, y, 2, [1]);
    }));
    this.format();
    if (version >= 7) this.versionBits();
  }

  format() {
    const bit = (i) => ((FORMAT_M_MASK_0 >>> i) & 1) === 1;
    const { size } = this;
    for (let i = 0; i < 6; i += 1) this.set(8, i, bit(i));
    this.set(8, 7, bit(6));
    this.set(8, 8, bit(7));
    this.set(7, 8, bit(8));
    for (let i = 9; i < 15; i += 1) this.set(14 - i, 8, bit(i));
    for (let i = 0; i < 8; i += 1) this.set(size - 1 - i, 8, bit(i));
    for (let i = 8; i < 15; i += 1) this.set(8, size - 15 + i, bit(i));
    this.set(8, size - 8, true);
  }

  versionBits() {
    let rest = this.version;
    for (let i = 0; i < 12; i += 1) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
    const bits = (this.version << 12) | rest;
    for (let i = 0; i < 18; i += 1) {
      const dark = ((bits >>> i) & 1) === 1;
      const a = this.size - 11 + (i % 3);
      const b = Math.floor(i / 3);
      this.set(a, b, dark);
      this.set(b, a, dark);
    }
  }

  fill(words) {
    const { size } = this;
    let i = 0;
    for (let right = size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let down = 0; down < size; down += 1) {
        for (let j = 0; j < 2; j += 1) {
          const x = right - j;
          const y = ((right + 1) & 2) === 0 ? size - 1 - down : down;
          if (this.taken[y][x]) continue;
          const bit = i < words.length * 8 && ((words[i >>> 3] >>> (7 - (i & 7))) & 1) === 1;
          i += 1;
          this.dark[y][x] = bit !== ((x + y) % 2 === 0);
        }
      }
    }
  }
}

/** The rows of the code for a text, true for dark; null where it is too long (about 660 bytes). */
export function qr(text) {
  const bytes = new TextEncoder().encode(text);
  let version = 1;
  while (version <= 20 && dataCapacity(version) * 8 < 4 + (version < 10 ? 8 : 16) + bytes.length * 8) version += 1;
  if (version > 20) return null;
  const square = new Square(version);
  square.fill(codewords(bytes, version));
  return square.dark;
}
