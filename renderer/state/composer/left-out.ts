// What was set for the next pictures and a model does not take: it is kept, and is not sent to that model.
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { optionsNotTaken, type PictureOptions } from '../../../shared/domain/picture-options';
import { serviceOf } from '../../../shared/domain/service-directory';
import { currentLocale, t } from '../../../shared/languages/translate';

/** Returns such as "Imagen 4 does not take a seed."; null if the model takes everything that is set. */
export function leftOutSentence(
  { serviceId, model }: ChosenModel,
  label: string,
  { options, seed }: { options: PictureOptions; seed: number | null },
): string | null {
  const isSeedLeft = seed !== null && !serviceOf(serviceId).takesSeed;
  const left = [...optionsNotTaken(serviceId, model, options), ...(isSeedLeft ? (['seed'] as const) : [])];
  if (left.length === 0) return null;
  const list = new Intl.ListFormat(currentLocale(), { type: 'disjunction' }).format(
    left.map((name) => t(`composer.not_taken_${name}`)),
  );
  return t('composer.not_taken', { model: label, settings: list });
}
