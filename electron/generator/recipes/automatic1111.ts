// Reads the text that Automatic1111's web UI and compatible tools store with a picture as `parameters`.
import type { ReadRecipe, RecipeSource } from '../../../shared/domain/read-recipe';
import { withoutTrailing } from '../../../shared/domain/without-trailing';
import { parseFields } from './named-fields';
import type { PictureTexts } from './picture-texts';
import { type Lora, loraOf, recipeOf, sizeIn } from './recipe-of';

const negativePromptLabel = 'Negative prompt:';

/**
 * In a PNG the text is a text chunk, in a JPEG or WebP it is the EXIF UserComment; some forks write
 * ImageDescription.
 */
export function readAutomatic1111({
  named,
  comment,
  exif,
}: Pick<PictureTexts, 'named' | 'comment' | 'exif'>): ReadRecipe | null {
  return parseAutomatic1111(named.get('parameters') ?? comment ?? exif.description ?? '');
}

/**
 * The prompt, then "Negative prompt: …", both of any number of lines, then one line of "Name: value, …":
 * `create_infotext` and `parse_generation_parameters` in
 * https://github.com/AUTOMATIC1111/stable-diffusion-webui/blob/master/modules/infotext_utils.py
 * The extension Dynamic Prompts adds lines with its templates behind that line:
 * https://github.com/adieyal/sd-dynamic-prompts/blob/main/sd_dynamic_prompts/helpers.py
 * SD.Next: https://github.com/vladmandic/automatic/blob/master/modules/processing_info.py
 * Forge: https://github.com/lllyasviel/stable-diffusion-webui-forge/blob/main/modules/processing.py
 * Fooocus writes this form too if so set: `A1111MetadataParser` in
 * https://github.com/lllyasviel/Fooocus/blob/main/modules/meta_parser.py
 *
 * @returns null when no line has the fields that every such text has.
 */
export function parseAutomatic1111(text: string): ReadRecipe | null {
  // Some writers end the text with a null character.
  const lines = withoutTrailing(text, '\0').trimEnd().split('\n');
  const found = findFields(lines);
  if (!found) return null;
  const { fields } = found;
  const before = lines.slice(0, found.at);
  const behind = lines.slice(found.at + 1).join('\n');
  const negativeAt = before.findIndex((line) => line.trimStart().startsWith(negativePromptLabel));
  const positive = (negativeAt < 0 ? before : before.slice(0, negativeAt)).join('\n').trim();
  const negative =
    negativeAt < 0
      ? undefined
      : before.slice(negativeAt).join('\n').trimStart().slice(negativePromptLabel.length);
  const rest = [...fields].filter(([name]) => !knownFields.has(name));
  const others = [
    ...rest.map(([name, value]) => `${name}: ${value}`),
    ...(behind.trim() ? [behind.trim()] : []),
  ];
  return recipeOf(toolOf(fields), {
    prompt: fields.get('Raw prompt') ?? positive,
    negativePrompt: fields.get('Raw negative prompt') ?? negative,
    seed: fields.get('Seed'),
    steps: fields.get('Steps'),
    sampler: fields.get('Sampler'),
    scheduler: fields.get('Schedule type') ?? fields.get('Scheduler'),
    guidance: guidanceOf(fields),
    model: fields.get('Model'),
    modelHash: fields.get('Model hash'),
    strength: fields.get('Denoising strength'),
    parent: fields.get('Init image hash'),
    ...sizeIn(fields.get('Size')),
    loras: lorasIn(positive, fields),
    ...(others.length > 0 && { rest: others.join('\n') }),
  });
}

/** Fields with a property of their own. The others are kept as lines. */
const knownFields = new Set([
  'Seed',
  'Steps',
  'Sampler',
  'Schedule type',
  'Scheduler',
  'CFG scale',
  'Model',
  'Model hash',
  'Denoising strength',
  'Init image hash',
  'Size',
  'Raw prompt',
  'Raw negative prompt',
]);

/** Returns the last line that has the fields of a recipe, because a prompt may contain an older recipe. */
function findFields(lines: readonly string[]): { at: number; fields: Map<string, string> } | null {
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const fields = parseFields(lines[at] ?? '');
    const isOne =
      fields.has('Steps') || (fields.has('Seed') && (fields.has('Sampler') || fields.has('Size')));
    if (isOne) return { at, fields };
  }
  return null;
}

/** Forge stores the guidance of Flux models separately, with a CFG scale of 1 that has no effect. */
function guidanceOf(fields: ReadonlyMap<string, string>): string | undefined {
  const distilled = fields.get('Distilled CFG Scale');
  const scale = fields.get('CFG scale');
  return distilled !== undefined && (scale === undefined || Number(scale) === 1) ? distilled : scale;
}

function toolOf(fields: ReadonlyMap<string, string>): RecipeSource {
  const version = fields.get('Version') ?? '';
  if (fields.get('App') === 'SD.Next' || fields.has('Backend')) return 'sdnext';
  if (version.startsWith('Fooocus')) return 'fooocus';
  // Forge puts its own version before that of Automatic1111: "f2.0.1v1.10.1-previous-313-g8a042934".
  return /^(?:f\d|neo\b|forge\b|reforge\b)/i.test(version) ? 'forge' : 'automatic1111';
}

/** Maximum length of "<lora:name:weight>". */
const maxTagLength = 300;

/** Reads "<lora:name:weight>" in the prompt, or the fields of tools that keep LoRAs out of the prompt. */
function lorasIn(prompt: string, fields: ReadonlyMap<string, string>): Lora[] {
  const loras: Lora[] = [];
  for (let at = prompt.indexOf('<lora:'); at >= 0; at = prompt.indexOf('<lora:', at + 1)) {
    const [, name, weight] =
      /^<lora:([^:<>]+)(?::([^:<>]*))?/.exec(prompt.slice(at, at + maxTagLength)) ?? [];
    if (name) loras.push(loraOf(name, weight));
  }
  if (loras.length > 0) return loras;
  // "name: weight, …" and "name: hash: weight, …"
  const listed = fields.get('Lora weights') ?? fields.get('Lora hashes') ?? '';
  return listed.split(', ').flatMap((entry) => {
    const [name, ...values] = entry.split(': ');
    const isWeight = fields.has('Lora weights') || values.length > 1;
    return name && values.length > 0 ? [loraOf(name, isWeight ? values.at(-1) : undefined)] : [];
  });
}
