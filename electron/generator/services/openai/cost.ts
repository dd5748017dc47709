// What OpenAI's models cost, by the tokens that an answer says it used.
import { z } from 'zod';

/** Of an answer with a picture, https://platform.openai.com/docs/api-reference/images/object, or with words. */
export const usageSchema = z
  .object({
    input_tokens: z.number().nullish(),
    output_tokens: z.number().nullish(),
    input_tokens_details: z.object({ image_tokens: z.number().nullish() }).nullish().catch(null),
    prompt_tokens: z.number().nullish(),
    completion_tokens: z.number().nullish(),
  })
  .nullish()
  .catch(null);
export type Usage = z.infer<typeof usageSchema>;

/** Millionths of a US dollar for a token; `imageInput`: of a picture that goes with the prompt. */
type TokenPrices = { input: number; imageInput: number; output: number };

/** As listed at https://openai.com/api/pricing in October 2026. */
const prices: Readonly<Record<string, TokenPrices>> = {
  'gpt-image-1': { input: 5, imageInput: 10, output: 40 },
  'gpt-5-mini': { input: 0.25, imageInput: 0.25, output: 2 },
};

/** @returns millionths of a US dollar, rounded up; null where the price, or the use, is not known. */
export function costOfUsage(model: string, usage: Usage): number | null {
  const price = Object.hasOwn(prices, model) ? prices[model] : undefined;
  const input = usage?.input_tokens ?? usage?.prompt_tokens;
  const output = usage?.output_tokens ?? usage?.completion_tokens;
  if (price === undefined || typeof input !== 'number' || typeof output !== 'number') return null;
  const imageInput = Math.min(input, usage?.input_tokens_details?.image_tokens ?? 0);
  return Math.ceil(
    (input - imageInput) * price.input + imageInput * price.imageInput + output * price.output,
  );
}
