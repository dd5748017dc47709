// Reads what Google's picture models answer: the picture, or why there is none.
import { z } from 'zod';
import { priceOf } from '../../../../shared/domain/model-lookup';
import type { PictureParams } from '../../../../shared/domain/models';
import { costOfTokens, type TokenUsage } from '../../../../shared/domain/token-prices';
import { failed } from '../failures';
import { safeQuote } from '../http/safe-quote';
import type { MadePicture, ServiceFailure } from '../service';
import { emptyResponse, explainBlockReason, explainFinishReason, type Reason } from './block-reasons';

const partSchema = z.object({
  text: z.string().nullish(),
  thought: z.boolean().nullish(),
  thoughtSignature: z.string().nullish(),
  inlineData: z.object({ mimeType: z.string().nullish(), data: z.string().nullish() }).nullish(),
});
type Part = z.infer<typeof partSchema>;

const count = z.number().nonnegative().nullish().catch(null);

/** https://ai.google.dev/api/generate-content#UsageMetadata */
export const usageSchema = z
  .object({
    promptTokenCount: count,
    candidatesTokenCount: count,
    thoughtsTokenCount: count,
    candidatesTokensDetails: z
      .array(z.object({ modality: z.string().nullish(), tokenCount: count }))
      .nullish(),
  })
  .nullish();

/** As far as it is read here; of `finishMessage` the SDK keeps nothing: https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse */
const answerSchema = z.object({
  candidates: z
    .array(
      z.object({
        content: z.object({ parts: z.array(partSchema).nullish() }).nullish(),
        finishReason: z.string().nullish(),
      }),
    )
    .nullish(),
  promptFeedback: z.object({ blockReason: z.string().nullish() }).nullish(),
  usageMetadata: usageSchema,
});
type Answer = z.infer<typeof answerSchema>;

/** @returns tokens as they are billed: thoughts as words, pictures by themselves. */
export function readUsage(usage: z.infer<typeof usageSchema>): TokenUsage {
  const pictures = (usage?.candidatesTokensDetails ?? [])
    .filter(({ modality }) => modality === 'IMAGE')
    .reduce((sum, { tokenCount }) => sum + (tokenCount ?? 0), 0);
  const words = Math.max(0, (usage?.candidatesTokenCount ?? 0) - pictures);
  return { input: usage?.promptTokenCount ?? 0, output: words + (usage?.thoughtsTokenCount ?? 0), pictures };
}

export type PictureResponseContext = {
  model: string;
  params: PictureParams;
  apiKey: string | null;
  /** Milliseconds since 1970. */
  now: number;
  /** Takes a picture of the way there. */
  onInterim: (bytes: Uint8Array) => void;
};

/** The cost is what the answer says was used, where the model is billed by tokens; else the price of one picture. */
export function readPictureResponse(
  foreign: unknown,
  context: PictureResponseContext,
): MadePicture | ServiceFailure {
  const price = priceOf(context.model, context.params);
  const parsed = answerSchema.safeParse(foreign);
  if (!parsed.success) return failed('bad_answer', price ?? 0);
  const answer = parsed.data;
  // Valid JSON with none of an answer's fields: another service lives at this address.
  if (!answer.candidates && !answer.promptFeedback && !answer.usageMetadata)
    return failed('bad_answer', null);

  const candidate = answer.candidates?.[0];
  const parts = candidate?.content?.parts ?? [];
  const interim = lastPicture(parts.filter(({ thought }) => thought));
  if (interim) context.onInterim(interim.bytes);

  const usage = readUsage(answer.usageMetadata);
  const picture = lastPicture(parts.filter(({ thought }) => !thought));
  if (picture) {
    const counted = usage.pictures > 0 ? costOfTokens(context.model, usage, context.now) : null;
    const { bytes, signature } = picture;
    return { ok: true, bytes, costMicroUsd: counted ?? price, ...(signature && { signature }) };
  }

  const { code, message, words } = explainMissingPicture(answer, parts);
  // What was made and then withheld is counted, and charged, all the same; what was stopped before is not.
  const isCharged = usage.pictures > 0 || usage.output > 0;
  const used = costOfTokens(context.model, usage, context.now) ?? (usage.pictures > 0 ? (price ?? 0) : null);
  const sentence = failed(code, isCharged ? used : null, message);
  return { ...sentence, message: sentence.message + safeQuote(words, [context.apiKey]) };
}

function explainMissingPicture(answer: Answer, parts: readonly Part[]): Reason & { words: string } {
  const blockReason = answer.promptFeedback?.blockReason;
  if (blockReason) return { ...explainBlockReason(blockReason), words: '' };
  const candidate = answer.candidates?.[0];
  if (!candidate) return { ...emptyResponse, words: '' };
  const reason = explainFinishReason(candidate.finishReason ?? '');
  const words = parts.map(({ text, thought }) => (thought ? '' : (text ?? ''))).join('');
  // Only where nothing else is known: with a refusal the model's words are its excuse.
  if (reason.code === 'no_picture' && words.trim() !== '') return { code: 'answered_with_words', words };
  return { ...reason, words: '' };
}

/** @returns the last part that holds one, with what the model wants to see again when it is edited. */
function lastPicture(parts: readonly Part[]): { bytes: Uint8Array; signature: string | null } | null {
  for (const { inlineData, thoughtSignature } of parts.toReversed()) {
    if (!inlineData?.data) continue;
    if (inlineData.mimeType && !inlineData.mimeType.startsWith('image/')) continue;
    const bytes = Buffer.from(inlineData.data, 'base64');
    if (bytes.length > 0) return { bytes, signature: thoughtSignature ?? null };
  }
  return null;
}
