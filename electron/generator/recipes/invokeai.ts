// Reads InvokeAI's metadata, in its current form and in those of its first versions.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import type { PictureTexts } from './picture-texts';
import { loraOf, recipeOf } from './recipe-of';
import { asList, asObject, asText, type JsonObject, linesOf, parseObject } from './safe-json';

export function readInvokeAi({ named }: Pick<PictureTexts, 'named'>): ReadRecipe | null {
  return (
    readable(parseInvokeAi(named.get('invokeai_metadata'))) ??
    readable(parseOldInvokeAi(named.get('sd-metadata'))) ??
    parseDream(named.get('Dream') ?? named.get('dream'))
  );
}

/** Returns null for a recipe without a prompt, because it must not hide a prompt in another form. */
function readable(recipe: ReadRecipe | null): ReadRecipe | null {
  return recipe && recipe.prompt.trim() !== '' ? recipe : null;
}

const known = [
  ...['positive_prompt', 'negative_prompt', 'seed', 'width', 'height', 'model', 'steps', 'scheduler'],
  ...['cfg_scale', 'guidance', 'strength', 'init_image'],
];

/**
 * `invokeai_metadata` of versions 3 to 6: JSON in a tEXt chunk:
 * https://invoke-ai.github.io/InvokeAI-7/development/architecture/media-metadata/ and `CoreMetadataInvocation` in
 * https://github.com/invoke-ai/InvokeAI/blob/main/invokeai/app/invocations/metadata.py
 */
export function parseInvokeAi(text: string | undefined): ReadRecipe | null {
  const json = parseObject(text);
  const prompt = asText(json?.['positive_prompt']);
  if (!json || prompt === undefined) return null;
  return recipeOf('invokeai', {
    prompt,
    negativePrompt: json['negative_prompt'],
    seed: json['seed'],
    steps: json['steps'],
    scheduler: json['scheduler'],
    // Flux models have their own guidance, with a CFG scale of 1.
    guidance: json['guidance'] ?? json['cfg_scale'],
    model: modelName(json['model']),
    modelHash: asObject(json['model'])?.['hash'],
    strength: json['strength'],
    parent: asText(json['init_image']) ?? asObject(json['init_image'])?.['image_name'],
    width: json['width'],
    height: json['height'],
    loras: asList(json['loras']).flatMap((entry) => {
      const lora = asObject(entry);
      const name = modelName(lora?.['model'] ?? lora?.['lora']);
      return name === undefined ? [] : [loraOf(name, lora?.['weight'])];
    }),
    rest: linesOf(json, known),
  });
}

/**
 * `sd-metadata`, up to version 2.3: the prompt is in `image`, as text or as parts with weights, and text in square
 * brackets is the negative prompt:
 * https://github.com/invoke-ai/InvokeAI/blob/v2.3.5/ldm/invoke/server_legacy.py and
 * https://github.com/invoke-ai/InvokeAI/blob/v2.3.5/docs/features/OTHER.md
 */
export function parseOldInvokeAi(text: string | undefined): ReadRecipe | null {
  const json = parseObject(text);
  const image = asObject(json?.['image']);
  const fullPrompt = image && oldPrompt(image['prompt']);
  if (!json || !image || fullPrompt === undefined || fullPrompt === null) return null;
  const { positive, negative } = splitAtBrackets(fullPrompt);
  const isFromPicture = image['type'] === 'img2img';
  return recipeOf('invokeai', {
    prompt: positive,
    negativePrompt: negative,
    seed: image['seed'],
    steps: image['steps'],
    sampler: image['sampler'],
    guidance: image['cfg_scale'],
    model: asText(json['model_weights']) ?? json['model'],
    modelHash: json['model_hash'],
    ...(isFromPicture && { strength: image['strength'], parent: image['init_image_path'] }),
    width: image['width'],
    height: image['height'],
    rest: linesOf(image, oldKnown),
  });
}

const oldKnown = [
  ...['prompt', 'seed', 'steps', 'sampler', 'cfg_scale', 'strength', 'init_image_path', 'width', 'height'],
];

/**
 * `Dream`: the command of versions 1 and 2, such as `"a red fox" -s 50 -S 123 -W 512 -H 512 -C 7.5 -A k_lms`:
 * https://github.com/invoke-ai/InvokeAI/blob/v2.3.5/docs/features/CLI.md
 */
export function parseDream(text: string | undefined): ReadRecipe | null {
  const end = text?.lastIndexOf('"') ?? -1;
  if (text === undefined || !text.startsWith('"') || end < 1) return null;
  const words = text
    .slice(end + 1)
    .split(/\s/)
    .filter(Boolean);
  const argument = (name: string) =>
    words.find((_, index) => words[index - 1] === name) ?? attached(words, name);
  const { positive, negative } = splitAtBrackets(text.slice(1, end));
  return recipeOf('invokeai', {
    prompt: positive,
    negativePrompt: negative,
    seed: argument('-S'),
    steps: argument('-s'),
    sampler: argument('-A'),
    guidance: argument('-C'),
    width: argument('-W'),
    height: argument('-H'),
    parent: argument('-I'),
    strength: argument('-f'),
  });
}

/** Returns the value of a switch without a space, such as "-S123". */
function attached(words: readonly string[], name: string): string | undefined {
  return words.find((word) => word.length > name.length && word.startsWith(name))?.slice(name.length);
}

/**
 * Splits a prompt into the text outside and inside of the innermost square brackets, in one pass. Unmatched
 * brackets stay.
 */
function splitAtBrackets(prompt: string): { positive: string; negative: string } {
  const positive: string[] = [];
  const negative: string[] = [];
  let kept = 0;
  let open = -1;
  for (let at = 0; at < prompt.length; at += 1) {
    if (prompt[at] === '[') open = at;
    if (prompt[at] !== ']' || open < 0) continue;
    positive.push(prompt.slice(kept, open));
    negative.push(prompt.slice(open + 1, at).trim());
    kept = at + 1;
    open = -1;
  }
  positive.push(prompt.slice(kept));
  const words = positive
    .join(' ')
    .split(' ')
    .filter((word) => word !== '');
  return { positive: words.join(' ').trim(), negative: negative.join(', ') };
}

/** The versions of InvokeAI use different fields for the model's name. */
function modelName(value: unknown): string | undefined {
  const model: JsonObject | null = asObject(value);
  return asText(value) ?? asText(model?.['name']) ?? asText(model?.['model_name']) ?? asText(model?.['key']);
}

function oldPrompt(value: unknown): string | undefined {
  if (!Array.isArray(value)) return asText(value);
  const parts = value.flatMap((part: unknown) => asText(asObject(part)?.['prompt']) ?? []);
  return parts.length > 0 ? parts.join(' ') : undefined;
}
