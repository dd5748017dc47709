// What a picture is made with beside its prompt: the shape, and the seed that a person or chance chose.
import type { RequestInput } from '../../../shared/ipc';
import { largestSeed, type PictureParams, type ProviderId, providers } from '../../../shared/models';
import type { ChatContext } from './chat-context';

/** @param index the picture's place among those of its request: a chosen seed counts up with it. */
export function paramsFor(
  { random }: Pick<ChatContext, 'random'>,
  provider: ProviderId,
  { aspectRatio, seed }: Pick<RequestInput<'chat:send'>, 'aspectRatio' | 'seed'>,
  index: number,
): PictureParams {
  const seeds = largestSeed + 1;
  if (seed === undefined || !providers[provider].takesSeed) {
    return { aspectRatio, seed: Math.floor(random() * seeds) };
  }
  return { aspectRatio, seed: (seed + index) % seeds, seedChosen: true };
}
