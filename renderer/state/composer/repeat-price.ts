// The price of requesting pictures again: those of a recipe, or of a question.
import { t } from '../../../shared/languages/translate';
import { sizeOfMessage } from './asked-fields';
import { chosenModels } from './chosen-models';
import { chosenProvider } from './chosen-provider';
import { chosenShape } from './last-choice';
import { type QuestionRecipe, ratioFor } from './question-recipe';
import type { RepeatableRecipe } from './request-pictures';
import { requestPrice } from './request-price';
import { priceText, type RequestPrice } from './request-size';

/** Returns a price such as "about $0.16"; null if the pictures are free, or if their model lacks its key. */
export function repeatPrice(recipe: RepeatableRecipe, count: number): string | null {
  const { id, pictureModel } = chosenProvider();
  const model = recipe.model ?? { serviceId: id, model: pictureModel };
  const aspectRatio = recipe.aspectRatio ?? chosenShape();
  return textUnlessFree(requestPrice([model], count, { aspectRatio, options: recipe.options }));
}

/** As `repeatPrice`, for a new version of a question: from all its models, or from that of the chat. */
export function versionPrice(text: string, recipe: QuestionRecipe): string | null {
  const { mode, count } = recipe;
  const models = recipe.models.length > 0 ? recipe.models : chosenModels().slice(0, 1);
  const { ofEachModel } = sizeOfMessage({ text, mode, count }, models);
  return textUnlessFree(requestPrice(models, ofEachModel, { aspectRatio: ratioFor(recipe) }));
}

function textUnlessFree(price: RequestPrice | null): string | null {
  return price === null || (price.amount === 0 && !price.isUnknown) ? null : priceText(price);
}

/** Returns the description of a button, with the price of its pictures if they are not free. */
export function hintWithPrice(hint: string, price: string | null): string {
  return price === null ? hint : t('picture.hint_and_price', { hint, price });
}
