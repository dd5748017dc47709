// JSON from a stranger: parsed only where it is not too deep, and read without trusting its shape.

/** Deeper than any tool nests: V8's parser itself copes with far more, what walks its result may not. */
const deepest = 64;

const notJson = ['NaN', '-Infinity', 'Infinity'];

export type JsonObject = { readonly [key: string]: unknown };

/** @returns the object, or null where this is none, or one that nests too deep. Never throws. */
export function parseObject(text: string | undefined): JsonObject | null {
  const strict = text === undefined ? null : makeStrict(text);
  if (strict === null) return null;
  try {
    return asObject(JSON.parse(strict));
  } catch {
    return null;
  }
}

/**
 * Python writes NaN and Infinity where JSON knows none, as ComfyUI does in a node's `is_changed`: they become null.
 *
 * @returns null where the text nests too deep. One pass, whatever the text.
 */
function makeStrict(text: string): string | null {
  const pieces: string[] = [];
  let kept = 0;
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
      continue;
    }
    if (character === '"') isInString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > deepest) return null;
    const word = notJson.find((word) => text.startsWith(word, at));
    if (word === undefined) continue;
    pieces.push(text.slice(kept, at), 'null');
    kept = at + word.length;
    at = kept - 1;
  }
  return pieces.length === 0 ? text : pieces.join('') + text.slice(kept);
}

export function asObject(value: unknown): JsonObject | null {
  return isObject(value) ? value : null;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** @returns a whole number of 0 or more that a double holds exactly, from a number or its digits. */
export function asWhole(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** @returns lines of "Name: value" for every field that is plain. */
export function linesOf(object: JsonObject, without: readonly string[]): string | undefined {
  const lines = Object.entries(object)
    .filter(([key, value]) => !without.includes(key) && isPlain(value))
    .map(([key, value]) => `${key}: ${String(value)}`);
  return lines.length > 0 ? lines.join('\n') : undefined;
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' ? value !== '' : typeof value === 'number' || typeof value === 'boolean';
}
