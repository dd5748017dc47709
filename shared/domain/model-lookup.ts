// What is known of a model by its id: its sizes, shapes and price.
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

/** @returns the model with this id, or undefined where a database names one that this version has dropped. */
export function findModel(id: string): Model | undefined {
  return models.find((model) => model.id === id);
}

/** @returns the sizes that a model makes; of one that nobody knows here any may be asked: its provider will say. */
export function resolutionsOf(provider: ProviderId, modelId: string): readonly PictureResolution[] {
  const model = findModel(modelId);
  if (!model) return providers[provider].local ? ['1K'] : pictureResolutions;
  return pictureResolutions.filter((resolution) => model.prices[resolution] !== undefined);
}

/** @returns the shapes that a model makes; all of them for one that is not known here: its provider will say. */
export function aspectRatiosOf(modelId: string): readonly AspectRatio[] {
  return findModel(modelId)?.aspectRatios ?? aspectRatios;
}

/** @returns the shape, or the one nearest to it that the model makes. */
export function nearestRatio(modelId: string, wanted: AspectRatio): AspectRatio {
  const width = (ratio: AspectRatio) => Math.log(pictureSizes[ratio].width / pictureSizes[ratio].height);
  const distance = (ratio: AspectRatio) => Math.abs(width(ratio) - width(wanted));
  return aspectRatiosOf(modelId).reduce((best, ratio) => (distance(ratio) < distance(best) ? ratio : best));
}

/** @returns the price of one picture in millionths of a US dollar; null where it is not known. */
export function priceOf(
  modelId: string,
  { resolution = '1K', aspectRatio = '1:1' }: Partial<Pick<PictureParams, 'resolution' | 'aspectRatio'>> = {},
): number | null {
  const model = findModel(modelId);
  const prices = (aspectRatio === '1:1' ? undefined : model?.oblongPrices) ?? model?.prices;
  return prices?.[resolution] ?? prices?.['1K'] ?? null;
}
