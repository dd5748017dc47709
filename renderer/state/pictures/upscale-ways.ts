// The ways to enlarge a picture: on this computer, and with the upscalers of the services that are connected.
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import type { Upscale } from '../../../shared/domain/edits';
import { builtInService, type Service } from '../../../shared/domain/services';
import { isUpscaleTooLarge, priceOfUpscale, upscalersOf } from '../../../shared/domain/upscalers';

export type UpscaleWay = {
  key: string;
  model: ChosenModel;
  isHere: boolean;
  label: string;
  serviceName: string;
  /** In micro-dollars; null if it is unknown. */
  price: number | null;
  isTooLarge: boolean;
};

/** @param services those that can be asked now, in the user's order. @returns this computer first */
export function upscaleWays(upscale: Upscale, services: readonly Service[]): UpscaleWay[] {
  const painter = builtInService('painter');
  const others = services.filter(({ kind }) => kind !== painter.kind);
  return [painter, ...others].flatMap(({ id: serviceId, name }) =>
    upscalersOf(serviceId).map(({ model, label }) => ({
      ...{ key: `${serviceId} ${model}`, model: { serviceId, model }, label, serviceName: name },
      isHere: serviceId === painter.id,
      price: priceOfUpscale(serviceId, model, upscale),
      isTooLarge: isUpscaleTooLarge(serviceId, upscale),
    })),
  );
}
