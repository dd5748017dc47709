// Decodes long base64 strings of a JSON response while it streams, so that its last byte is soon followed by the picture.
import { randomUUID } from 'node:crypto';
import type { ChunkChange } from './change-body';

/** Shorter strings stay in the text. */
const minLength = 16 * 1024;
/** No name of a property that matters is longer. */
const maxNameLength = 64;

const quote = 0x22;
const backslash = 0x5c;

/** The decoded strings of one response, by the names that have taken their places in its text. */
export type DetachedStrings = {
  /** Returns a change of one response's body: names take the places of its long base64 strings. */
  detach: () => ChunkChange;
  /** Returns the bytes that a string stands for: those of a name, or of base64. Ignores what is not base64, as Node does. */
  bytesOf: (text: string) => Buffer;
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

  function add(bytes: Buffer): string {
    strings.push(bytes);
    return `${prefix}${strings.length - 1}`;
  }

  return {
    detach: () => createDetacher(properties, add),
    bytesOf: (text) =>
      (text.startsWith(prefix) ? strings[Number(text.slice(prefix.length))] : undefined) ??
      Buffer.from(text, 'base64'),
  };
}

/** `rest`: characters that do not fill a group of four yet. `raw`: all of it as it came. */
type LongString = { decoded: Buffer[]; rest: string; raw: Buffer[] };

/** @param add keeps the bytes of a string, and returns its name. */
function createDetacher(
  properties: readonly string[],
  add: (bytes: Buffer) => string,
): Required<ChunkChange> {
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
    output.push(...(start?.parts ?? []), ...(long?.raw ?? []));
    start = null;
    long = null;
  }

  function takeContent(part: Buffer): void {
    if (long) {
      long.raw.push(part);
      if (!decodeMore(long, part)) giveUp();
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
    const begun: LongString = { decoded: [], rest: '', raw: start.parts };
    if (decodeMore(begun, Buffer.concat(start.parts))) {
      start = null;
      long = begun;
    } else {
      giveUp();
    }
  }

  function endString(): void {
    if (long && finish(long)) {
      output.push(Buffer.from(add(Buffer.concat(long.decoded))));
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
    const passed = Buffer.concat(output);
    output = [];
    return passed;
  }

  return {
    take(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
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

/** Decodes whole groups, except for the last one, which may have padding. Returns false if a character is not base64. */
function decodeMore(long: LongString, part: Buffer): boolean {
  const text = long.rest + part.toString('latin1');
  const whole = Math.max(0, text.length - (text.length % 4) - 4);
  const decoded = Buffer.from(text.slice(0, whole), 'base64');
  // Node leaves out what is not base64.
  if (decoded.length !== (whole / 4) * 3) return false;
  long.decoded.push(decoded);
  long.rest = text.slice(whole);
  return true;
}

/** Decodes the last characters, with their padding. Returns false if they are not base64. */
function finish(long: LongString): boolean {
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(long.rest)) return false;
  long.decoded.push(Buffer.from(long.rest, 'base64'));
  return true;
}
