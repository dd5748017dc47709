// Google's Gemini API: asks for one picture, and says in plain words why none came.
import { z } from 'zod';
import { findModel, priceOf } from '../../../shared/models';
import { type Exchange, explainBreak, explainStatus, failed } from './google-failures';
import type { MadePicture, Provider, ProviderFailure } from './provider';

/** Given outright, so that the SDK does not look for an address in the environment. */
const googleAddress = 'https://generativelanguage.googleapis.com';

/** The SDK's own default is v1; Google documents pictures under this one, and the environment has no say. */
const apiVersion = 'v1beta';

/**
 * @param timeoutMs how long a request may take from its start to the last byte, in milliseconds. Google stops
 * neither its work nor its charge when the client gives up.
 * @returns a provider that makes each picture with exactly one request: nothing is sent again by itself.
 */
export function createGoogleProvider({ timeoutMs }: { timeoutMs: number }): Provider {
  return {
    id: 'google',

    async makePicture(job, context) {
      const { apiKey, baseUrl } = context.configuration.google;
      const model = findModel(job.model);
      if (!apiKey) return failed('key_missing', null);
      if (!canBeSent(apiKey)) return failed('key_rejected', null);
      if (model?.provider !== 'google') return failed('model_gone', null);
      const price = priceOf(model.id, job.params.resolution) ?? 0;

      // Loaded at the first use: 20 MB and 60 ms that the offline painter has no need of.
      const { ApiError, GoogleGenAI } = await import('@google/genai');
      if (context.signal.aborted) {
        return failed(
          'cancelled',
          null,
          'You stopped this picture before it was asked for. It costs nothing.',
        );
      }

      // Not AbortSignal.any and .timeout: Node 20 may collect those before they fire, and the SDK drops the
      // reason of an abort, so that only our own note tells a time-out from a cancel.
      const giveUp = new AbortController();
      let timedOut = false;
      const timer = setTimeout(() => {
        timedOut = true;
        giveUp.abort();
      }, timeoutMs);
      const onCancel = () => giveUp.abort();
      context.signal.addEventListener('abort', onCancel);

      const exchange: Exchange = { sent: false, status: null, answeredJson: false };
      try {
        const client = new GoogleGenAI({
          apiKey,
          vertexai: false,
          apiVersion,
          httpOptions: {
            baseUrl: baseUrl ?? googleAddress,
            // A kept connection may have died since, in a laptop's sleep say, and a request lost on it looks as
            // if it might have been charged. Beside the seconds that a picture takes, a new one costs nothing.
            headers: { Connection: 'close' },
            fetch: watchedFetch(exchange),
          },
        });
        const answer = await client.models.generateContent({
          model: model.id,
          contents: job.prompt,
          config: {
            responseModalities: ['IMAGE'],
            imageConfig: { aspectRatio: job.params.aspectRatio, imageSize: '1K' },
            // Else the SDK asks again, for money, as long as an answer carries a continuation token.
            automaticContinuation: false,
            abortSignal: giveUp.signal,
          },
        });
        return readAnswer(answer, price);
      } catch (error) {
        if (!exchange.sent) throw error;
        if (exchange.status !== null && (exchange.status < 200 || exchange.status > 299)) {
          return explainStatus(exchange.status, error instanceof ApiError ? error.message : '');
        }
        if (context.signal.aborted) return failed('cancelled_late', price);
        if (timedOut) return failed('timed_out', price);
        return explainBreak(error, exchange, price);
      } finally {
        clearTimeout(timer);
        context.signal.removeEventListener('abort', onCancel);
      }
    },

    async reply() {
      const text =
        'With Google, this version makes pictures but does not talk yet. Ask me for one, such as ' +
        '“generate an image of a lighthouse at dusk”.';
      return { ok: true, text, pictures: [], costMicroUsd: 0 };
    },
  };
}

/** A request takes 15 to 40 s as a rule; see the model's page. */
export const google: Provider = createGoogleProvider({ timeoutMs: 120_000 });

/** What does not fit into a header makes `Headers` throw with the value, hence the key, in its message. */
function canBeSent(apiKey: string): boolean {
  // Tokens of the live API: the SDK refuses to send them anywhere else.
  return /^[\x21-\x7e]+$/.test(apiKey) && !apiKey.startsWith('auth_tokens/');
}

/** @returns a fetch that notes how far the exchange came. */
function watchedFetch(exchange: Exchange): typeof fetch {
  return async (input, init) => {
    exchange.sent = true;
    // A redirect is not followed: the header with the key would go with it, to wherever it points.
    const response = await fetch(input, { ...init, redirect: 'manual' });
    exchange.status = response.status;
    exchange.answeredJson = response.headers.get('content-type')?.includes('json') ?? false;
    return response;
  };
}

const partSchema = z.object({
  thought: z.boolean().nullish(),
  inlineData: z.object({ mimeType: z.string().nullish(), data: z.string().nullish() }).nullish(),
});

/** As far as it is read here: https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse */
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
  usageMetadata: z
    .object({
      candidatesTokensDetails: z
        .array(z.object({ modality: z.string().nullish(), tokenCount: z.number().nullish() }))
        .nullish(),
    })
    .nullish(),
});
type Answer = z.infer<typeof answerSchema>;

/** Reasons that are the provider's rules. Any other, without a picture, is a mishap worth another try. */
const refusals: ReadonlySet<string> = new Set([
  'SAFETY',
  'RECITATION',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
  'IMAGE_SAFETY',
  'IMAGE_PROHIBITED_CONTENT',
  'IMAGE_RECITATION',
]);

function readAnswer(foreign: unknown, priceMicroUsd: number): MadePicture | ProviderFailure {
  const parsed = answerSchema.safeParse(foreign);
  if (!parsed.success) return failed('bad_answer', priceMicroUsd);
  const answer = parsed.data;
  // Valid JSON with none of an answer's fields: another service lives at this address.
  if (!answer.candidates && !answer.promptFeedback && !answer.usageMetadata)
    return failed('bad_answer', null);

  const candidate = answer.candidates?.[0];
  const bytes = lastPicture(candidate?.content?.parts ?? []);
  if (bytes !== null) return { ok: true, bytes, costMicroUsd: priceMicroUsd };

  if (answer.promptFeedback?.blockReason) return failed('refused', null);
  const cost = countsPicture(answer) ? priceMicroUsd : null;
  return failed(refusals.has(candidate?.finishReason ?? '') ? 'refused' : 'no_picture', cost);
}

/** Thoughts may hold pictures of the way there; the last of the others is the result. */
function lastPicture(parts: readonly z.infer<typeof partSchema>[]): Uint8Array | null {
  for (const { thought, inlineData } of parts.toReversed()) {
    if (thought || !inlineData?.data) continue;
    if (inlineData.mimeType && !inlineData.mimeType.startsWith('image/')) continue;
    const bytes = Buffer.from(inlineData.data, 'base64');
    if (bytes.length > 0) return bytes;
  }
  return null;
}

/** A picture that was made and then withheld is counted, and charged, as tokens of a picture. */
function countsPicture(answer: Answer): boolean {
  const counts = answer.usageMetadata?.candidatesTokensDetails ?? [];
  return counts.some((count) => count.modality === 'IMAGE' && (count.tokenCount ?? 0) > 0);
}
