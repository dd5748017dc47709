// Reads the text that Automatic1111's web UI and compatible tools store with a picture as `parameters`.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import type { PictureTexts } from './picture-texts';
import { asWholeNumber } from './safe-json';

const negativePromptLabel = 'Negative prompt:';
/** A name, a colon, and a value that may be quoted. No part can match in two ways, so matching takes linear time. */
const fieldPattern = /\s*([\w][\w \-/]*):\s*("(?:\\.|[^\\"])*"|[^,]*)(?:,|$)/gy;

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
  const lines = text.replace(/\0+$/, '').trimEnd().split('\n');
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

function parseFields(line: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [, name, value] of line.matchAll(fieldPattern)) {
    if (name !== undefined && value !== undefined) fields.set(name.trim(), unquote(value.trim()));
  }
  return fields;
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
