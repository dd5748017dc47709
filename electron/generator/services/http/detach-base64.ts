// Decodes the long base64 strings of a JSON response while it streams, so that the picture is ready soon after the
// last byte.
import { randomUUID } from 'node:crypto';
import type { ChunkChange } from './change-body';

/** Shorter strings stay in the text. */
const minLength = 16 * 1024;
/** Maximum length of the name of a relevant property. */
const maxNameLength = 64;
/** Initial buffer for a string of a response without a known length; doubled as needed. */
const firstRoom = 1024 * 1024;
/** A server may state a greater length than it sends. */
const maxFirstRoom = 64 * 1024 * 1024;

const quote = 0x22;
const backslash = 0x5c;
const plus = 0x2b;
const slash = 0x2f;
const minus = 0x2d;
const underscore = 0x5f;

/** Most chunks of a picture produce no output. */
const nothing = Buffer.alloc(0);

/** The decoded strings of one response, by the placeholders that replace them in its text. */
export type DetachedStrings = {
  /**
   * Returns a change of one response's body that replaces its long base64 strings by placeholders.
   *
   * @param bodyLength bytes of the body, which avoids copies of each decoded string; null if unknown.
   */
  detach: (bodyLength?: number | null) => ChunkChange;
  /** Returns the bytes of a placeholder, or of base64. Ignores characters that are not base64, as Node does. */
  bytesOf: (text: string) => Buffer;
  /** Returns the complete strings that were not read by `bytesOf`, in order. */
  unread: () => Buffer[];
};

/**
 * Detaches a string if it is the value of one of these properties, is long, and consists only of base64
 * (https://www.rfc-editor.org/rfc/rfc4648#section-4) without escapes. Any other text passes unchanged. A server
 * cannot guess the placeholders.
 *
 * @param properties names of the properties with pictures.
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
 * The first `length` bytes of `bytes` are decoded. `rest`: characters that do not yet fill a group of four.
 * `alphabet`: the alphabet of the characters so far, with which the decoded bytes can be turned back into the same
 * text.
 */
type LongString = { bytes: Buffer; length: number; rest: string; alphabet: Alphabet | null };

type Alphabet = 'base64' | 'base64url';

/** @param add stores the bytes of a string, and returns its placeholder. */
function createDetacher(
  properties: readonly string[],
  add: (bytes: Buffer) => string,
  bodyLength: number | null,
): Required<ChunkChange> {
  /** Number of bytes of the body that have not arrived yet. */
  let left = bodyLength;
  let isInString = false;
  let isEscaped = false;
  /** The beginning of the last string, and the text after it. */
  let name = '';
  let afterName = '';
  /** The string that may have to be detached, from its first character; null if it cannot be. */
  let start: { parts: Buffer[]; length: number } | null = null;
  let long: LongString | null = null;
  /** The output of the current chunk. */
  let output: Buffer[] = [];

  /** Passes on the text of a string that is not base64. */
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
      // A string with an escape passes unchanged, because base64 needs no escapes in JSON.
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

/** Appends bytes to a text, which may stay incomplete if it is too long. */
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
 * Decodes all whole groups except the last one, which may have padding. Returns false, and changes nothing, if a
 * character is not base64.
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
  // Decode most of the chunk directly, because joining it with the remaining characters would copy it.
  const seam = (4 - (long.rest.length % 4)) % 4;
  const first = long.rest + part.toString('latin1', 0, seam);
  const end = whole - long.rest.length;
  makeRoom(long, (whole / 4) * 3);
  // Node ignores characters that are not base64.
  const written =
    long.bytes.write(first, long.length, 'base64') +
    long.bytes.write(part.toString('latin1', seam, end), long.length + (first.length / 4) * 3, 'base64');
  if (written !== (whole / 4) * 3) return false;
  long.length += written;
  long.rest = part.toString('latin1', end);
  long.alphabet = alphabet;
  return true;
}

/** Returns the alphabet of a text that continues one of `known`; null if both alphabets have all characters so far. */
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
