// Options that a chosen model does not support. They stay set, but are not sent to that model.
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { type PictureOptions, unsupportedSettings } from '../../../shared/domain/picture-options';
import { t } from '../../../shared/languages/translate';
import { formatList } from '../../ui/format';

/** Returns a sentence such as "Imagen 4 does not take a seed."; null if the models support all set options. */
export function leftOutSentence(
  { serviceId, model }: ChosenModel,
  label: string,
  { options, seed }: { options: PictureOptions; seed: number | null },
): string | null {
  const left = unsupportedSettings(serviceId, model, { options, isSeedSet: seed !== null });
  if (left.length === 0) return null;
  const list = formatList(
    left.map((name) => t(`composer.not_taken_${name}`)),
    'disjunction',
  );
  return t('composer.not_taken', { model: label, settings: list });
}
