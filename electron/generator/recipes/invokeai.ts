// Reads InvokeAI's metadata, in its current form and in that of its first versions.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import type { PictureTexts } from './picture-texts';
import { asObject, asText, asWholeNumber, type JsonObject, linesOf, parseObject } from './safe-json';

export function readInvokeAi({ named }: Pick<PictureTexts, 'named'>): ReadRecipe | null {
  return (
    readable(parseInvokeAi(named.get('invokeai_metadata'))) ?? parseOldInvokeAi(named.get('sd-metadata'))
  );
}

/** A recipe without a prompt must not hide one in the other form. */
function readable(recipe: ReadRecipe | null): ReadRecipe | null {
  return recipe && recipe.prompt.trim() !== '' ? recipe : null;
}

/**
 * `invokeai_metadata`: JSON in a tEXt chunk:
 * https://invoke-ai.github.io/InvokeAI-7/development/architecture/media-metadata/
 */
export function parseInvokeAi(text: string | undefined): ReadRecipe | null {
  const json = parseObject(text);
  const prompt = asText(json?.['positive_prompt']);
  if (!json || prompt === undefined) return null;
  const negative = asText(json['negative_prompt']);
  const model = modelName(json['model']);
  const known = ['positive_prompt', 'negative_prompt', 'seed', 'width', 'height', 'model'];
  return recipe(prompt, negative, model, json, linesOf(json, known));
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
  const model = asText(json['model_weights']) ?? asText(json['model']);
  const rest = linesOf(image, ['prompt', 'seed', 'width', 'height']);
  return recipe(positive, negative, model, image, rest);
}

/** Takes the text in the innermost square brackets out of a prompt, in one pass. Brackets without a partner stay. */
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

function recipe(
  prompt: string,
  negativePrompt: string | undefined,
  model: string | undefined,
  fields: JsonObject,
  rest: string | undefined,
): ReadRecipe {
  const seed = asWholeNumber(fields['seed']);
  const width = asWholeNumber(fields['width']);
  const height = asWholeNumber(fields['height']);
  return {
    source: 'invokeai',
    prompt,
    ...(negativePrompt && { negativePrompt }),
    ...(seed !== undefined && { seed }),
    ...(model && { model }),
    ...(width && height && { width, height }),
    ...(rest && { rest }),
  };
}

/** Versions of InvokeAI differ in the field that holds the model's name. */
function modelName(value: unknown): string | undefined {
  const model = asObject(value);
  return asText(value) ?? asText(model?.['name']) ?? asText(model?.['model_name']) ?? asText(model?.['key']);
}

function oldPrompt(value: unknown): string | undefined {
  if (!Array.isArray(value)) return asText(value);
  const parts = value.flatMap((part: unknown) => asText(asObject(part)?.['prompt']) ?? []);
  return parts.length > 0 ? parts.join(' ') : undefined;
}
