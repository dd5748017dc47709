// The schema of Google's responses, shared by the picture models and the text models.
import { z } from 'zod';
import { tokenCountSchema as count } from '../../../../shared/domain/amounts';
import type { TokenUsage } from '../../../../shared/domain/token-prices';
import { optional, optionalList, optionalText } from '../tolerant';

/** https://ai.google.dev/api/generate-content#UsageMetadata */
const usageSchema = optional(
  z.object({
    promptTokenCount: count,
    candidatesTokenCount: count,
    thoughtsTokenCount: count,
    candidatesTokensDetails: optionalList(z.object({ modality: optionalText, tokenCount: count })),
  }),
);

/**
 * Returns the schema of a response, or of a chunk of it, with the fields used here. The SDK drops `finishMessage`:
 * https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse
 */
export function responseSchemaOf<Part extends z.ZodType>(partSchema: Part) {
  return z.object({
    candidates: optionalList(
      z.object({
        content: optional(z.object({ parts: optionalList(partSchema) })),
        finishReason: optionalText,
      }),
    ),
    promptFeedback: optional(z.object({ blockReason: optionalText })),
    usageMetadata: usageSchema,
  });
}

/** Returns the tokens as Google bills them: thoughts count as text, pictures separately. */
export function readUsage(usage: z.infer<typeof usageSchema>): TokenUsage {
  const pictures = (usage?.candidatesTokensDetails ?? [])
    .filter(({ modality }) => modality === 'IMAGE')
    .reduce((sum, { tokenCount }) => sum + (tokenCount ?? 0), 0);
  const text = Math.max(0, (usage?.candidatesTokenCount ?? 0) - pictures);
  return { input: usage?.promptTokenCount ?? 0, output: text + (usage?.thoughtsTokenCount ?? 0), pictures };
}
