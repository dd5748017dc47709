// Builds a picture's parameters from the composer, the settings and a seed.

import type { RequestInput } from '../../../shared/contract';
import type { ActiveProvider } from '../../../shared/contract/services';
import { applyNegatives } from '../../../shared/domain/apply-styles';
import type { MadeChange, Upscale } from '../../../shared/domain/edits';
import { nearestRatio } from '../../../shared/domain/model-lookup';
import { maxNegativePromptLength, maxSeed, type PictureParams } from '../../../shared/domain/models';
import {
  optionsOfSettings,
  type PictureOptions,
  pictureOptionsSchema,
  supportedOptions,
} from '../../../shared/domain/picture-options';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { UsedStyle } from '../../../shared/domain/styles';
import type { ChatContext } from './chat-context';

/** Random seeds stay below this, because every service accepts such an integer. */
const randomSeedLimit = 2 ** 31;

type Wanted = Pick<RequestInput<'chat:send'>, 'aspectRatio' | 'options' | 'seed'> & {
  styles?: readonly UsedStyle[] | undefined;
  upscale?: Upscale | undefined;
  change?: MadeChange | undefined;
};

/** @param index the picture's position in its request: a chosen seed counts up with it. */
export function paramsFor(
  { random, store, activeProvider }: Pick<ChatContext, 'random' | 'store' | 'activeProvider'>,
  { aspectRatio, options = {}, styles = [], seed, upscale, change }: Wanted,
  index: number,
): PictureParams {
  const active = activeProvider();
  const isChosen = seed !== undefined && serviceOf(active.id).takesSeed;
  return {
    // The ratio that the model will use, so that the placeholder has the shape of the finished picture.
    aspectRatio: nearestRatio(active.id, active.pictureModel, aspectRatio),
    seed: isChosen ? (seed + index) % (maxSeed + 1) : Math.floor(random() * randomSeedLimit),
    ...(isChosen && { seedChosen: true }),
    ...(upscale && { upscale }),
    ...(change && { change }),
    // A change without a prompt has no other options.
    ...(!upscale &&
      !change &&
      optionsFor(
        active,
        withNegatives({ ...optionsOfSettings(active.id, store.settings.read()), ...options }, styles),
      )),
  };
}

/** Adds the styles' negative prompts. Those that do not fit were refused when the message was sent. */
function withNegatives(options: PictureOptions, styles: readonly UsedStyle[]): PictureOptions {
  const own = options.negativePrompt ?? '';
  const negativePrompt = applyNegatives(own, styles, maxNegativePromptLength) ?? own;
  return negativePrompt === own ? options : { ...options, negativePrompt };
}

/**
 * Returns those of a picture's parameters that the active provider supports; they may have been chosen for another
 * one.
 *
 * @param isRejected whether the service has refused these parameters: then those of the settings, which the user may have
 *   corrected since, go before the picture's own.
 */
export function adaptedParams(
  { store, activeProvider }: Pick<ChatContext, 'store' | 'activeProvider'>,
  params: PictureParams,
  isRejected: boolean,
): PictureParams {
  const active = activeProvider();
  const { aspectRatio, seed, seedChosen, references, edit, upscale, change, repeats } = params;
  const own = pictureOptionsSchema.parse(params);
  // Resolution affects the price, so a picture that was requested without one gets none.
  const { resolution: _resolution, ...defaults } = optionsOfSettings(active.id, store.settings.read());
  return {
    aspectRatio: nearestRatio(active.id, active.pictureModel, aspectRatio),
    seed,
    ...(seedChosen === true && serviceOf(active.id).takesSeed && { seedChosen }),
    ...(upscale && { upscale }),
    ...(change && { change }),
    ...(!upscale &&
      !change &&
      optionsFor(active, isRejected ? { ...own, ...defaults } : { ...defaults, ...own })),
    ...(references && { references }),
    ...(edit && { edit }),
    ...(repeats !== undefined && { repeats }),
  };
}

function optionsFor({ id, pictureModel }: ActiveProvider, options: PictureOptions): PictureOptions {
  const { resolution, ...taken } = supportedOptions(id, pictureModel, options);
  // An absent resolution means 1K, also in rows of older versions.
  return { ...(resolution !== undefined && resolution !== '1K' && { resolution }), ...taken };
}
