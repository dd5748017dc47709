// Recodes the scan of a JPEG with the same Huffman tables for every picture:
// https://www.w3.org/Graphics/JPEG/itu-t81.pdf
import { jpegMarkers, jpegSegments } from '../../../../shared/domain/picture-bytes/jpeg';

/** A Huffman table as stored in a file: the number of codes of each length, and their symbols. */
type Table = { counts: readonly number[]; symbols: readonly number[] };

/** The number of a component's blocks in one MCU, and the tables that they use. */
type Component = { blocks: number; dc: number; ac: number };

/** The luminance tables of K.3, which have a code for every symbol of 8-bit samples. */
export const sharedTables: Readonly<Record<'dc' | 'ac', Table>> = {
  dc: {
    counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
    symbols: Array.from({ length: 12 }).map((_, size) => size),
  },
  ac: {
    counts: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125],
    symbols: [
      ...Buffer.from(
        '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa',
        'hex',
      ),
    ],
  },
};

const [huffman, baseline] = [0xc4, 0xc0];
const blockLength = 64;
/** Maximum length of a code, in bits. */
const maxCodeLength = 16;
/** The symbol ZRL, a run of sixteen zeros. */
const sixteenZeros = 0xf0;

/** The parts of a JPEG with one scan. */
export type JpegParts = {
  /** Quantization tables and other segments, unchanged. */
  tables: Uint8Array[];
  /** Frame and scan headers, including their markers. */
  frame: Uint8Array;
  scan: Uint8Array;
  /** Width and height of an MCU, in blocks of 8 x 8 pixels. */
  across: number;
  down: number;
  /** The scan's data, coded with the shared tables and padded to a whole byte. */
  data: Uint8Array;
};

/**
 * Splits a JPEG with one scan of whole blocks, as Skia writes it.
 *
 * @throws Error for any other JPEG.
 */
export function parseScan(jpeg: Uint8Array): JpegParts {
  const found = new Map<number, Table>();
  const tables: Uint8Array[] = [];
  let frame: Uint8Array | null = null;
  for (const { marker, start, end, contentStart } of jpegSegments(jpeg)) {
    const segment = jpeg.subarray(start, end);
    if (marker === huffman) readTables(jpeg.subarray(contentStart, end), found);
    else if (marker === baseline) frame = segment;
    else if (marker === jpegMarkers.scan) {
      if (!frame) break;
      const components = componentsOf(frame, segment);
      const [across, down] = [0, 1].map((high) =>
        Math.max(...samplings(frame ?? segment).map((each) => each[high] ?? 1)),
      );
      const units = unitsOf(frame, across ?? 1, down ?? 1);
      const data = recode(jpeg.subarray(end), components, units, found);
      return { tables, frame, scan: segment, across: across ?? 1, down: down ?? 1, data };
    } else tables.push(segment);
  }
  throw new Error('The JPEG is of another kind.');
}

/** Returns the segment that defines the shared tables. */
export function sharedTableSegment(): Uint8Array {
  const content = (['dc', 'ac'] as const).flatMap((kind, at) => [
    at << 4,
    ...sharedTables[kind].counts,
    ...sharedTables[kind].symbols,
  ]);
  return Uint8Array.of(0xff, huffman, (content.length + 2) >> 8, (content.length + 2) & 255, ...content);
}

function readTables(content: Uint8Array, into: Map<number, Table>): void {
  for (let at = 0; at < content.length; ) {
    const counts = [...content.subarray(at + 1, at + 1 + maxCodeLength)];
    const from = at + 1 + maxCodeLength;
    const count = counts.reduce((sum, each) => sum + each, 0);
    into.set(content[at] ?? 0, { counts, symbols: [...content.subarray(from, from + count)] });
    at = from + count;
  }
}

/** Returns the sampling factors of each component. */
function samplings(frame: Uint8Array): [across: number, down: number][] {
  return Array.from({ length: frame[9] ?? 0 }, (_, index) => {
    const factors = frame[11 + 3 * index] ?? 0x11;
    return [factors >> 4, factors & 15];
  });
}

function unitsOf(frame: Uint8Array, across: number, down: number): number {
  const [height, width] = [5, 7].map((at) => (frame[at] ?? 0) * 256 + (frame[at + 1] ?? 0));
  return Math.ceil((width ?? 0) / (8 * across)) * Math.ceil((height ?? 0) / (8 * down));
}

function componentsOf(frame: Uint8Array, scan: Uint8Array): Component[] {
  return samplings(frame).map(([across, down], index) => {
    const selectors = scan[6 + 2 * index] ?? 0;
    return { blocks: across * down, dc: selectors >> 4, ac: 0x10 | (selectors & 15) };
  });
}

/** Returns the scan's data, coded with the shared tables. */
function recode(
  data: Uint8Array,
  components: readonly Component[],
  units: number,
  tables: Map<number, Table>,
): Uint8Array {
  const lookups = new Map([...tables].map(([id, table]) => [id, lookupOf(table)]));
  const [dcCodes, acCodes] = [codesOf(sharedTables.dc), codesOf(sharedTables.ac)];
  const reader = new BitReader(data);
  const writer = new BitWriter(data.length * 2);
  const blocks = components.flatMap(({ blocks, dc, ac }) =>
    Array.from({ length: blocks }, () => ({ dc: lookups.get(dc), ac: lookups.get(ac) })),
  );
  for (let unit = 0; unit < units; unit += 1) {
    for (const { dc, ac } of blocks) {
      if (!dc || !ac) throw new Error('A table is missing.');
      const size = reader.symbol(dc);
      writer.code(dcCodes, size);
      writer.put(reader.bits(size), size);
      for (let at = 1; at < blockLength; ) {
        const symbol = reader.symbol(ac);
        writer.code(acCodes, symbol);
        if (symbol === 0) break;
        at += (symbol >> 4) + 1;
        if (symbol !== sixteenZeros) writer.put(reader.bits(symbol & 15), symbol & 15);
      }
    }
  }
  return writer.end();
}

/** Returns codes by symbol: the length in the upper 16 bits, the code in the lower ones. */
function codesOf(table: Table): Uint32Array {
  const codes = new Uint32Array(256);
  for (const { symbol, code, length } of codesIn(table)) codes[symbol] = (length << 16) | code;
  return codes;
}

/**
 * Returns symbols by the next sixteen bits: the code's length in the upper byte, the symbol in the lower; 0 if no
 * code matches.
 */
function lookupOf(table: Table): Uint16Array {
  const lookup = new Uint16Array(1 << maxCodeLength);
  for (const { symbol, code, length } of codesIn(table)) {
    const from = code << (maxCodeLength - length);
    lookup.fill((length << 8) | symbol, from, from + (1 << (maxCodeLength - length)));
  }
  return lookup;
}

function* codesIn({ counts, symbols }: Table): Generator<{ symbol: number; code: number; length: number }> {
  let [code, at] = [0, 0];
  for (const [index, count] of counts.entries()) {
    for (let each = 0; each < count; each += 1) {
      yield { symbol: symbols[at] ?? 0, code, length: index + 1 };
      code += 1;
      at += 1;
    }
    code <<= 1;
  }
}

/** Reads bits, and skips the zero that is stuffed after each 255: B.1.1.5. */
class BitReader {
  #at = 0;
  #held = 0;
  #count = 0;

  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  symbol(lookup: Uint16Array): number {
    this.#fill();
    const found = lookup[(this.#held >>> (this.#count - maxCodeLength)) & 0xffff] ?? 0;
    if (found === 0) throw new Error('The scan has a code that its tables do not have.');
    this.#count -= found >> 8;
    return found & 255;
  }

  bits(length: number): number {
    this.#fill();
    this.#count -= length;
    return (this.#held >>> this.#count) & ((1 << length) - 1);
  }

  #fill(): void {
    while (this.#count <= 24) {
      const byte = this.#bytes[this.#at] ?? 0;
      this.#at += byte === 0xff ? 2 : 1;
      this.#held = (this.#held << 8) | byte;
      this.#count += 8;
    }
  }
}

/** Writes bits, and stuffs a zero after each 255. */
class BitWriter {
  #bytes: Uint8Array;
  #at = 0;
  #held = 0;
  #count = 0;

  constructor(length: number) {
    this.#bytes = new Uint8Array(length + blockLength);
  }

  code(codes: Uint32Array, symbol: number): void {
    const code = codes[symbol] ?? 0;
    if (code === 0) throw new Error('The shared tables have no such code.');
    this.put(code & 0xffff, code >>> 16);
  }

  put(bits: number, length: number): void {
    this.#held = (this.#held << length) | bits;
    this.#count += length;
    while (this.#count >= 8) {
      this.#count -= 8;
      this.#push((this.#held >>> this.#count) & 255);
    }
  }

  /** Fills the last byte with ones: F.1.2.3. */
  end(): Uint8Array {
    if (this.#count > 0) this.put((1 << (8 - this.#count)) - 1, 8 - this.#count);
    return this.#bytes.slice(0, this.#at);
  }

  #push(byte: number): void {
    if (this.#at + 2 > this.#bytes.length) {
      const longer = new Uint8Array(this.#bytes.length * 2);
      longer.set(this.#bytes);
      this.#bytes = longer;
    }
    this.#bytes[this.#at] = byte;
    this.#at += 1;
    if (byte !== 0xff) return;
    this.#bytes[this.#at] = 0;
    this.#at += 1;
  }
}
