// Reads the response of Google's picture models: the picture, or why there is none.
import { z } from 'zod';
import { priceOf } from '../../../../shared/domain/model-lookup';
import type { PictureParams } from '../../../../shared/domain/models';
import { costOfTokens } from '../../../../shared/domain/token-prices';
import { failed } from '../failures';
import { safeQuote } from '../http/safe-quote';
import type { MadePicture, ServiceFailure } from '../service';
import { emptyResponse, explainBlockReason, explainFinishReason, type Reason } from './block-reasons';
import { readUsage, responseSchemaOf } from './response';

const partSchema = z.object({
  text: z.string().nullish(),
  thought: z.boolean().nullish(),
  thoughtSignature: z.string().nullish(),
  inlineData: z.object({ mimeType: z.string().nullish(), data: z.string().nullish() }).nullish(),
});
type Part = z.infer<typeof partSchema>;

const responseSchema = responseSchemaOf(partSchema);
type PictureResponse = z.infer<typeof responseSchema>;

export type PictureResponseContext = {
  model: string;
  params: PictureParams;
  apiKey: string | null;
  /** Milliseconds since 1970. */
  now: number;
  /** Receives an intermediate picture. */
  onInterim: (bytes: Uint8Array) => void;
};

/**
 * Returns the picture. Its cost comes from the reported usage if the model is billed by tokens, otherwise from the price
 * of one picture.
 */
export function readPictureResponse(
  received: unknown,
  context: PictureResponseContext,
): MadePicture | ServiceFailure {
  const price = priceOf(context.model, context.params);
  const parsed = responseSchema.safeParse(received);
  if (!parsed.success) return failed('bad_answer', price ?? 0);
  const response = parsed.data;
  // Valid JSON without any of the expected fields comes from another service at this address.
  if (!response.candidates && !response.promptFeedback && !response.usageMetadata)
    return failed('bad_answer', null);

  const candidate = response.candidates?.[0];
  const parts = candidate?.content?.parts ?? [];
  const interim = lastPicture(parts.filter(({ thought }) => thought));
  if (interim) context.onInterim(interim.bytes);

  const usage = readUsage(response.usageMetadata);
  const picture = lastPicture(parts.filter(({ thought }) => !thought));
  if (picture) {
    const tokenCost = usage.pictures > 0 ? costOfTokens(context.model, usage, context.now) : null;
    const { bytes, signature, mimeType } = picture;
    const costMicroUsd = tokenCost ?? price;
    return { ok: true, bytes, costMicroUsd, mimeType, ...(signature && { signature }) };
  }

  const { code, message, text } = explainMissingPicture(response, parts);
  // Google counts and charges what was made and then withheld, but nothing that was blocked before.
  const isCharged = usage.pictures > 0 || usage.output > 0;
  const cost = costOfTokens(context.model, usage, context.now) ?? (usage.pictures > 0 ? (price ?? 0) : null);
  const failure = failed(code, isCharged ? cost : null, message);
  return { ...failure, message: failure.message + safeQuote(text, [context.apiKey]) };
}

/** `text`: what the model said instead of a picture. */
function explainMissingPicture(response: PictureResponse, parts: readonly Part[]): Reason & { text: string } {
  const blockReason = response.promptFeedback?.blockReason;
  if (blockReason) return { ...explainBlockReason(blockReason), text: '' };
  const candidate = response.candidates?.[0];
  if (!candidate) return { ...emptyResponse, text: '' };
  const reason = explainFinishReason(candidate.finishReason ?? '');
  const text = parts.map((part) => (part.thought ? '' : (part.text ?? ''))).join('');
  // With a refusal, the reason says more than the model's own text.
  if (reason.code === 'no_picture' && text.trim() !== '') return { code: 'answered_with_words', text };
  return { ...reason, text: '' };
}

/** Returns the picture of the last part that has one, and the signature that the model expects back for an edit. */
function lastPicture(
  parts: readonly Part[],
): { bytes: Uint8Array; signature: string | null; mimeType: string | null } | null {
  for (const { inlineData, thoughtSignature } of parts.toReversed()) {
    if (!inlineData?.data) continue;
    if (inlineData.mimeType && !inlineData.mimeType.startsWith('image/')) continue;
    const bytes = Buffer.from(inlineData.data, 'base64');
    if (bytes.length > 0)
      return { bytes, signature: thoughtSignature ?? null, mimeType: inlineData.mimeType ?? null };
  }
  return null;
}
