// What was set for the next pictures and a model does not take: it is kept, and is not sent to that model.
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import {
  optionsNotTaken,
  type PictureOption,
  type PictureOptions,
} from '../../../shared/domain/picture-options';
import { serviceOf } from '../../../shared/domain/service-directory';

const optionNames: Readonly<Record<PictureOption | 'seed', string>> = {
  resolution: 'this resolution',
  quality: 'a quality',
  thinking: 'a level of thinking',
  background: 'a transparent background',
  negativePrompt: 'a negative prompt',
  steps: 'a number of steps',
  guidance: 'a guidance',
  sampler: 'a sampler',
  scheduler: 'a scheduler',
  strength: 'a strength',
  seed: 'a seed',
};

/** Returns such as "Imagen 4 does not take a seed."; null if the model takes everything that is set. */
export function leftOutSentence(
  { serviceId, model }: ChosenModel,
  label: string,
  { options, seed }: { options: PictureOptions; seed: number | null },
): string | null {
  const isSeedLeft = seed !== null && !serviceOf(serviceId).takesSeed;
  const left = [...optionsNotTaken(serviceId, model, options), ...(isSeedLeft ? (['seed'] as const) : [])];
  if (left.length === 0) return null;
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(
    left.map((name) => optionNames[name]),
  );
  return `${label} does not take ${list}.`;
}
