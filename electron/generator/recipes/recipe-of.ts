// Builds a recipe from untrusted values, leaving out invalid ones.
import { maxLoras, type ReadRecipe, type RecipeSource } from '../../../shared/domain/read-recipe';
import { asNumber, asSeed, asText, asWholeNumber } from './safe-json';

export type Lora = { name: string; weight?: number };

type FoundValues = {
  prompt: string;
  negativePrompt?: unknown;
  seed?: unknown;
  steps?: unknown;
  sampler?: unknown;
  scheduler?: unknown;
  guidance?: unknown;
  model?: unknown;
  modelHash?: unknown;
  strength?: unknown;
  parent?: unknown;
  width?: unknown;
  height?: unknown;
  loras?: readonly Lora[];
  createdAt?: number | undefined;
  rest?: string | undefined;
};

/** Longer than any real name. Names are shown on one line. */
const maxNameLength = 1000;

/**
 * Returns a recipe of a tool's metadata. Omits values of the wrong type or out of range, and truncates names and
 * texts that are too long.
 */
export function recipeOf(source: RecipeSource, found: FoundValues): ReadRecipe {
  const width = asWholeNumber(found.width);
  const height = asWholeNumber(found.height);
  const values = {
    negativePrompt: asText(found.negativePrompt)?.trim(),
    seed: asSeed(found.seed),
    steps: asWholeNumber(found.steps),
    sampler: nameOf(found.sampler),
    scheduler: nameOf(found.scheduler),
    guidance: asNumber(found.guidance),
    model: nameOf(found.model),
    modelHash: nameOf(found.modelHash),
    strength: asNumber(found.strength),
    parent: nameOf(found.parent),
    ...(width && height && { width, height }),
    createdAt: found.createdAt,
    rest: found.rest,
  };
  const known = Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  );
  const loras = (found.loras ?? []).filter(({ name }) => name.trim() !== '').slice(0, maxLoras);
  return {
    source,
    prompt: found.prompt,
    ...known,
    ...(loras.length > 0 && {
      loras: loras.map(({ name, weight }) => ({
        name: name.slice(0, maxNameLength),
        ...(weight !== undefined && { weight }),
      })),
    }),
  };
}

function nameOf(value: unknown): string | undefined {
  return asText(value)?.trim().slice(0, maxNameLength);
}

/** @param weight of any type; ignored if it is not a number. */
export function loraOf(name: string, weight: unknown): Lora {
  const number = asNumber(weight);
  return { name, ...(number !== undefined && { weight: number }) };
}

/** Reads "512x768", "(512, 768)" and similar texts. */
export function sizeIn(text: unknown): { width?: number; height?: number } {
  const [, width, height] =
    /^\D{0,2}(\d{1,6})\D{1,3}(\d{1,6})\D{0,2}$/.exec(asText(text)?.trim() ?? '') ?? [];
  return width && height ? { width: Number(width), height: Number(height) } : {};
}
