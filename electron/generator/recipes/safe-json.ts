// Parses JSON of unknown origin: limits its depth, and reads values without trusting their types.

/** Deeper than any tool nests. V8's parser accepts far more, but recursive code may not. */
const maxDepth = 64;

const pythonNumbers = ['NaN', '-Infinity', 'Infinity'];
/** Integers of up to this many digits are exact in a double. */
const maxExactDigits = 15;
/** More numbers to replace than any tool writes. */
const maxReplaced = 10_000;

export type JsonObject = { readonly [key: string]: unknown };

/** Returns null if the text is not a JSON object or nests too deep. Never throws. */
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
 * Replaces NaN and Infinity by null, because Python writes them although JSON does not have them, for example in
 * ComfyUI's `is_changed`. Turns integers of 16 digits and more into strings, because a JavaScript number does not
 * hold all of them exactly. Takes one pass.
 *
 * @returns null if the text nests too deep or has too many such numbers.
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
    const number = readNumber(text, at);
    if (number === null) continue;
    if (number.replacement !== null) {
      if (pieces.length >= 2 * maxReplaced) return null;
      pieces.push(text.slice(kept, at), number.replacement);
      kept = number.end;
    }
    at = number.end - 1;
  }
  return pieces.length === 0 ? text : pieces.join('') + text.slice(kept);
}

/**
 * Returns the end of the number at this offset, and its replacement, null if it needs none; null if there is no
 * number.
 */
function readNumber(text: string, at: number): { end: number; replacement: string | null } | null {
  const first = text[at] ?? '';
  const python = 'NI-'.includes(first)
    ? pythonNumbers.find((number) => text.startsWith(number, at))
    : undefined;
  if (python !== undefined) return { end: at + python.length, replacement: 'null' };
  if (!isInNumber(first)) return null;
  let end = at + 1;
  while (isInNumber(text[end] ?? '')) end += 1;
  const isLong = end - at > maxExactDigits && /^\d+$/.test(text.slice(at, end));
  return { end, replacement: isLong ? `"${text.slice(at, end)}"` : null };
}

function isInNumber(character: string): boolean {
  return (character >= '0' && character <= '9') || (character !== '' && '+-.eE'.includes(character));
}

/** Returns the value if it is an object and not a list. */
export function asObject(value: unknown): JsonObject | null {
  return isObject(value) ? value : null;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the value if it is a string. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Returns an integer of 0 or more that a double holds exactly, from a number or its digits. */
export function asWholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** Returns a seed of 0 or more, as a number, or as digits if a number cannot hold it exactly. */
export function asSeed(value: unknown): number | string | undefined {
  const number = asWholeNumber(value);
  if (number !== undefined) return number;
  const digits = typeof value === 'string' && /^\d{1,40}$/.test(value) ? value.replace(/^0+(?=\d)/, '') : '';
  return digits.length > maxExactDigits ? digits : asWholeNumber(digits);
}

/** Returns a finite number, from a number or its decimal notation. */
export function asNumber(value: unknown): number | undefined {
  const number =
    typeof value === 'string' && /^-?\d{1,15}(?:\.\d{0,20})?$/.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Returns lines of "Name: value" for each field that is a string, number or boolean. */
export function linesOf(object: JsonObject, without: readonly string[]): string | undefined {
  const lines = Object.entries(object)
    .filter(([key, value]) => !without.includes(key) && isPrimitive(value))
    .map(([key, value]) => `${key}: ${String(value)}`);
  return lines.length > 0 ? lines.join('\n') : undefined;
}

function isPrimitive(value: unknown): boolean {
  return typeof value === 'string' ? value !== '' : typeof value === 'number' || typeof value === 'boolean';
}

/** Returns the comma-separated values of a text. */
export function separated(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Returns the value if it is a list, otherwise an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
