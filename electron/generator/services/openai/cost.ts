// The cost of OpenAI's models, by the tokens that a response reports.
import { z } from 'zod';
import { tokenCountSchema as count } from '../../../../shared/domain/amounts';
import { optional } from '../tolerant';

/** The usage of a picture response, https://platform.openai.com/docs/api-reference/images/object, or of a text response. */
export const usageSchema = optional(
  z.object({
    input_tokens: count,
    output_tokens: count,
    input_tokens_details: optional(z.object({ image_tokens: count })),
    prompt_tokens: count,
    completion_tokens: count,
  }),
);
export type Usage = z.infer<typeof usageSchema>;

/** Micro-dollars per token. `imageInput`: for reference pictures. */
type TokenPrices = { input: number; imageInput: number; output: number };

/** As listed at https://openai.com/api/pricing in October 2026. */
const prices: Readonly<Record<string, TokenPrices>> = {
  'gpt-image-1': { input: 5, imageInput: 10, output: 40 },
  'gpt-5-mini': { input: 0.25, imageInput: 0.25, output: 2 },
};

/** Returns micro-dollars, rounded up; null if the price or the usage is unknown. */
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
