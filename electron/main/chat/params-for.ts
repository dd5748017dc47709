// What a picture is made with beside its prompt: what the composer and the settings say, and a seed.
import type { RequestInput } from '../../../shared/ipc';
import { findModel, largestSeed, type PictureParams, providers } from '../../../shared/models';
import type { ChatContext } from './chat-context';

/** @param index the picture's place among those of its request: a chosen seed counts up with it. */
export function paramsFor(
  { random, store, activeProvider }: Pick<ChatContext, 'random' | 'store' | 'activeProvider'>,
  { aspectRatio, seed }: Pick<RequestInput<'chat:send'>, 'aspectRatio' | 'seed'>,
  index: number,
): PictureParams {
  const { id: provider, pictureModel } = activeProvider();
  const { resolution, diffusion } = store.settings.read();
  const seeds = largestSeed + 1;
  const isChosen = seed !== undefined && providers[provider].takesSeed;
  return {
    aspectRatio,
    seed: isChosen ? (seed + index) % seeds : Math.floor(random() * seeds),
    ...(isChosen && { seedChosen: true }),
    // A model that nobody knows here may take any: its provider will say.
    ...(resolution !== '1K' && (findModel(pictureModel)?.prices[resolution] ?? 0) !== 0 && { resolution }),
    ...(provider === 'automatic1111' && diffusion),
  };
}
