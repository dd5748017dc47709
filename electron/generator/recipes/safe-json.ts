// Parses JSON of unknown origin: limits its depth, and reads it without trusting its shape.

/** Deeper than any tool nests. V8's parser accepts far more, but code that walks its result may not. */
const maxDepth = 64;

const pythonNumbers = ['NaN', '-Infinity', 'Infinity'];
/** More than any tool writes. */
const maxPythonNumbers = 10_000;

export type JsonObject = { readonly [key: string]: unknown };

/** Returns null when the text is no JSON object or nests too deep. Never throws. */
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
 * Replaces NaN and Infinity by null: Python writes them although JSON has none, as ComfyUI does in `is_changed`. Takes
 * one pass over any text.
 *
 * @returns null when the text nests too deep or has too many of these numbers.
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
    if (depth > maxDepth) return null;
    if (character !== 'N' && character !== 'I' && character !== '-') continue;
    const number = pythonNumbers.find((number) => text.startsWith(number, at));
    if (number === undefined) continue;
    if (pieces.length >= 2 * maxPythonNumbers) return null;
    pieces.push(text.slice(kept, at), 'null');
    kept = at + number.length;
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

/** Returns an integer of 0 or more that a double holds exactly, from a number or its digits. */
export function asWholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** Returns lines of "Name: value" for every field that is a text, number or boolean. */
export function linesOf(object: JsonObject, without: readonly string[]): string | undefined {
  const lines = Object.entries(object)
    .filter(([key, value]) => !without.includes(key) && isPrimitive(value))
    .map(([key, value]) => `${key}: ${String(value)}`);
  return lines.length > 0 ? lines.join('\n') : undefined;
}

function isPrimitive(value: unknown): boolean {
  return typeof value === 'string' ? value !== '' : typeof value === 'number' || typeof value === 'boolean';
}
