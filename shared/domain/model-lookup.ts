// Looks up what is known about a model: its resolutions, aspect ratios and prices.
import { t } from '../languages/translate';
import { changeHereModel } from './edits';
import { listedAnywhere, listedModel, listedModels } from './listed-models';
import { models } from './model-catalogue';
import {
  type AspectRatio,
  aspectRatios,
  commonAspectRatios,
  firstPictureModel,
  type Model,
  type ModelLife,
  type PictureParams,
  type PictureResolution,
  pictureResolutions,
  pictureSizes,
} from './models';
import { serviceOf } from './service-directory';
import { currentModel, type ServiceKind, serviceKinds } from './service-kinds';
import type { ServiceId } from './services';
import { priceOfUpscale, upscalerLabel } from './upscalers';
import { workflowOfModel } from './workflows';

/** Returns the model with this id; undefined if this version does not know it. */
export function findModel(id: string): Model | undefined {
  return models.find((model) => model.id === id);
}

/**
 * Returns the name of a model, which is the same wherever users see it: from the catalogue, from the list of its service,
 * from the workflow or upscaler, or else its id.
 *
 * @param service the service of the model, if known. Otherwise the name may come from any service's list.
 */
export function labelOfModel(id: string, service?: ServiceId): string {
  if (id === changeHereModel) return t('picture.changed_here');
  const known = (service === undefined ? undefined : findModelOf(service, id)) ?? catalogued(id);
  const listed = service === undefined ? listedAnywhere(id) : listedModel(service, id);
  const given = listed !== undefined && listed.label !== id ? listed.label : undefined;
  const named = known?.label ?? upscalerLabel(id) ?? given ?? workflowOfModel(id);
  return named ?? findModel(id)?.label ?? id;
}

/**
 * Returns the model of the catalogue that an id means at any service. Services that resell models of several makers add the
 * maker to the id: "google/gemini-3-pro-image". `currentModel` is excluded, because it is a different model at each engine.
 */
function catalogued(id: string): Model | undefined {
  const own = id.slice(id.lastIndexOf('/') + 1);
  return own === currentModel ? undefined : (findModel(id) ?? findModel(own));
}

/** Kinds of services whose models have other sizes, or a lower maximum, according to their wire profiles. */
const resolutionsOfKind: Partial<Record<ServiceKind, (model: string) => readonly PictureResolution[]>> = {
  alibaba: () => ['1K'],
  'black-forest-labs': (model) =>
    /flux-3/.test(model) ? pictureResolutions : /flux-2/.test(model) ? ['1K', '2K'] : ['1K'],
  fireworks: () => ['1K'],
  ideogram: () => ['1K'],
  replicate: () => ['1K'],
  siliconflow: () => ['1K'],
  together: () => ['1K'],
  volcengine: ofSeedream,
  xai: () => ['1K', '2K'],
};

/** From 4.5 on, a picture has at least 3.7 megapixels: https://docs.byteplus.com/en/docs/ModelArk/1541523 */
function ofSeedream(model: string): readonly PictureResolution[] {
  if (/seedream-3|seededit/.test(model)) return ['1K', '2K'];
  return /seedream-4-0/.test(model) ? pictureResolutions : ['2K', '4K'];
}

/** Returns the resolutions of a model. For an unknown model, returns all and leaves the check to its provider. */
export function resolutionsOf(service: ServiceId, modelId: string): readonly PictureResolution[] {
  const listed = listedModel(service, modelId)?.resolutions;
  if (listed) return pictureResolutions.filter((resolution) => listed.includes(resolution));
  const { kind, local } = serviceOf(service);
  const model = findModelOf(service, modelId) ?? findModel(modelId);
  if (!model) return resolutionsOfKind[kind]?.(modelId) ?? (local ? ['1K'] : pictureResolutions);
  return pictureResolutions.filter((resolution) => model.prices[resolution] !== undefined);
}

/** Returns the aspect ratios of a model: from its service's list, else from the catalogue, else the common ones. */
export function aspectRatiosOf(service: ServiceId, modelId: string): readonly AspectRatio[] {
  const listed = listedModel(service, modelId)?.aspectRatios;
  if (listed) return aspectRatios.filter((ratio) => listed.includes(ratio));
  return (findModelOf(service, modelId) ?? findModel(modelId))?.aspectRatios ?? commonAspectRatios;
}

/** Returns the wanted aspect ratio if the model supports it, otherwise the nearest that it supports. */
export function nearestRatio(service: ServiceId, modelId: string, wanted: AspectRatio): AspectRatio {
  const width = (ratio: AspectRatio) => Math.log(pictureSizes[ratio].width / pictureSizes[ratio].height);
  const distance = (ratio: AspectRatio) => Math.abs(width(ratio) - width(wanted));
  return aspectRatiosOf(service, modelId).reduce((best, ratio) =>
    distance(ratio) < distance(best) ? ratio : best,
  );
}

/**
 * Returns the model with this id as this kind of service offers it, because prices and limits differ between services. For
 * the life cycle and the number of references, the service's own list takes precedence over the catalogue.
 */
export function findModelOf(service: ServiceId, modelId: string): Model | undefined {
  const { kind } = serviceOf(service);
  const model = models.find((known) => known.kind === kind && known.id === modelId);
  const listed = listedModel(service, modelId);
  if (!model || !listed) return model;
  const { references = model.references, shutsDownOn } = listed;
  return { ...model, references, life: lifecycleOf(service, model, shutsDownOn) };
}

/** A listed model works until the last day in the list, if there is one. */
function lifecycleOf(service: ServiceId, { id, kind, life }: Model, shutsDownOn?: string): ModelLife {
  if (shutsDownOn === undefined) return life.state === 'shut-down' ? { state: 'available' } : life;
  const usual = serviceKinds[kind].defaultModel;
  const other = usual === id ? firstPictureModel(listedModels(service), id)?.id : usual;
  const replacement = life.state === 'available' ? (other ?? id) : life.replacement;
  return { state: 'deprecated', until: shutsDownOn, replacement };
}

/** The parameters that a price depends on. */
export type PricedParams = Pick<PictureParams, 'resolution' | 'aspectRatio' | 'quality' | 'upscale'>;

/**
 * Returns the price of one picture in micro-dollars; null if it is unknown. It belongs to the service and the model
 * together: the same name may stand for another model, or for another price, at another service.
 */
export function priceOf(
  service: ServiceId,
  modelId: string,
  { resolution = '1K', aspectRatio = '1:1', quality = 'medium', upscale }: Partial<PricedParams> = {},
): number | null {
  if (serviceOf(service).free) return 0;
  if (upscale) return priceOfUpscale(service, modelId, upscale);
  const listed = listedModel(service, modelId)?.prices;
  if (listed) return listed[resolution] ?? listed['1K'] ?? null;
  const model = findModelOf(service, modelId);
  const prices = (aspectRatio === '1:1' ? undefined : model?.oblongPrices) ?? model?.prices;
  const price = prices?.[resolution] ?? prices?.['1K'] ?? null;
  return price === null ? null : Math.round(price * (model?.qualityFactors?.[quality] ?? 1));
}

/** Returns the highest known price of a service's pictures, in micro-dollars; null if none is known. */
export function highestPriceOf(service: ServiceId): number | null {
  const { kind, free } = serviceOf(service);
  if (free) return 0;
  const known = models
    .filter((model) => model.kind === kind)
    .flatMap((model) => [...Object.values(model.prices), ...Object.values(model.oblongPrices ?? {})]);
  const prices = [...known, ...listedModels(service).flatMap((model) => Object.values(model.prices ?? {}))];
  return prices.length === 0 ? null : Math.max(...prices);
}
