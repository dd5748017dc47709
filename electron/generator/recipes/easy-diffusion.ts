// Reads the metadata of Easy Diffusion: a text chunk for each value in a PNG, JSON as UserComment in a JPEG or
// WebP.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import type { PictureTexts } from './picture-texts';
import { loraOf, recipeOf } from './recipe-of';
import { asList, asText, type JsonObject, linesOf, parseObject, separated } from './safe-json';

export function readEasyDiffusion({
  named,
  comment,
}: Pick<PictureTexts, 'named' | 'comment'>): ReadRecipe | null {
  return (
    parseEasyDiffusion(Object.fromEntries(named)) ?? parseEasyDiffusion(parseObject(comment ?? undefined))
  );
}

/** The names of values, and their labels, which some versions write into pictures instead. */
const names = {
  prompt: ['prompt', 'Prompt'],
  negativePrompt: ['negative_prompt', 'Negative Prompt'],
  seed: ['seed', 'Seed'],
  steps: ['num_inference_steps', 'Steps'],
  sampler: ['sampler_name', 'Sampler'],
  scheduler: ['scheduler_name', 'Scheduler'],
  guidance: ['guidance_scale', 'Guidance Scale'],
  model: ['use_stable_diffusion_model', 'Stable Diffusion model'],
  strength: ['prompt_strength', 'Prompt Strength'],
  width: ['width', 'Width'],
  height: ['height', 'Height'],
} as const;
const loraNames = ['use_lora_model', 'LoRA model', 'lora_alpha', 'LoRA Strength'];

/** `TASK_TEXT_MAPPING` in https://github.com/easydiffusion/easydiffusion/blob/main/ui/easydiffusion/utils/save_utils.py */
export function parseEasyDiffusion(json: JsonObject | null): ReadRecipe | null {
  if (!json) return null;
  const read = (candidates: readonly string[]) =>
    candidates.map((name) => json[name]).find((value) => value !== undefined && value !== 'None');
  const prompt = asText(read(names.prompt));
  const isOne = read(names.model) !== undefined && read(names.steps) !== undefined;
  if (prompt === undefined || !isOne) return null;
  const values = Object.fromEntries(
    Object.entries(names).map(([name, candidates]) => [name, read(candidates)]),
  );
  const models = listOf(read(['use_lora_model', 'LoRA model']));
  const weights = listOf(read(['lora_alpha', 'LoRA Strength']));
  return recipeOf('easydiffusion', {
    ...values,
    prompt,
    loras: models.flatMap((name, index) => {
      const text = asText(name);
      return text ? [loraOf(text, weights[index])] : [];
    }),
    rest: linesOf(json, [...Object.values(names).flat(), ...loraNames]),
  });
}

/** Several values are a list, the text "['a', 'b']", or "a, b". */
function listOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'string')
    return value === undefined ? [] : Array.isArray(value) ? asList(value) : [value];
  const inner = value.startsWith('[') && value.endsWith(']') ? value.slice(1, -1) : value;
  return separated(inner).map((part) => part.replace(/^['"]|['"]$/g, ''));
}
