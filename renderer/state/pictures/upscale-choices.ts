// The choices for enlarging a picture: on this computer, or with the upscalers of connected services.
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { isTooLargeHere, type Upscale } from '../../../shared/domain/edits';
import type { Service } from '../../../shared/domain/services';
import {
  isUpscaleTooLarge,
  priceOfUpscale,
  upscaledSize,
  upscalersOf,
} from '../../../shared/domain/upscalers';
import { t } from '../../../shared/languages/translate';

export type UpscaleChoice = {
  key: string;
  /** Null: this computer, without a model. */
  model: ChosenModel | null;
  label: string;
  note: string;
  /** In micro-dollars; null if unknown. */
  price: number | null;
  isTooLarge: boolean;
};

/** @param services the usable services, in the user's order. @returns the choices, this computer first */
export function upscaleChoices(upscale: Upscale, services: readonly Service[]): UpscaleChoice[] {
  const here: UpscaleChoice = {
    ...{ key: '', model: null, price: 0, isTooLarge: isTooLargeHere(upscaledSize(upscale)) },
    ...{ label: t('picture.upscale_here'), note: t('picture.upscale_here_note') },
  };
  const others = services.flatMap(({ id: serviceId, name }) =>
    upscalersOf(serviceId).map(({ model, label }) => ({
      ...{ key: `${serviceId} ${model}`, model: { serviceId, model }, label, note: name },
      price: priceOfUpscale(serviceId, model, upscale),
      isTooLarge: isUpscaleTooLarge(upscale),
    })),
  );
  return [here, ...others];
}
