// The cost of OpenAI's models, based on the tokens that a response reports.
import { z } from 'zod';
import { tokenCountSchema as count } from '../../../../shared/domain/amounts';
import { serviceOf } from '../../../../shared/domain/service-directory';
import type { ServiceKind } from '../../../../shared/domain/service-kinds';
import { reportedCost, reportedCostSchema } from '../dollars';
import type { ServiceContext } from '../service';
import { optional } from '../tolerant';

/**
 * The usage in a picture response (https://platform.openai.com/docs/api-reference/images/object) or in a text
 * response.
 */
export const usageSchema = optional(
  z.object({
    input_tokens: count,
    output_tokens: count,
    input_tokens_details: optional(z.object({ image_tokens: count })),
    prompt_tokens: count,
    completion_tokens: count,
    ...reportedCostSchema.shape,
  }),
);
export type Usage = z.infer<typeof usageSchema>;

/** Micro-dollars per token. `imageInput`: for reference pictures. */
type TokenPrices = { input: number; imageInput: number; output: number };

/** As listed at https://openai.com/api/pricing in November 2026. A snapshot costs as much as its model. */
const prices: readonly [RegExp, TokenPrices][] = [
  [/^gpt-image-2(\.\d+)?(-|$)/, { input: 5, imageInput: 8, output: 30 }],
  [/^gpt-image-1(-\d{4}|$)/, { input: 5, imageInput: 10, output: 40 }],
  [/^gpt-5\.5(-\d{4}|$)/, { input: 5, imageInput: 5, output: 30 }],
  [/^gpt-5\.4(-\d{4}|$)/, { input: 2.5, imageInput: 2.5, output: 15 }],
  [/^gpt-5\.4-mini(-\d{4}|$)/, { input: 0.75, imageInput: 0.75, output: 4.5 }],
  [/^gpt-5\.4-nano(-\d{4}|$)/, { input: 0.2, imageInput: 0.2, output: 1.25 }],
  [/^gpt-5-mini(-\d{4}|$)/, { input: 0.25, imageInput: 0.25, output: 2 }],
];

/**
 * Returns micro-dollars, rounded up: the cost that the answer reports, otherwise the cost of its tokens. Null if
 * the price or the usage is unknown.
 *
 * @param kind the prices apply to OpenAI only, because another service may give its models any name.
 */
export function costOfUsage(kind: ServiceKind, model: string, usage: Usage): number | null {
  const reported = usage ? reportedCost(usage) : null;
  if (reported !== null || kind !== 'openai') return reported;
  const price = prices.find(([pattern]) => pattern.test(model))?.[1];
  const input = usage?.input_tokens ?? usage?.prompt_tokens;
  const output = usage?.output_tokens ?? usage?.completion_tokens;
  if (price === undefined || typeof input !== 'number' || typeof output !== 'number') return null;
  const imageInput = Math.min(input, usage?.input_tokens_details?.image_tokens ?? 0);
  return Math.ceil(
    (input - imageInput) * price.input + imageInput * price.imageInput + output * price.output,
  );
}

/** Returns the cost of an answer in micro-dollars. Always zero for a server on this computer or its network. */
export function costOfAnswer(context: ServiceContext, model: string, usage: Usage): number | null {
  return isFree(context) ? 0 : costOfUsage(context.service.kind, model, usage);
}

/** Returns whether a service is free. */
export function isFree({ service: { id } }: ServiceContext): boolean {
  return serviceOf(id).free;
}
