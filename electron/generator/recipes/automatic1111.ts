// The text that Automatic1111's web UI and its kin keep with a picture as `parameters`.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import { asWhole } from './safe-json';

const negative = 'Negative prompt: ';
/** A name, a colon, and a value that may be quoted. No part can match in two ways, so it takes linear time. */
const field = /\s*([\w][\w \-/]*):\s*("(?:\\.|[^\\"])*"|[^,]*)(?:,|$)/gy;

/**
 * The prompt, then "Negative prompt: …", both of any number of lines, then one line of "Name: value, …":
 * `create_infotext` and `parse_generation_parameters` in
 * https://github.com/AUTOMATIC1111/stable-diffusion-webui/blob/master/modules/infotext_utils.py
 *
 * @returns null where the last line does not have at least steps, which every picture of it has.
 */
export function readAutomatic1111(text: string): ReadRecipe | null {
  const lines = text.replace(/\0+$/, '').trimEnd().split('\n');
  const fields = fieldsOf(lines.pop() ?? '');
  if (!fields.has('Steps')) return null;
  const from = lines.findIndex((line) => line.trimStart().startsWith(negative.trimEnd()));
  const positive = (from < 0 ? lines : lines.slice(0, from)).join('\n').trim();
  const negativePrompt =
    from < 0 ? '' : lines.slice(from).join('\n').trimStart().slice(negative.trimEnd().length).trim();
  const [, width, height] = /^(\d{1,6})x(\d{1,6})$/.exec(fields.get('Size') ?? '') ?? [];
  const seed = asWhole(fields.get('Seed'));
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

function fieldsOf(line: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [, name, value] of line.matchAll(field)) {
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
