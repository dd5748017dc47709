// The parameters of a picture: what the composer and the settings say, and a seed.

import type { RequestInput } from '../../../shared/contract';
import { nearestRatio, resolutionsOf } from '../../../shared/domain/model-lookup';
import { maxSeed, type PictureParams } from '../../../shared/domain/models';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { ChatContext } from './chat-context';

/** Random seeds stay below this, because every service accepts such an integer. */
const randomSeedLimit = 2 ** 31;

/** @param index the picture's position in its request: a chosen seed counts up with it. */
export function paramsFor(
  { random, store, activeProvider }: Pick<ChatContext, 'random' | 'store' | 'activeProvider'>,
  { aspectRatio, seed }: Pick<RequestInput<'chat:send'>, 'aspectRatio' | 'seed'>,
  index: number,
): PictureParams {
  const { id: provider, pictureModel } = activeProvider();
  const { resolution, diffusion } = store.settings.read();
  const isChosen = seed !== undefined && serviceOf(provider).takesSeed;
  return {
    // The ratio that the model will use, so that the placeholder has the shape of the finished picture.
    aspectRatio: nearestRatio(pictureModel, aspectRatio),
    seed: isChosen ? (seed + index) % (maxSeed + 1) : Math.floor(random() * randomSeedLimit),
    ...(isChosen && { seedChosen: true }),
    ...(resolution !== '1K' && resolutionsOf(provider, pictureModel).includes(resolution) && { resolution }),
    ...(serviceOf(provider).kind === 'automatic1111' && diffusion),
  };
}

/**
 * Returns a picture's parameters as far as the provider that is active now supports them: it may be another one than
 * they were chosen for.
 */
export function adaptedParams(
  { store, activeProvider }: Pick<ChatContext, 'store' | 'activeProvider'>,
  params: PictureParams,
): PictureParams {
  const { id: provider, pictureModel } = activeProvider();
  const { aspectRatio, seed, seedChosen, resolution, references } = params;
  const { diffusion } = store.settings.read();
  return {
    aspectRatio: nearestRatio(pictureModel, aspectRatio),
    seed,
    ...(seedChosen === true && serviceOf(provider).takesSeed && { seedChosen }),
    ...(resolution !== undefined &&
      resolutionsOf(provider, pictureModel).includes(resolution) && { resolution }),
    ...(serviceOf(provider).kind === 'automatic1111' && { ...diffusion }),
    ...(references && { references }),
  };
}
