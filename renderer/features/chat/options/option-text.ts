// What differs from the defaults, in words.
import type { PictureOptions } from '../../../../shared/domain/picture-options';
import { formatCount } from '../../../ui/format';

export type ChosenOptions = {
  count: number;
  /** Null: random. */
  seed: number | null;
  /** Those that the model takes. The resolution is part of the shape's chip. */
  options: PictureOptions;
};

/** Returns a phrase for each value that is not the default. */
export function differences({ count, seed, options }: ChosenOptions, defaults: PictureOptions): string[] {
  const { quality, thinking, background, negativePrompt, steps, guidance, sampler, scheduler, strength } =
    options;
  const phrases: [isDifferent: boolean, phrase: string][] = [
    [count > 1, formatCount(count, 'picture')],
    [seed !== null, `seed ${seed}`],
    [quality !== undefined && quality !== 'medium', `${quality} quality`],
    [thinking !== undefined, `${thinking} thinking`],
    [background !== undefined, 'transparent'],
    [negativePrompt !== defaults.negativePrompt, negativePrompt ? 'negative prompt' : 'no negative prompt'],
    [steps !== defaults.steps, steps === undefined ? 'automatic steps' : formatCount(steps, 'step')],
    [guidance !== defaults.guidance, `guidance ${guidance ?? 'automatic'}`],
    [sampler !== defaults.sampler, sampler ?? 'automatic sampler'],
    [scheduler !== defaults.scheduler, scheduler ?? 'automatic scheduler'],
    [strength !== defaults.strength, `strength ${strength ?? 'automatic'}`],
  ];
  return phrases.flatMap(([isDifferent, phrase]) => (isDifferent ? [phrase] : []));
}

/** Returns the text of the chip: "Options", the one difference, or how many there are. */
export function chipText(phrases: readonly string[]): string {
  const [first] = phrases;
  if (first === undefined) return 'Options';
  if (phrases.length > 1) return formatCount(phrases.length, 'option');
  return first.charAt(0).toUpperCase() + first.slice(1);
}
