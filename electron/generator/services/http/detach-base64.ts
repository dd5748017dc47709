// Decodes long base64 strings of a JSON response while it streams, so that its last byte is soon followed by the picture.
import { randomUUID } from 'node:crypto';
import type { ChunkChange } from './change-body';

/** Shorter strings stay in the text. */
const minLength = 16 * 1024;
/** No name of a property that matters is longer. */
const maxNameLength = 64;
/** Room for a string of a response that does not say how long it is; it doubles as needed. */
const firstRoom = 1024 * 1024;
/** A server may promise more than it sends. */
const maxFirstRoom = 64 * 1024 * 1024;

const quote = 0x22;
const backslash = 0x5c;
const plus = 0x2b;
const slash = 0x2f;
const minus = 0x2d;
const underscore = 0x5f;

/** Most chunks of a picture pass nothing on. */
const nothing = Buffer.alloc(0);

/** The decoded strings of one response, by the names that have taken their places in its text. */
export type DetachedStrings = {
  /**
   * Returns a change of one response's body: names take the places of its long base64 strings.
   *
   * @param bodyLength bytes of the body, so that each string is decoded into its place at once; null if it is not known.
   */
  detach: (bodyLength?: number | null) => ChunkChange;
  /** Returns the bytes that a string stands for: those of a name, or of base64. Ignores what is not base64, as Node does. */
  bytesOf: (text: string) => Buffer;
  /** Returns the strings that have arrived whole and for which `bytesOf` was not asked, in their order. */
  unread: () => Buffer[];
};

/**
 * A string is detached if it is the value of one of these properties, is long, and all of it is base64
 * (https://www.rfc-editor.org/rfc/rfc4648#section-4) without escapes. Any other text passes unchanged. A server cannot
 * guess the names that take the strings' places.
 *
 * @param properties names of the properties that hold pictures.
 */
export function createDetachedStrings(properties: readonly string[]): DetachedStrings {
  const prefix = `detached:${randomUUID()}:`;
  const strings: Buffer[] = [];
  const unread = new Set<Buffer>();

  function add(bytes: Buffer): string {
    strings.push(bytes);
    unread.add(bytes);
    return `${prefix}${strings.length - 1}`;
  }

  function read(name: string): Buffer | undefined {
    const bytes = name.startsWith(prefix) ? strings[Number(name.slice(prefix.length))] : undefined;
    if (bytes) unread.delete(bytes);
    return bytes;
  }

  return {
    detach: (bodyLength = null) => createDetacher(properties, add, bodyLength),
    bytesOf: (text) => read(text) ?? Buffer.from(text, 'base64'),
    unread: () => [...unread],
  };
}

/**
 * Of `bytes`, the first `length` are decoded. `rest`: characters that do not fill a group of four yet. `alphabet`: the one
 * of the characters so far, with which the decoded bytes become the same text again.
 */
type LongString = { bytes: Buffer; length: number; rest: string; alphabet: Alphabet | null };

type Alphabet = 'base64' | 'base64url';

/** @param add keeps the bytes of a string, and returns its name. */
function createDetacher(
  properties: readonly string[],
  add: (bytes: Buffer) => string,
  bodyLength: number | null,
): Required<ChunkChange> {
  /** How much of the body has not come yet. */
  let left = bodyLength;
  let isInString = false;
  let isEscaped = false;
  /** The beginning of the last string, and what has come after it. */
  let name = '';
  let afterName = '';
  /** The string that may have to be detached, from its first character; null if it cannot be. */
  let start: { parts: Buffer[]; length: number } | null = null;
  let long: LongString | null = null;
  /** What passes of the current chunk. */
  let output: Buffer[] = [];

  /** Lets the text of a string pass that is not base64. */
  function giveUp(): void {
    output.push(...(start?.parts ?? []), ...(long ? [textOf(long)] : []));
    start = null;
    long = null;
  }

  function takeContent(part: Buffer): void {
    if (long) {
      if (decodeMore(long, part)) return;
      giveUp();
      output.push(part);
      return;
    }
    if (!start) {
      name = joined(name, part);
      output.push(part);
      return;
    }
    start.parts.push(part);
    start.length += part.length;
    if (start.length < minLength) return;
    const expected = left === null ? firstRoom : Math.ceil(((start.length + left) / 4) * 3);
    const bytes = Buffer.allocUnsafeSlow(Math.min(Math.max(expected, start.length), maxFirstRoom));
    const begun: LongString = { bytes, length: 0, rest: '', alphabet: null };
    if (start.parts.every((each) => decodeMore(begun, each))) {
      start = null;
      long = begun;
    } else {
      giveUp();
    }
  }

  function endString(): void {
    if (long && finish(long)) {
      output.push(Buffer.from(add(long.bytes.subarray(0, long.length))));
      long = null;
    } else {
      giveUp();
    }
    isInString = false;
  }

  function take(bytes: Buffer): number {
    if (isEscaped) {
      isEscaped = false;
      output.push(bytes.subarray(0, 1));
      return 1;
    }
    if (!isInString) {
      const begin = bytes.indexOf(quote);
      isInString = begin >= 0;
      const end = isInString ? begin + 1 : bytes.length;
      output.push(bytes.subarray(0, end));
      afterName = joined(afterName, bytes.subarray(0, isInString ? begin : end));
      if (isInString) {
        const isWanted = properties.includes(name) && /^\s*:\s*$/.test(afterName);
        start = isWanted ? { parts: [], length: 0 } : null;
        name = '';
        afterName = '';
      }
      return end;
    }
    const end = firstOf(bytes, quote, backslash);
    if (end > 0) takeContent(bytes.subarray(0, end));
    if (bytes[end] === quote) endString();
    if (bytes[end] === backslash) {
      // A string with an escape passes as it is: JSON needs none for base64.
      giveUp();
      isEscaped = true;
    }
    output.push(bytes.subarray(end, end + 1));
    return end + 1;
  }

  function takeOutput(): Buffer {
    const [only = nothing, ...more] = output;
    const passed = more.length === 0 ? only : Buffer.concat(output);
    output = [];
    return passed;
  }

  return {
    take(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      if (left !== null) left = Math.max(0, left - bytes.length);
      for (let position = 0; position < bytes.length; ) position += take(bytes.subarray(position));
      return takeOutput();
    },
    end() {
      giveUp();
      return takeOutput();
    },
  };
}

/** Appends bytes to a text that need not be complete if it is too long. */
function joined(text: string, bytes: Buffer): string {
  return text + bytes.subarray(0, Math.max(0, maxNameLength + 1 - text.length)).toString('latin1');
}

/** Returns the index of the first of two bytes, or the length. */
function firstOf(bytes: Buffer, one: number, other: number): number {
  const first = bytes.indexOf(one);
  const before = first < 0 ? bytes : bytes.subarray(0, first);
  const second = before.indexOf(other);
  return second < 0 ? before.length : second;
}

/**
 * Decodes whole groups, except for the last one, which may have padding. Returns false, and changes nothing, if a character
 * is not base64.
 */
function decodeMore(long: LongString, part: Buffer): boolean {
  const alphabet = alphabetOf(part, long.alphabet);
  if (alphabet === 'mixed') return false;
  const total = long.rest.length + part.length;
  const whole = Math.max(0, total - (total % 4) - 4);
  if (whole <= long.rest.length) {
    long.rest += part.toString('latin1');
    long.alphabet = alphabet;
    return true;
  }
  // The text of most chunks is decoded as it is: putting the rest in front of it would copy it.
  const seam = (4 - (long.rest.length % 4)) % 4;
  const first = long.rest + part.toString('latin1', 0, seam);
  const end = whole - long.rest.length;
  makeRoom(long, (whole / 4) * 3);
  // Node leaves out what is not base64.
  const written =
    long.bytes.write(first, long.length, 'base64') +
    long.bytes.write(part.toString('latin1', seam, end), long.length + (first.length / 4) * 3, 'base64');
  if (written !== (whole / 4) * 3) return false;
  long.length += written;
  long.rest = part.toString('latin1', end);
  long.alphabet = alphabet;
  return true;
}

/** Returns the alphabet of a text that continues one of `known`; null if both have all of its characters so far. */
function alphabetOf(part: Buffer, known: Alphabet | null): Alphabet | null | 'mixed' {
  const isStandard = part.includes(plus) || part.includes(slash);
  const isUrlSafe = part.includes(minus) || part.includes(underscore);
  if (isStandard) return isUrlSafe || known === 'base64url' ? 'mixed' : 'base64';
  if (isUrlSafe) return known === 'base64' ? 'mixed' : 'base64url';
  return known;
}

function makeRoom(long: LongString, more: number): void {
  if (long.length + more <= long.bytes.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(long.length + more, 2 * long.bytes.length));
  long.bytes.copy(larger, 0, 0, long.length);
  long.bytes = larger;
}

/** Returns the text that has been decoded so far. */
function textOf({ bytes, length, rest, alphabet }: LongString): Buffer {
  return Buffer.from(bytes.toString(alphabet ?? 'base64', 0, length) + rest, 'latin1');
}

/** Decodes the last characters, with their padding. Returns false if they are not base64. */
function finish(long: LongString): boolean {
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(long.rest)) return false;
  const last = Buffer.from(long.rest, 'base64');
  makeRoom(long, last.length);
  long.length += last.copy(long.bytes, long.length);
  return true;
}
