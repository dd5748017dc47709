// The number of pictures that a message requests, their total cost, and why it cannot be sent.

import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { maxPicturesOfMessage } from '../../../shared/domain/conversations';
import { nearestRatio, priceOf } from '../../../shared/domain/model-lookup';
import type { AspectRatio } from '../../../shared/domain/models';
import { type PictureOptions, supportedOptions } from '../../../shared/domain/picture-options';
import { parsePattern } from '../../../shared/domain/prompt-patterns';
import type { ServiceId } from '../../../shared/domain/services';
import type { WordList } from '../../../shared/domain/word-lists';
import { t } from '../../../shared/languages/translate';
import { formatCost, formatExpectedCost, smallestShownCost } from '../../ui/format';

export type AskedMessage = {
  text: string;
  mode: 'auto' | 'picture';
  /** Whether a text model may reply, so that not every text is a prompt. */
  canTalk: boolean;
  /** Number of pictures for each prompt and model. */
  count: number;
  models: readonly ChosenModel[];
  lists: readonly WordList[];
};

export type RequestSize = {
  /** The number of pictures; may be infinite if there are too many. */
  total: number;
  /** Number of pictures of each model. */
  ofEachModel: number;
  /** Whether the text is sent as a pattern. */
  isPattern: boolean;
  /** A text such as "4 pictures: 2 × 2"; null for a usual request. */
  words: string | null;
  /** Why the message cannot be sent; null if it can. */
  problem: string | null;
  /** Names of lists that the text seems to use and that do not exist. */
  unknownLists: readonly string[];
};

/** Recognises code, in which braces with bars are common. A message with code is meant for a text model. */
const code = /`|\|\||=>|;[ \t]*(?:[\r\n}]|$)/;

/** Counts the pictures that a message would request. */
export function sizeOfRequest({ text, mode, canTalk, count, models, lists }: AskedMessage): RequestSize {
  const pattern = parsePattern(text, lists);
  const isPrompt = !canTalk || mode === 'picture';
  const hasChoices = pattern.isPattern && (isPrompt || !code.test(text));
  const ofEachModel = (hasChoices ? pattern.count : 1) * count;
  const total = ofEachModel * models.length;
  const sizes = hasChoices ? pattern.sizes : [];
  return {
    total,
    ofEachModel,
    isPattern: hasChoices || (pattern.isChanged && !pattern.isPattern),
    words: hasChoices || models.length > 1 ? wordsFor(total, sizes, models.length, count) : null,
    problem: total > maxPicturesOfMessage ? tooMany(total) : null,
    unknownLists: hasChoices || isPrompt ? pattern.unknownLists : [],
  };
}

function wordsFor(total: number, sizes: readonly number[], models: number, count: number): string {
  if (sizes.length === 0 && models > 1) return t('composer.size_of_models', { total, count });
  const factors = [...sizes.map(String), ...(models > 1 ? [t('models.count', { count: models })] : [])];
  const product = factors.join(' × ');
  const isOfEach = count > 1 && sizes.length > 0;
  if (factors.length > 1 && isOfEach) return t('composer.size_product_of_each', { total, product, count });
  if (factors.length > 1) return t('composer.size_product', { total, product });
  return isOfEach ? t('composer.size_of_each', { total, count }) : t('composer.pictures', { count: total });
}

function tooMany(total: number): string {
  const max = maxPicturesOfMessage;
  return Number.isFinite(total)
    ? t('composer.too_many_pictures', { total, max })
    : t('composer.far_too_many_pictures', { max });
}

/** `amount`: micro-dollars of the pictures with a known price. `isUnknown`: whether some have no known price. */
export type RequestPrice = { amount: number; isUnknown: boolean };

/** Returns the price of a message that requests `count` pictures from each of the models. */
export function priceOfRequest(
  models: readonly ChosenModel[],
  ofEachModel: number,
  { aspectRatio, optionsOf }: { aspectRatio: AspectRatio; optionsOf: (service: ServiceId) => PictureOptions },
): RequestPrice {
  const prices = models.map(({ serviceId, model }) => {
    const { resolution, quality } = supportedOptions(serviceId, model, optionsOf(serviceId));
    return priceOf(serviceId, model, {
      aspectRatio: nearestRatio(serviceId, model, aspectRatio),
      ...(resolution && { resolution }),
      ...(quality && { quality }),
    });
  });
  const known = prices.filter((price) => price !== null);
  return {
    amount: known.reduce((sum, price) => sum + price * ofEachModel, 0),
    isUnknown: known.length < prices.length,
  };
}

/** Returns a text such as "free", "about $0.034", "at least $0.034" or "cost unknown". */
export function priceText({ amount, isUnknown }: RequestPrice): string {
  if (!isUnknown) return formatExpectedCost(amount);
  if (amount < smallestShownCost) return t('usage.cost_unknown');
  return t('composer.at_least', { cost: formatCost(amount) });
}
