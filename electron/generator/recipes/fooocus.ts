// Reads the metadata of Fooocus and its descendants: JSON as `parameters` or `Comment`, or in EXIF.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import type { PictureTexts } from './picture-texts';
import { type Lora, loraOf, recipeOf, sizeIn } from './recipe-of';
import { asList, asText, type JsonObject, linesOf, parseObject } from './safe-json';

export function readFooocus({
  named,
  comment,
  exif,
}: Pick<PictureTexts, 'named' | 'comment' | 'exif'>): ReadRecipe | null {
  for (const text of [
    named.get('parameters'),
    named.get('Comment'),
    comment ?? undefined,
    exif.description,
  ]) {
    const recipe = parseFooocus(text);
    if (recipe) return recipe;
  }
  return null;
}

/**
 * The scheme `fooocus` uses the program's names; older versions and some forks use those of its log ("Guidance
 * Scale"): `FooocusMetadataParser` and `load_parameter_button_click` in
 * https://github.com/lllyasviel/Fooocus/blob/main/modules/meta_parser.py. The scheme `a1111` is read like
 * Automatic1111's. RuinedFooocus: https://github.com/runew0lf/RuinedFooocus/blob/main/modules/imagesaver.py
 */
export function parseFooocus(text: string | undefined): ReadRecipe | null {
  const json = parseObject(text);
  if (!json) return null;
  const read = (...names: string[]) => names.map((name) => json[name]).find((value) => value !== undefined);
  const isOne =
    /fooocus/i.test(`${asText(read('version', 'Version', 'software'))} ${asText(read('metadata_scheme'))}`) ||
    (read('base_model', 'Base Model') !== undefined && read('performance', 'Performance') !== undefined);
  const prompt = asText(read('prompt', 'Prompt', 'raw_prompt'));
  if (!isOne || prompt === undefined) return null;
  return recipeOf('fooocus', {
    prompt,
    negativePrompt: read('negative_prompt', 'Negative Prompt', 'Negative'),
    seed: read('seed', 'Seed'),
    steps: read('steps', 'Steps'),
    sampler: read('sampler', 'Sampler', 'sampler_name'),
    scheduler: read('scheduler', 'Scheduler'),
    guidance: read('guidance_scale', 'Guidance Scale', 'cfg'),
    model: read('base_model', 'Base Model', 'base_model_name'),
    modelHash: read('base_model_hash', 'Base Model Hash'),
    ...(json['width'] === undefined
      ? sizeIn(read('resolution', 'Resolution'))
      : { width: json['width'], height: json['height'] }),
    loras: lorasIn(json),
    rest: linesOf(json, known),
  });
}

const known = [
  ...['prompt', 'Prompt', 'raw_prompt', 'negative_prompt', 'Negative Prompt', 'Negative', 'seed', 'Seed'],
  ...['steps', 'Steps', 'sampler', 'Sampler', 'sampler_name', 'scheduler', 'Scheduler', 'guidance_scale'],
  ...[
    'Guidance Scale',
    'cfg',
    'base_model',
    'Base Model',
    'base_model_name',
    'base_model_hash',
    'Base Model Hash',
  ],
  ...['resolution', 'Resolution', 'width', 'height'],
];

/** `loras`: [[name, weight, hash], …]; or "LoRA 1": "name : weight", which the new scheme names lora_combined_1. */
function lorasIn(json: JsonObject): Lora[] {
  const listed = asList(json['loras']).flatMap((entry) => {
    const [name, weight] = asList(entry);
    const text = asText(name);
    return text === undefined ? [] : [loraOf(text, weight)];
  });
  if (listed.length > 0) return listed;
  return Object.entries(json).flatMap(([key, value]) => {
    const parts = /^(?:lora_combined_\d|LoRA \d)/.test(key) ? asText(value)?.split(' : ') : undefined;
    const [name, weight] = parts?.slice(-2) ?? [];
    return name && name !== 'None' ? [loraOf(name, weight)] : [];
  });
}
