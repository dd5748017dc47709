// Writes a mask as a PNG of 8-bit gray synchronously, because a closing page cannot wait for the browser's encoder.
import { pngSignature, writePngChunk } from '../../../../shared/domain/picture-bytes/png';
import type { Mask } from './mask';

/** RFC 1951 (https://www.rfc-editor.org/rfc/rfc1951) allows repetitions of 3 to 258 bytes. */
const [minRun, maxRun] = [3, 258];

/**
 * Returns the file of a mask. Each row is stored as its difference to the one above
 * (https://www.w3.org/TR/png-3/#9Filter-types), so that nearly all bytes are zero, and runs of equal bytes are short.
 */
export function encodeMask({ width, height, bytes }: Mask): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // Eight bits of gray, without interlacing: https://www.w3.org/TR/png-3/#11IHDR
  view.setUint8(8, 8);
  const differences = new Uint8Array((width + 1) * height);
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    // The filter "Up". The row above the first one counts as zero.
    differences[to] = 2;
    const row = y * width;
    for (let x = 0; x < width; x += 1) {
      const above = y === 0 ? 0 : (bytes[row - width + x] ?? 0);
      differences[to + 1 + x] = (bytes[row + x] ?? 0) - above;
    }
    to += width + 1;
  }
  const signature = Uint8Array.from(pngSignature, (character) => character.charCodeAt(0));
  const chunks = [
    signature,
    writePngChunk('IHDR', header),
    writePngChunk('IDAT', compress(differences)),
    writePngChunk('IEND', new Uint8Array(0)),
  ];
  const file = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    file.set(chunk, at);
    at += chunk.length;
  }
  return file;
}

/** Compresses runs of equal bytes, as a zlib stream (RFC 1950) of one block with the fixed codes of RFC 1951. */
function compress(data: Uint8Array): Uint8Array {
  // The fixed code of a byte has at most nine bits.
  const out = new Uint8Array(Math.ceil((data.length * 9) / 8) + 16);
  // https://www.rfc-editor.org/rfc/rfc1950#section-2.2
  out.set([0x78, 0x01]);
  let [length, held, count] = [2, 0, 0];
  /** Writes a value, beginning with its least significant bit. */
  const put = (value: number, bits: number) => {
    held |= value << count;
    for (count += bits; count >= 8; count -= 8) {
      out[length] = held & 255;
      length += 1;
      held >>>= 8;
    }
  };
  const putSymbol = (symbol: number) => put(symbolCodes[symbol] ?? 0, symbolBits(symbol));
  // The last block, with fixed codes.
  put(0b011, 3);
  for (let at = 0; at < data.length; ) {
    const value = data[at] ?? 0;
    putSymbol(value);
    at += 1;
    let run = 0;
    while (at + run < data.length && data[at + run] === value) run += 1;
    at += run;
    for (; run >= minRun; ) {
      // A remainder that is too short for a repetition is written byte by byte below.
      const taken = Math.min(run, maxRun);
      const { symbol, extra, bits } = runCodes[taken] ?? { symbol: 0, extra: 0, bits: 0 };
      putSymbol(symbol);
      if (bits > 0) put(extra, bits);
      // The distance 1 has the code 0, of five bits.
      put(0, 5);
      run -= taken;
    }
    for (; run > 0; run -= 1) putSymbol(value);
  }
  putSymbol(256);
  if (count > 0) put(0, 8 - count);
  new DataView(out.buffer).setUint32(length, adler32(data));
  return out.subarray(0, length + 4);
}

/** https://www.rfc-editor.org/rfc/rfc1951#section-3.2.6 */
function symbolBits(symbol: number): number {
  return symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
}

/** The codes in reverse, because they are written beginning with the most significant bit. */
const symbolCodes = Uint16Array.from({ length: 288 }, (_, symbol) => {
  const code =
    symbol < 144
      ? 0x30 + symbol
      : symbol < 256
        ? 0x190 + symbol - 144
        : symbol < 280
          ? symbol - 256
          : 0xc0 + symbol - 280;
  const bits = symbolBits(symbol);
  let reversed = 0;
  for (let bit = 0; bit < bits; bit += 1) reversed |= ((code >> bit) & 1) << (bits - 1 - bit);
  return reversed;
});

/** The symbol and the extra bits for each length of a repetition: https://www.rfc-editor.org/rfc/rfc1951#section-3.2.5 */
const runCodes = (() => {
  const codes: { symbol: number; extra: number; bits: number }[] = [];
  let length = minRun;
  for (let symbol = 257; symbol < 285; symbol += 1) {
    const bits = symbol < 265 ? 0 : Math.floor((symbol - 261) / 4);
    for (let extra = 0; extra < 1 << bits; extra += 1, length += 1) codes[length] = { symbol, extra, bits };
  }
  codes[maxRun] = { symbol: 285, extra: 0, bits: 0 };
  return codes;
})();

/** https://www.rfc-editor.org/rfc/rfc1950#section-8.2 */
function adler32(data: Uint8Array): number {
  let [a, b] = [1, 0];
  for (let start = 0; start < data.length; start += 3800) {
    const end = Math.min(data.length, start + 3800);
    for (let at = start; at < end; at += 1) {
      a += data[at] ?? 0;
      b += a;
    }
    a %= 65_521;
    b %= 65_521;
  }
  return ((b << 16) | a) >>> 0;
}
