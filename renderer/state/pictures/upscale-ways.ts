// The ways to enlarge a picture: on this computer, and with the upscalers of the services that are connected.
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { maxEditSide, maxLocalPixels, type Upscale } from '../../../shared/domain/edits';
import type { Service } from '../../../shared/domain/services';
import {
  isUpscaleTooLarge,
  priceOfUpscale,
  upscaledSize,
  upscalersOf,
} from '../../../shared/domain/upscalers';

export type UpscaleWay = {
  key: string;
  /** Null: on this computer. */
  model: ChosenModel | null;
  label: string;
  serviceName: string;
  /** In micro-dollars; null if it is unknown. */
  price: number | null;
  isTooLarge: boolean;
};

/** @param services those that can be asked now, in the user's order. */
export function upscaleWays(
  upscale: Upscale,
  services: readonly Service[],
): [local: UpscaleWay, ...others: UpscaleWay[]] {
  const { width, height } = upscaledSize(upscale);
  const isTooLarge = Math.max(width, height) > maxEditSide || width * height > maxLocalPixels;
  const ofServices = services.flatMap(({ id: serviceId, name }) =>
    upscalersOf(serviceId).map(({ model, label }) => ({
      ...{ key: `${serviceId} ${model}`, model: { serviceId, model }, label, serviceName: name },
      price: priceOfUpscale(serviceId, model, upscale),
      isTooLarge: isUpscaleTooLarge(upscale),
    })),
  );
  const local = { key: '', model: null, label: '', serviceName: '', price: 0, isTooLarge };
  return [local, ...ofServices];
}
