// The price of a request if it were sent now, with the options of the composer and the settings.

import type { ChosenModel } from '../../../shared/domain/chosen-model';
import type { AspectRatio } from '../../../shared/domain/models';
import { optionsOfSettings, type PictureOptions } from '../../../shared/domain/picture-options';
import type { ServiceId } from '../../../shared/domain/services';
import { useProviders } from '../settings/providers-store';
import { lacksKey } from '../settings/service-keys';
import { useServices } from '../settings/services-store';
import { useSettings } from '../settings/settings-store';
import { useDraft } from './draft-store';
import { priceOfRequest, priceText, type RequestPrice } from './request-size';

type Request = {
  aspectRatio: AspectRatio;
  /** Absent: the options of the next picture. */
  options?: PictureOptions | undefined;
};

/** Returns the price of `count` pictures from each of the models; null if one of them lacks its key. */
export function requestPrice(
  models: readonly ChosenModel[],
  ofEachModel: number,
  { aspectRatio, options }: Request,
): RequestPrice | null {
  const { services } = useServices.getState();
  const isAsked = (service: ServiceId) => models.some(({ serviceId }) => serviceId === service);
  if (services.some((service) => isAsked(service.id) && lacksKey(service))) return null;
  const { settings } = useSettings.getState();
  const chosen = useDraft.getState().options;
  const optionsOf = (service: ServiceId) => options ?? { ...optionsOfSettings(service, settings), ...chosen };
  return priceOfRequest(models, ofEachModel, { aspectRatio, optionsOf });
}

/** As `requestPrice` for the next pictures, as text and in a component. */
export function useRequestPrice(
  models: readonly ChosenModel[],
  ofEachModel: number,
  aspectRatio: AspectRatio,
): string | null {
  // Renders again when the values that `requestPrice` reads change.
  useDraft((state) => state.options);
  useSettings((state) => state.settings);
  useServices((state) => state.services);
  useProviders((state) => state.keys);
  const price = requestPrice(models, ofEachModel, { aspectRatio });
  return price && priceText(price);
}
