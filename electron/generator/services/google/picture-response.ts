// Reads the response of Google's picture models: the picture, or the reason why there is none.

import { z } from 'zod';
import { priceOf } from '../../../../shared/domain/model-lookup';
import type { PictureParams } from '../../../../shared/domain/models';
import type { ServiceId } from '../../../../shared/domain/services';
import { costOfTokens } from '../../../../shared/domain/token-prices';
import { sentence } from '../../../../shared/languages/sentence';
import { failed } from '../failures';
import { withQuote } from '../safe-quote';
import type { FurtherPicture, MadePicture, ServiceFailure } from '../service';
import { optional, optionalText } from '../tolerant';
import { emptyResponse, explainBlockReason, explainFinishReason, type Reason } from './block-reasons';
import { readUsage, responseSchemaOf } from './response';

const partSchema = z.object({
  text: optionalText,
  thought: optional(z.boolean()),
  thoughtSignature: optionalText,
  inlineData: optional(z.object({ mimeType: optionalText, data: optionalText })),
});
type Part = z.infer<typeof partSchema>;

const responseSchema = responseSchemaOf(partSchema);
type PictureResponse = z.infer<typeof responseSchema>;

export type PictureResponseContext = {
  service: ServiceId;
  model: string;
  params: PictureParams;
  apiKey: string | null;
  /** Milliseconds since 1970. */
  now: number;
  /** Decodes base64. */
  bytesOf: (data: string) => Uint8Array;
  /** Receives an intermediate picture. */
  onInterim: (bytes: Uint8Array) => void;
};

/**
 * Returns the picture or a failure. Its cost comes from the reported usage if the model is billed by tokens,
 * otherwise from the price of one picture.
 */
export function readPictureResponse(
  received: unknown,
  context: PictureResponseContext,
): MadePicture | ServiceFailure {
  const price = priceOf(context.service, context.model, context.params);
  const parsed = responseSchema.safeParse(received);
  if (!parsed.success) return failed('bad_answer', price ?? 0);
  const response = parsed.data;
  if (!response.candidates && !response.promptFeedback && !response.usageMetadata) {
    // Valid JSON without any of the expected fields comes from another service at this address.
    return failed('bad_answer', hasAnyOf(received, Object.keys(response)) ? (price ?? 0) : null);
  }

  const candidate = response.candidates?.[0];
  const parts = candidate?.content?.parts ?? [];
  const interim = picturesOf(
    parts.filter(({ thought }) => thought),
    context.bytesOf,
  ).at(-1);
  if (interim) context.onInterim(interim.bytes);

  const usage = readUsage(response.usageMetadata);
  const shown = parts.filter(({ thought }) => !thought);
  const [first, ...further] = picturesOf(shown, context.bytesOf);
  if (first) {
    const tokenCost = usage.pictures > 0 ? costOfTokens(context.model, usage, context.now) : null;
    const words = textOf(shown).trim();
    return {
      ok: true,
      ...first,
      // Each picture of an answer is charged.
      costMicroUsd: tokenCost ?? (price === null ? null : price * (1 + further.length)),
      ...(further.length > 0 && { further }),
      ...(words !== '' && { words }),
    };
  }

  const { code, precise, text } = explainMissingPicture(response, parts);
  // Google counts and charges a picture that was made and then withheld, but not one that was blocked before.
  const isCharged = usage.pictures > 0 || usage.output > 0;
  const cost = costOfTokens(context.model, usage, context.now) ?? (usage.pictures > 0 ? (price ?? 0) : null);
  const charged = isCharged ? cost : null;
  if (text.trim() === '') return failed(code, charged, precise);
  return failed(code, charged, withQuote(precise ?? sentence(`errors.${code}`), text, [context.apiKey]));
}

/** Explains why there is no picture. `text`: the model's text in place of a picture. */
function explainMissingPicture(response: PictureResponse, parts: readonly Part[]): Reason & { text: string } {
  const blockReason = response.promptFeedback?.blockReason;
  if (blockReason) return { ...explainBlockReason(blockReason), text: '' };
  const candidate = response.candidates?.[0];
  if (!candidate) return { ...emptyResponse, text: '' };
  const reason = explainFinishReason(candidate.finishReason ?? '');
  const text = textOf(parts.filter(({ thought }) => !thought));
  // With a refusal, the reason says more than the model's own text.
  if (reason.code === 'no_picture' && text.trim() !== '') return { code: 'answered_with_words', text };
  return { ...reason, text: '' };
}

function hasAnyOf(received: unknown, keys: readonly string[]): boolean {
  return Object.entries(Object(received)).some(
    ([key, value]) => keys.includes(key) && value !== undefined && value !== null,
  );
}

function textOf(parts: readonly Part[]): string {
  return parts.map(({ text }) => text ?? '').join('');
}

/**
 * Returns the pictures of an answer in order, each with the signature that the model expects for an edit. If there
 * are none, returns other data, which was paid for and may only have a wrong media type.
 */
function picturesOf(parts: readonly Part[], bytesOf: PictureResponseContext['bytesOf']): FurtherPicture[] {
  const received = parts.flatMap(({ inlineData, thoughtSignature }): FurtherPicture[] => {
    const bytes = bytesOf(inlineData?.data ?? '');
    const mimeType = inlineData?.mimeType ?? null;
    const signature = thoughtSignature ? { signature: thoughtSignature } : {};
    return bytes.length > 0 ? [{ bytes, mimeType, ...signature }] : [];
  });
  const pictures = received.filter(({ mimeType }) => mimeType?.startsWith('image/') ?? true);
  return pictures.length > 0 ? pictures : received.slice(0, 1);
}
