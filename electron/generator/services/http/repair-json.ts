// Repairs JSON with invalid values while it arrives, because the rest of its content may have been paid for.
import type { ChunkChange } from './change-body';

const quote = 0x22;
const backslash = 0x5c;
const newline = 0x0a;

/**
 * Numbers and words of JSON (https://www.rfc-editor.org/rfc/rfc8259#section-3), and the end marker of OpenAI's
 * streams.
 */
const known = /^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|DONE)$/;

/**
 * The change of the nesting depth by each byte outside of strings; 0 for separators; undefined for bytes of numbers
 * and words.
 */
const steps: readonly (number | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  if ('[{'.includes(character)) return 1;
  if (']}'.includes(character)) return -1;
  return ' \t\r\n,:"'.includes(character) ? 0 : undefined;
});

/**
 * Returns a change that replaces each value that JSON does not have by `null`. Servers written in Python send `NaN`
 * and `Infinity` (https://docs.python.org/3/library/json.html#infinite-and-nan-number-values). It applies to a
 * document and to the events of a stream, whose other lines pass unchanged.
 */
export function repairJson(): Required<ChunkChange> {
  /**
   * Whether the body is an event stream, which begins with a field's name and in which each line is independent.
   * Null: not yet known.
   */
  let isStream: boolean | null = null;
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  /** The beginning of an incomplete number or word. */
  let token = '';

  function endToken(rest: string): Buffer {
    const whole = token + rest;
    token = '';
    return Buffer.from(whole === '' || known.test(whole) ? whole : 'null', 'latin1');
  }

  return {
    take(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const output: Buffer[] = [];
      /** Offset from which nothing has been passed on yet. */
      let rest = 0;
      /** Start of the current number or word in this chunk; -1 outside of one. */
      let start = token === '' ? -1 : 0;
      const nextQuote = searchFor(quote, bytes);
      const nextBackslash = searchFor(backslash, bytes);
      const nextLine = searchFor(newline, bytes);
      for (let at = 0; at < bytes.length; at += 1) {
        if (isEscaped) {
          isEscaped = false;
          if (!isStream || bytes[at] !== newline) continue;
        }
        // Handled first, because strings are the largest part of any answer.
        if (isInString)
          at = Math.min(nextQuote(at), nextBackslash(at), isStream ? nextLine(at) : bytes.length);
        const byte = bytes[at];
        if (byte === undefined) break;
        if (byte === newline && isStream) {
          depth = 0;
          isInString = false;
        }
        if (isInString) {
          if (byte === backslash) isEscaped = true;
          else isInString = false;
          continue;
        }
        const step = steps[byte];
        isStream ??= step === 0 ? null : step !== 1;
        if (depth === 0 && start < 0) {
          depth = Math.max(0, step ?? 0);
          continue;
        }
        if (step === undefined) {
          if (start < 0) start = at;
          continue;
        }
        if (start >= 0) {
          output.push(bytes.subarray(rest, start), endToken(bytes.toString('latin1', start, at)));
          [rest, start] = [at, -1];
        }
        depth = Math.max(0, depth + step);
        isInString = byte === quote;
      }
      if (start >= 0) token += bytes.toString('latin1', start);
      output.push(bytes.subarray(rest, start < 0 ? bytes.length : start));
      return output.length === 1 && output[0] ? output[0] : Buffer.concat(output);
    },
    end: () => endToken(''),
  };
}

/** Parses a whole document after repairing it. @throws SyntaxError */
export function parseRepaired(text: Uint8Array): unknown {
  const { take, end } = repairJson();
  return JSON.parse(Buffer.concat([take(text), end()]).toString('utf8'));
}

/**
 * Returns a function that finds the next occurrence of a byte from an offset on, or the length if there is none.
 * Offsets must only grow.
 */
function searchFor(byte: number, bytes: Buffer): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found < from) found = bytes.indexOf(byte, from);
    if (found < 0) found = bytes.length;
    return found;
  };
}
