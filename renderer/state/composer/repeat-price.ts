// What pictures of a recipe cost that are requested again.
import { optionsOfSettings } from '../../../shared/domain/picture-options';
import { t } from '../../../shared/languages/translate';
import { lacksKey } from '../settings/service-keys';
import { useServices } from '../settings/services-store';
import { useSettings } from '../settings/settings-store';
import { chosenProvider } from './chosen-provider';
import { useDraft } from './draft-store';
import type { RepeatableRecipe } from './request-pictures';
import { priceOfRequest, priceText } from './request-size';

/** Returns such as "about $0.16"; null if they are free, or if their model cannot be used without a key. */
export function repeatPrice(recipe: RepeatableRecipe, count: number): string | null {
  const { id, pictureModel } = chosenProvider();
  const model = recipe.model ?? { serviceId: id, model: pictureModel };
  const service = useServices.getState().services.find((known) => known.id === model.serviceId);
  if (service && lacksKey(service)) return null;
  const { settings } = useSettings.getState();
  const aspectRatio = recipe.aspectRatio ?? settings.aspectRatio;
  const options = recipe.options ?? {
    ...optionsOfSettings(model.serviceId, settings),
    ...useDraft.getState().options,
  };
  const price = priceOfRequest([model], count, { aspectRatio, options });
  return price.amount === 0 && !price.isUnknown ? null : priceText(price);
}

/** Returns what a button does, and what its pictures cost if they do. */
export function hintWithPrice(hint: string, price: string | null): string {
  return price === null ? hint : t('picture.hint_and_price', { hint, price });
}
