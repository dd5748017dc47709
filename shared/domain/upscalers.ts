// Upscalers: models that enlarge a picture by a factor, as their services document them.
// Not shown: labels are names of products, the same in every language.
import { type Sentence, sentence } from '../languages/sentence';
import { maxEditPixels, maxEditSide, type Upscale } from './edits';
import { listedModel, listedModels } from './listed-models';
import { serviceOf } from './service-directory';
import type { ServiceKind } from './service-kinds';
import type { ServiceId } from './services';

export type Upscaler = {
  model: string;
  label: string;
  /** The name of the parameter with the factor. */
  factorField: string;
  /** Micro-dollars per megapixel of the result; null if the service charges for time, which is not known in advance. */
  perMegapixel: number | null;
};

/** In the order in which they are offered. */
const documented: Partial<Record<ServiceKind, readonly Upscaler[]>> = {
  fal: [
    // https://fal.ai/models/fal-ai/seedvr/upscale/image/llms.txt
    {
      ...{ model: 'fal-ai/seedvr/upscale/image', label: 'SeedVR2' },
      ...{ factorField: 'upscale_factor', perMegapixel: 1000 },
    },
    // https://fal.ai/models/fal-ai/clarity-upscaler/llms.txt
    {
      ...{ model: 'fal-ai/clarity-upscaler', label: 'Clarity Upscaler' },
      ...{ factorField: 'upscale_factor', perMegapixel: 30_000 },
    },
    // https://fal.ai/models/fal-ai/esrgan/llms.txt
    { model: 'fal-ai/esrgan', label: 'ESRGAN', factorField: 'scale', perMegapixel: null },
  ],
  replicate: [
    // https://replicate.com/nightmareai/real-esrgan: it has no official version, so one of its versions is named.
    {
      model: 'nightmareai/real-esrgan:42fed1c4974146d4d2414e2be2c5277c7fcf05fcc3a73abf41610695738c1d7b',
      label: 'Real-ESRGAN',
      factorField: 'scale',
      perMegapixel: null,
    },
  ],
};

/** Prefix of the ids of a Stable Diffusion web UI's upscalers, which distinguishes them from checkpoints. */
const webUiPrefix = 'upscaler:';

/** Returns the model id of a web UI's upscaler. @param name the web UI's own name. */
export function webUiUpscalerId(name: string): string {
  return `${webUiPrefix}${name}`;
}

/** Returns the web UI's own name of an upscaler; null for a checkpoint. */
export function webUiUpscalerName(model: string): string | null {
  return model.startsWith(webUiPrefix) ? model.slice(webUiPrefix.length) : null;
}

/** Returns the upscaler with this id; undefined if the service does not have it. A web UI may have any. */
export function upscalerOf(service: ServiceId, model: string): Upscaler | undefined {
  const { kind } = serviceOf(service);
  if (kind !== 'automatic1111') return documented[kind]?.find((upscaler) => upscaler.model === model);
  const label = webUiUpscalerName(model);
  return label === null ? undefined : { model, label, factorField: 'upscaling_resize', perMegapixel: null };
}

/** Returns the upscalers of a service. Those of a web UI are known only after its list was read. */
export function upscalersOf(service: ServiceId): readonly Upscaler[] {
  const { kind } = serviceOf(service);
  if (kind !== 'automatic1111') return documented[kind] ?? [];
  return listedModels(service).flatMap(({ id }) => upscalerOf(service, id) ?? []);
}

/** Returns the name of an upscaler, whichever service has it; undefined if this is another model. */
export function upscalerLabel(model: string): string | undefined {
  const known = Object.values(documented)
    .flat()
    .find((upscaler) => upscaler.model === model);
  return known?.label ?? webUiUpscalerName(model) ?? undefined;
}

/** Returns the size of the enlarged picture, in pixels. */
export function upscaledSize({ width, height, factor }: Upscale): { width: number; height: number } {
  return { width: width * factor, height: height * factor };
}

/** Returns whether the enlarged picture would be too large to open. */
export function isUpscaleTooLarge(upscale: Upscale): boolean {
  const { width, height } = upscaledSize(upscale);
  return Math.max(width, height) > maxEditSide || width * height > maxEditPixels;
}

/** Services round sides to multiples of some pixels. */
const maxSideDifference = 0.02;

/** Returns a note for the user if a service returned a picture of another size; otherwise null. */
export function otherUpscaleSize(upscale: Upscale, got: { width: number; height: number }): Sentence | null {
  const wanted = upscaledSize(upscale);
  const isOther = (side: 'width' | 'height') => Math.abs(got[side] / wanted[side] - 1) > maxSideDifference;
  if (!isOther('width') && !isOther('height')) return null;
  const { width, height } = got;
  return sentence('services.upscaled_otherwise', {
    ...{ width, height, wantedWidth: wanted.width, wantedHeight: wanted.height },
  });
}

/**
 * Returns the cost of enlarging in micro-dollars; null if unknown. A price per megapixel in the service's own list, which
 * then has one for each resolution, takes precedence over the documented one.
 */
export function priceOfUpscale(service: ServiceId, model: string, upscale: Upscale): number | null {
  if (serviceOf(service).free) return 0;
  const listed = listedModel(service, model)?.prices;
  if (listed?.['1K'] !== undefined && listed['4K'] === undefined) return listed['1K'];
  const rate = listed?.['1K'] ?? upscalerOf(service, model)?.perMegapixel ?? null;
  if (rate === null) return null;
  const { width, height } = upscaledSize(upscale);
  return Math.ceil((rate * width * height) / 1_000_000);
}
