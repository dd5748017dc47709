// What a picture is made with beside its prompt: what the composer and the settings say, and a seed.

import type { RequestInput } from '../../../shared/contract';
import { providers } from '../../../shared/domain/model-catalogue';
import { nearestRatio, resolutionsOf } from '../../../shared/domain/model-lookup';
import { maxSeed, type PictureParams } from '../../../shared/domain/models';
import type { ChatContext } from './chat-context';

/** Chance draws from half of the seeds that there are: such a one fits every service's idea of a whole number. */
const seedsOfChance = 2 ** 31;

/** @param index the picture's place among those of its request: a chosen seed counts up with it. */
export function paramsFor(
  { random, store, activeProvider }: Pick<ChatContext, 'random' | 'store' | 'activeProvider'>,
  { aspectRatio, seed }: Pick<RequestInput<'chat:send'>, 'aspectRatio' | 'seed'>,
  index: number,
): PictureParams {
  const { id: provider, pictureModel } = activeProvider();
  const { resolution, diffusion } = store.settings.read();
  const isChosen = seed !== undefined && providers[provider].takesSeed;
  return {
    // So that the placeholder has the shape of the picture to come.
    aspectRatio: nearestRatio(pictureModel, aspectRatio),
    seed: isChosen ? (seed + index) % (maxSeed + 1) : Math.floor(random() * seedsOfChance),
    ...(isChosen && { seedChosen: true }),
    ...(resolution !== '1K' && resolutionsOf(provider, pictureModel).includes(resolution) && { resolution }),
    ...(provider === 'automatic1111' && diffusion),
  };
}
