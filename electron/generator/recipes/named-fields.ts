// Parses a line of "Name: value, …", whose values may be quoted or JSON.

/**
 * Reads fields: a name, a colon, a value that may be quoted, and a comma. A line must begin with a field. Later
 * text that is not a field is skipped up to the next comma, because some tools write a name without a value, or a
 * list without quotation marks.
 *
 * Takes linear time, because it only moves forward: a failed search for the end of a quoted value stops at the next
 * quotation mark, where the next search may start, and the search for the end of JSON fails at most once in a line.
 */
export function parseFields(line: string): Map<string, string> {
  const fields = new Map<string, string>();
  let isJsonClosed = true;
  for (let at = 0; at < line.length; ) {
    const nameStart = skip(line, at, isSpace);
    const nameEnd = isNameStart(line[nameStart]) ? skip(line, nameStart, isInName) : nameStart;
    if (nameEnd === nameStart || line[nameEnd] !== ':') {
      if (fields.size === 0) break;
      at = endOfPlain(line, nameStart) + 1;
      continue;
    }
    const valueStart = skip(line, nameEnd + 1, isSpace);
    const isJson = isJsonClosed && (line[valueStart] === '[' || line[valueStart] === '{');
    const jsonEnd = isJson ? endOfJson(line, valueStart) : null;
    if (isJson && jsonEnd === null) isJsonClosed = false;
    const end = jsonEnd ?? endOfQuoted(line, valueStart) ?? endOfPlain(line, valueStart);
    fields.set(line.slice(nameStart, nameEnd).trim(), unquote(line.slice(valueStart, end).trim()));
    at = end + 1;
  }
  return fields;
}

const isSpace = (character: string) => character.trim() === '';
const isNameStart = (character: string | undefined) => character !== undefined && /^\w$/.test(character);
const isInName = (character: string) => /^[\w \-/]$/.test(character);

/** Returns the offset of the first character, from `from` on, for which `isOfKind` is false. */
function skip(line: string, from: number, isOfKind: (character: string) => boolean): number {
  let at = from;
  for (let character = line[at]; character !== undefined && isOfKind(character); character = line[at])
    at += 1;
  return at;
}

/** Returns the offset after the closing quotation mark; null unless a comma or the end of the line follows it. */
function endOfQuoted(line: string, start: number): number | null {
  if (line[start] !== '"') return null;
  let end = start + 1;
  while (end < line.length && line[end] !== '"') end += line[end] === '\\' ? 2 : 1;
  const isClosed = end < line.length && (end + 1 === line.length || line[end + 1] === ',');
  return isClosed ? end + 1 : null;
}

/**
 * Returns the offset after the closing bracket of JSON, in which Civitai writes lists of resources; null if there
 * is none.
 */
function endOfJson(line: string, start: number): number | null {
  let depth = 0;
  let isInString = false;
  for (let at = start; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if ('[{'.includes(character)) depth += 1;
    else if (']}'.includes(character)) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return null;
}

function endOfPlain(line: string, start: number): number {
  const comma = line.indexOf(',', start);
  return comma < 0 ? line.length : comma;
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    const text: unknown = JSON.parse(value);
    return typeof text === 'string' ? text : value;
  } catch {
    return value;
  }
}
