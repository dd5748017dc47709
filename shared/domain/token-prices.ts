// The prices of tokens, for models that are billed by them.
import { listedModel } from './listed-models';
import { findModelOf } from './model-lookup';
import { serviceOf } from './service-directory';
import type { ServiceId } from './services';

/** The tokens of a request. `output`: text and thoughts. `pictures`: the tokens of generated pictures. */
export type TokenUsage = { input: number; output: number; pictures: number };

/** Micro-dollars per million tokens. `from`: milliseconds since 1970. */
type TokenPrices = { from: number; input: number; output: number; pictures?: number };

const always = 0;
const newYear = Date.UTC(2027, 0, 1);

/** Half price until the end of 2026: https://github.com/BerriAI/litellm/discussions/39357 */
const flash: readonly TokenPrices[] = [
  { from: always, input: 750_000, output: 3_750_000 },
  { from: newYear, input: 1_500_000, output: 7_500_000 },
];

/**
 * As listed at https://ai.google.dev/gemini-api/docs/pricing in October 2026; for Nano Banana 2.1 see also
 * https://github.com/BerriAI/litellm/discussions/44983. Each list is in chronological order.
 */
const prices: Readonly<Record<string, readonly TokenPrices[]>> = {
  'gemini-3.8-flash': flash,
  'gemini-3.7-flash': flash,
  'gemini-3.6-flash': flash,
  'gemini-3.5-flash-lite': [{ from: always, input: 300_000, output: 2_500_000 }],
  'gemini-3.1-flash-lite': [{ from: always, input: 250_000, output: 1_500_000 }],
  'gemini-nano-banana-2.1': [{ from: always, input: 1_500_000, output: 7_500_000, pictures: 30_000_000 }],
  'gemini-3-pro-image': [{ from: always, input: 2_000_000, output: 12_000_000, pictures: 120_000_000 }],
  'gemini-3.1-flash-image': [{ from: always, input: 500_000, output: 3_000_000, pictures: 60_000_000 }],
};

/**
 * Returns the cost in micro-dollars, rounded up; null if the model's prices are unknown. Counts cached tokens in full,
 * so that the sum is never too low.
 *
 * @param now milliseconds since 1970, because prices change.
 */
export function costOfTokens(modelId: string, usage: TokenUsage, now: number): number | null {
  const known = Object.hasOwn(prices, modelId) ? prices[modelId] : undefined;
  const price = known?.findLast(({ from }) => from <= now);
  if (price === undefined || (usage.pictures > 0 && price.pictures === undefined)) return null;
  const { input, output, pictures } = usage;
  return Math.ceil(
    (input * price.input + output * price.output + pictures * (price.pictures ?? 0)) / 1_000_000,
  );
}

/** Returns whether the price of a model at a service is known. @param now milliseconds since 1970. */
export function hasKnownPrice(service: ServiceId, modelId: string, now: number): boolean {
  const { free, kind } = serviceOf(service);
  const isListed = listedModel(service, modelId)?.prices !== undefined;
  if (free || isListed || findModelOf(service, modelId) !== undefined) return true;
  const oneToken = { input: 1, output: 1, pictures: 0 };
  return (kind === 'google' || kind === 'vertex') && costOfTokens(modelId, oneToken, now) !== null;
}

/** Maximum number of tokens of a picture in a request, at common services: https://ai.google.dev/gemini-api/docs/tokens */
export const tokensOfPicture = 1600;

/** A token has about four characters of English. Three makes sure that the estimate is not too low. */
const charactersPerToken = 3;

/**
 * Returns the possible cost of an interrupted reply in micro-dollars; null if the model's prices are unknown.
 *
 * @param received the text that had arrived.
 * @param now milliseconds since 1970, because prices change.
 */
export function possibleReplyCost(
  {
    model,
    text,
    history,
    references = [],
  }: {
    model: string | null;
    text: string;
    history: readonly { text: string }[];
    references?: readonly unknown[];
  },
  received: string,
  now: number,
): number | null {
  const sent = history.reduce((sum, turn) => sum + turn.text.length, text.length);
  const input = Math.ceil(sent / charactersPerToken) + references.length * tokensOfPicture;
  const output = Math.ceil(received.length / charactersPerToken);
  return model === null ? null : costOfTokens(model, { input, output, pictures: 0 }, now);
}
