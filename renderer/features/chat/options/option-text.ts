// Describes the options that differ from the defaults.

import type { PictureOptions } from '../../../../shared/domain/picture-options';
import { t } from '../../../../shared/languages/translate';
import { formatNumber, withCapital } from '../../../ui/format';

export type ChosenOptions = {
  count: number;
  /** Null: random. */
  seed: number | null;
  /** The options that the model supports. The resolution is part of the shape's chip. */
  options: PictureOptions;
};

/** Returns a phrase for each value that is not the default. */
export function differences({ count, seed, options }: ChosenOptions, defaults: PictureOptions): string[] {
  const { quality, thinking, background, negativePrompt, steps, guidance, sampler, scheduler, strength } =
    options;
  // Formats only the phrases that are needed, because the first plural would delay the first paint by 20 ms.
  const phrases: [isDifferent: boolean, phrase: () => string][] = [
    [count > 1, () => t('composer.pictures', { count })],
    [seed !== null, () => t('composer.option_seed', { seed: String(seed) })],
    [
      quality !== undefined && quality !== 'medium',
      () => t('composer.option_quality', { quality: quality ?? '' }),
    ],
    [thinking !== undefined, () => t('composer.option_thinking', { thinking: thinking ?? '' })],
    [background !== undefined, () => t('composer.option_transparent')],
    [
      negativePrompt !== defaults.negativePrompt,
      () => t(negativePrompt ? 'composer.option_negative_prompt' : 'composer.option_no_negative_prompt'),
    ],
    [
      steps !== defaults.steps,
      () =>
        steps === undefined ? t('composer.option_automatic_steps') : t('composer.option_steps', { steps }),
    ],
    [
      guidance !== defaults.guidance,
      () =>
        guidance === undefined
          ? t('composer.option_automatic_guidance')
          : t('composer.option_guidance', { guidance: formatNumber(guidance) }),
    ],
    [sampler !== defaults.sampler, () => sampler ?? t('composer.option_automatic_sampler')],
    [scheduler !== defaults.scheduler, () => scheduler ?? t('composer.option_automatic_scheduler')],
    [
      strength !== defaults.strength,
      () =>
        strength === undefined
          ? t('composer.option_automatic_strength')
          : t('composer.option_strength', { strength: formatNumber(strength) }),
    ],
  ];
  return phrases.flatMap(([isDifferent, phrase]) => (isDifferent ? [phrase()] : []));
}

/** Returns the text of the chip: "Options", the only difference, or the number of differences. */
export function chipText(phrases: readonly string[]): string {
  const [first] = phrases;
  if (first === undefined) return t('composer.options');
  if (phrases.length > 1) return t('composer.option_count', { count: phrases.length });
  return withCapital(first);
}
