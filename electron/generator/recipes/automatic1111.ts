// Reads the text that Automatic1111's web UI and compatible tools store with a picture as `parameters`.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import { withoutTrailing } from '../../../shared/domain/without-trailing';
import type { PictureTexts } from './picture-texts';
import { asWholeNumber } from './safe-json';

const negativePromptLabel = 'Negative prompt:';

/** In a PNG the text is a text chunk, in a JPEG or WebP it is EXIF's UserComment. */
export function readAutomatic1111({
  named,
  comment,
}: Pick<PictureTexts, 'named' | 'comment'>): ReadRecipe | null {
  return parseAutomatic1111(named.get('parameters') ?? comment ?? '');
}

/**
 * The prompt, then "Negative prompt: …", both of any number of lines, then one line of "Name: value, …":
 * `create_infotext` and `parse_generation_parameters` in
 * https://github.com/AUTOMATIC1111/stable-diffusion-webui/blob/master/modules/infotext_utils.py
 *
 * @returns null when the last line does not name the steps, as every such text does.
 */
export function parseAutomatic1111(text: string): ReadRecipe | null {
  // Some writers end the text as C ends a string.
  const lines = withoutTrailing(text, '\0').trimEnd().split('\n');
  const fields = parseFields(lines.pop() ?? '');
  if (!fields.has('Steps')) return null;
  const negativeAt = lines.findIndex((line) => line.trimStart().startsWith(negativePromptLabel));
  const positive = (negativeAt < 0 ? lines : lines.slice(0, negativeAt)).join('\n').trim();
  const negativePrompt =
    negativeAt < 0
      ? ''
      : lines.slice(negativeAt).join('\n').trimStart().slice(negativePromptLabel.length).trim();
  const [, width, height] = /^(\d{1,6})x(\d{1,6})$/.exec(fields.get('Size') ?? '') ?? [];
  const seed = asWholeNumber(fields.get('Seed'));
  const model = fields.get('Model');
  const rest = [...fields].filter(([name]) => !['Seed', 'Model', 'Size'].includes(name));
  return {
    source: 'automatic1111',
    prompt: positive,
    ...(negativePrompt !== '' && { negativePrompt }),
    ...(seed !== undefined && { seed }),
    ...(model && { model }),
    ...(Number(width) > 0 && Number(height) > 0 && { width: Number(width), height: Number(height) }),
    ...(rest.length > 0 && { rest: rest.map(([name, value]) => `${name}: ${value}`).join('\n') }),
  };
}

/**
 * Reads fields up to the first text that is none: a name, a colon, a value that may be quoted, and a comma. It only
 * moves forward. The search for a closing quotation mark may be in vain, but it ends at the next mark at the latest, and
 * every search begins at another one, so all of them together take linear time.
 */
function parseFields(line: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (let at = 0; at < line.length; ) {
    const nameStart = skip(line, at, isSpace);
    const nameEnd = isNameStart(line[nameStart]) ? skip(line, nameStart, isInName) : nameStart;
    if (nameEnd === nameStart || line[nameEnd] !== ':') break;
    const valueStart = skip(line, nameEnd + 1, isSpace);
    const end = endOfQuoted(line, valueStart) ?? endOfPlain(line, valueStart);
    fields.set(line.slice(nameStart, nameEnd).trim(), unquote(line.slice(valueStart, end).trim()));
    at = end + 1;
  }
  return fields;
}

const isSpace = (character: string) => character.trim() === '';
const isNameStart = (character: string | undefined) => character !== undefined && /^\w$/.test(character);
const isInName = (character: string) => /^[\w \-/]$/.test(character);

/** Returns the offset of the first character, from `from` on, that is not of this kind. */
function skip(line: string, from: number, isOfKind: (character: string) => boolean): number {
  let at = from;
  for (let character = line[at]; character !== undefined && isOfKind(character); character = line[at])
    at += 1;
  return at;
}

/** Returns the offset behind the closing quotation mark, or null unless a comma or the end of the line follows it. */
function endOfQuoted(line: string, start: number): number | null {
  if (line[start] !== '"') return null;
  let end = start + 1;
  while (end < line.length && line[end] !== '"') end += line[end] === '\\' ? 2 : 1;
  const isClosed = end < line.length && (end + 1 === line.length || line[end + 1] === ',');
  return isClosed ? end + 1 : null;
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
