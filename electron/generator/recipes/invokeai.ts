// InvokeAI's record of how a picture was made, today's and that of its first versions.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import { asObject, asText, asWhole, type JsonObject, linesOf, parseObject } from './safe-json';

/**
 * `invokeai_metadata`: JSON in a tEXt chunk:
 * https://invoke-ai.github.io/InvokeAI-7/development/architecture/media-metadata/
 */
export function readInvokeAi(text: string | undefined): ReadRecipe | null {
  const json = parseObject(text);
  const prompt = asText(json?.['positive_prompt']);
  if (!json || prompt === undefined) return null;
  const negative = asText(json['negative_prompt']);
  const model = modelName(json['model']);
  const known = ['positive_prompt', 'negative_prompt', 'seed', 'width', 'height', 'model'];
  return recipe(prompt, negative, model, json, linesOf(json, known));
}

/**
 * `sd-metadata`, up to version 2.3: the prompt is in `image`, as text or as parts with weights, and words in square
 * brackets are what is not wanted:
 * https://github.com/invoke-ai/InvokeAI/blob/v2.3.5/ldm/invoke/server_legacy.py and
 * https://github.com/invoke-ai/InvokeAI/blob/v2.3.5/docs/features/OTHER.md
 */
export function readOldInvokeAi(text: string | undefined): ReadRecipe | null {
  const json = parseObject(text);
  const image = asObject(json?.['image']);
  const whole = image && oldPrompt(image['prompt']);
  if (!json || !image || whole === undefined || whole === null) return null;
  const unwanted = [...whole.matchAll(/\[([^[\]]*)\]/g)].map(([, words]) => words?.trim() ?? '');
  const prompt = whole
    .replace(/\[[^[\]]*\]/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  const model = asText(json['model_weights']) ?? asText(json['model']);
  const rest = linesOf(image, ['prompt', 'seed', 'width', 'height']);
  return recipe(prompt, unwanted.join(', '), model, image, rest);
}

function recipe(
  prompt: string,
  negativePrompt: string | undefined,
  model: string | undefined,
  fields: JsonObject,
  rest: string | undefined,
): ReadRecipe {
  const seed = asWhole(fields['seed']);
  const width = asWhole(fields['width']);
  const height = asWhole(fields['height']);
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

/** Its name has had three fields over the years. */
function modelName(value: unknown): string | undefined {
  const model = asObject(value);
  return asText(value) ?? asText(model?.['name']) ?? asText(model?.['model_name']) ?? asText(model?.['key']);
}

function oldPrompt(value: unknown): string | undefined {
  if (!Array.isArray(value)) return asText(value);
  const parts = value.flatMap((part: unknown) => asText(asObject(part)?.['prompt']) ?? []);
  return parts.length > 0 ? parts.join(' ') : undefined;
}
