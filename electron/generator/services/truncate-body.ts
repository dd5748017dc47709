// Truncates the body of an error while it streams: keeps the start of each string, and of the whole.

/** Longer messages are truncated anyway, and a service may repeat a picture that it received. */
const maxStringLength = 8 * 1024;
/** Further bytes of a body are not read. */
const maxLength = 64 * 1024;

const quote = 0x22;
const backslash = 0x5c;
const letterU = 0x75;

export type BodyTruncator = {
  add: (chunk: Uint8Array) => void;
  /** Returns the kept text. If JSON was too long, its end is missing: see `parseStart`. */
  text: () => string;
};

/**
 * Returns a filter that keeps the start of a body. It cuts only between characters, so that the kept start of JSON
 * can be parsed.
 */
export function createBodyTruncator(): BodyTruncator {
  const kept: Uint8Array[] = [];
  let length = 0;
  let isInString = false;
  /** Number of bytes of the current string so far. */
  let stringLength = 0;
  let isCut = false;
  let isEscape = false;
  /** Remaining digits of an escape such as `\\u00e9`: https://www.rfc-editor.org/rfc/rfc8259#section-7 */
  let digits = 0;

  /** Returns whether a byte of a string is kept. */
  function keepsInString(byte: number): boolean {
    const isContinued = (byte & 0xc0) === 0x80;
    if (isEscape) {
      isEscape = false;
      digits = byte === letterU ? 4 : 0;
    } else if (digits > 0) {
      digits -= 1;
    } else if (byte === quote) {
      isInString = false;
      return true;
    } else {
      if (stringLength >= maxStringLength && !isContinued) isCut = true;
      isEscape = byte === backslash;
    }
    stringLength += 1;
    return !isCut;
  }

  function keeps(byte: number): boolean {
    if (isInString) return keepsInString(byte);
    if (byte === quote) {
      isInString = true;
      stringLength = 0;
      isCut = false;
    }
    return true;
  }

  return {
    add(chunk) {
      if (length >= maxLength) return;
      const bytes = new Uint8Array(chunk.length);
      let count = 0;
      for (const byte of chunk) {
        if (keeps(byte)) {
          bytes[count] = byte;
          count += 1;
        }
      }
      const fitting = Math.min(count, maxLength - length);
      kept.push(bytes.slice(0, fitting));
      length += fitting;
    },
    text: () => Buffer.concat(kept).toString('utf8'),
  };
}
