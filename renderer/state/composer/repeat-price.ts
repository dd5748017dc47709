// The price of requesting a recipe's pictures again.
import { t } from '../../../shared/languages/translate';
import { chosenProvider } from './chosen-provider';
import { chosenShape } from './last-choice';
import type { RepeatableRecipe } from './request-pictures';
import { requestPrice } from './request-price';
import { priceText } from './request-size';

/** Returns a price such as "about $0.16"; null if the pictures are free, or if their model lacks its key. */
export function repeatPrice(recipe: RepeatableRecipe, count: number): string | null {
  const { id, pictureModel } = chosenProvider();
  const model = recipe.model ?? { serviceId: id, model: pictureModel };
  const aspectRatio = recipe.aspectRatio ?? chosenShape();
  const price = requestPrice([model], count, { aspectRatio, options: recipe.options });
  return price === null || (price.amount === 0 && !price.isUnknown) ? null : priceText(price);
}

/** Returns the description of a button, with the price of its pictures if they are not free. */
export function hintWithPrice(hint: string, price: string | null): string {
  return price === null ? hint : t('picture.hint_and_price', { hint, price });
}
