// Looks up what is known about a model: its resolutions, aspect ratios and prices.
import { models, providers } from './model-catalogue';
import {
  type AspectRatio,
  aspectRatios,
  type Model,
  type PictureParams,
  type PictureResolution,
  type ProviderId,
  pictureResolutions,
  pictureSizes,
} from './models';

/** Returns the model with this id; undefined if this version does not know it. */
export function findModel(id: string): Model | undefined {
  return models.find((model) => model.id === id);
}

/** Returns the resolutions of a model. For an unknown model, returns all and leaves the check to its provider. */
export function resolutionsOf(provider: ProviderId, modelId: string): readonly PictureResolution[] {
  const model = findModel(modelId);
  if (!model) return providers[provider].local ? ['1K'] : pictureResolutions;
  return pictureResolutions.filter((resolution) => model.prices[resolution] !== undefined);
}

/** Returns the aspect ratios of a model. For an unknown model, returns all and leaves the check to its provider. */
export function aspectRatiosOf(modelId: string): readonly AspectRatio[] {
  return findModel(modelId)?.aspectRatios ?? aspectRatios;
}

/** Returns the wanted aspect ratio if the model supports it, otherwise the nearest that it supports. */
export function nearestRatio(modelId: string, wanted: AspectRatio): AspectRatio {
  const width = (ratio: AspectRatio) => Math.log(pictureSizes[ratio].width / pictureSizes[ratio].height);
  const distance = (ratio: AspectRatio) => Math.abs(width(ratio) - width(wanted));
  return aspectRatiosOf(modelId).reduce((best, ratio) => (distance(ratio) < distance(best) ? ratio : best));
}

/** Returns the price of one picture in micro-dollars; null if it is unknown. */
export function priceOf(
  modelId: string,
  { resolution = '1K', aspectRatio = '1:1' }: Partial<Pick<PictureParams, 'resolution' | 'aspectRatio'>> = {},
): number | null {
  const model = findModel(modelId);
  const prices = (aspectRatio === '1:1' ? undefined : model?.oblongPrices) ?? model?.prices;
  return prices?.[resolution] ?? prices?.['1K'] ?? null;
}
