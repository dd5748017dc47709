// The options of a picture besides its shape, number and seed, and which of them a model supports.
import type { z } from 'zod';
import { listedModel } from './listed-models';
import { resolutionsOf } from './model-lookup';
import { pictureParamsSchema } from './models';
import { serviceOf } from './service-directory';
import type { ServiceKind } from './service-kinds';
import type { ServiceId } from './services';
import type { Settings } from './settings';

export const pictureOptionsSchema = pictureParamsSchema.pick({
  resolution: true,
  quality: true,
  thinking: true,
  background: true,
  negativePrompt: true,
  steps: true,
  guidance: true,
  sampler: true,
  scheduler: true,
  strength: true,
});
/** An absent option comes from the settings, then from the model. */
export type PictureOptions = z.infer<typeof pictureOptionsSchema>;
export type PictureOption = keyof PictureOptions;

/** In the order in which they are shown. */
const pictureOptionNames = [
  'resolution',
  'quality',
  'thinking',
  'background',
  'negativePrompt',
  'steps',
  'guidance',
  'sampler',
  'scheduler',
  'strength',
] as const satisfies readonly PictureOption[];

const engineOptions: readonly PictureOption[] = [
  'negativePrompt',
  'steps',
  'guidance',
  'sampler',
  'scheduler',
  'strength',
];

/** The options that each kind's wire profile sends, as tests/services/options.test.ts checks. Other kinds send none. */
const optionsOfKind: Partial<Record<ServiceKind, (model: string) => readonly PictureOption[]>> = {
  automatic1111: () => engineOptions,
  comfyui: () => engineOptions,
  'sd-server': () => ['negativePrompt', 'steps', 'guidance', 'sampler'],
  together: () => ['negativePrompt', 'steps'],
  alibaba: () => ['negativePrompt'],
  fal: optionsWithoutFlux,
  ideogram: () => ['quality', 'negativePrompt'],
  siliconflow: () => ['negativePrompt'],
  fireworks: optionsWithoutFlux,
  replicate: optionsWithoutFlux,
  google: optionsOfGemini,
  vertex: optionsOfGemini,
  openai: optionsOfGptImage,
  'openai-compatible': optionsOfGptImage,
  azure: optionsOfGptImage,
};

/** FLUX does not support a negative prompt. */
function optionsWithoutFlux(model: string): readonly PictureOption[] {
  return /flux/.test(model) ? [] : ['negativePrompt'];
}

/** The models before 2.1 have no levels: https://ai.google.dev/gemini-api/docs/image-generation#thinking */
function optionsOfGemini(model: string): readonly PictureOption[] {
  return /nano-banana/.test(model) ? ['thinking'] : [];
}

/** https://platform.openai.com/docs/api-reference/images/create */
function optionsOfGptImage(model: string): readonly PictureOption[] {
  return /^(gpt-image|chatgpt-image)/.test(model) ? ['quality', 'background'] : [];
}

/** Returns the options from the settings. Those of diffusion models are for the Stable Diffusion web UI. */
export function optionsOfSettings(
  service: ServiceId,
  { resolution, diffusion }: Pick<Settings, 'resolution' | 'diffusion'>,
): PictureOptions {
  return { resolution, ...(serviceOf(service).kind === 'automatic1111' && diffusion) };
}

/** Returns the options that a model supports. The resolution is one of them if the model has several. */
export function optionsOf(service: ServiceId, model: string): readonly PictureOption[] {
  const listed = listedModel(service, model)?.options;
  const taken = listed
    ? pictureOptionNames.filter((name) => listed.includes(name))
    : (optionsOfKind[serviceOf(service).kind]?.(model) ?? []);
  return resolutionsOf(service, model).length > 1 ? ['resolution', ...taken] : taken;
}

/** Removes options that a model does not support, empty texts, and a resolution that it does not have. */
export function supportedOptions(service: ServiceId, model: string, options: PictureOptions): PictureOptions {
  const taken = new Set(optionsOf(service, model));
  const { resolution } = options;
  if (resolution !== undefined && !resolutionsOf(service, model).includes(resolution)) {
    taken.delete('resolution');
  }
  const kept = pictureOptionNames.filter((name) => taken.has(name) && isSet(options[name]));
  return pick(options, kept);
}

/** Returns the names of set options that a model does not support. */
export function unsupportedOptions(
  service: ServiceId,
  model: string,
  options: PictureOptions,
): readonly PictureOption[] {
  const taken = supportedOptions(service, model, options);
  return pictureOptionNames.filter((name) => isSet(options[name]) && taken[name] === undefined);
}

/** Returns the names of set options, including the seed, that a model does not support. */
export function unsupportedSettings(
  service: ServiceId,
  model: string,
  { options, isSeedSet }: { options: PictureOptions; isSeedSet: boolean },
): readonly (PictureOption | 'seed')[] {
  const isSeedLeft = isSeedSet && !serviceOf(service).takesSeed;
  return [...unsupportedOptions(service, model, options), ...(isSeedLeft ? (['seed'] as const) : [])];
}

/** A picture, the model that has made it, and the options that it has recorded. */
export type MadeWithOptions = { service: ServiceId; model: string; options: PictureOptions };

/**
 * Returns the options of pictures that several models have made for one message: each picture has recorded only those that
 * its model takes. An option that one of them takes and has not got was not chosen for all, but set for another service.
 */
export function optionsOfAll(made: readonly MadeWithOptions[]): PictureOptions {
  const pictures = made.map(({ service, model, options }) => ({ options, taken: optionsOf(service, model) }));
  // The first picture goes before the others.
  const all = pictures.toReversed().flatMap(({ options }) => Object.entries(options));
  const known = pictureOptionsSchema.parse(Object.fromEntries(all));
  const isOfAll = (name: PictureOption) =>
    // An absent resolution is 1K, the most that a model may have.
    name === 'resolution' ||
    pictures.every(({ options, taken }) => options[name] !== undefined || !taken.includes(name));
  return pick(
    known,
    pictureOptionNames.filter((name) => known[name] !== undefined && isOfAll(name)),
  );
}

function isSet(value: PictureOptions[PictureOption]): boolean {
  return value !== undefined && value !== '';
}

function pick(options: PictureOptions, names: readonly PictureOption[]): PictureOptions {
  return pictureOptionsSchema.parse(Object.fromEntries(names.map((name) => [name, options[name]])));
}
