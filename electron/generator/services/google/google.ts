// Google's Gemini API: pictures, edits, and a chat that asks for pictures.
import type { Content } from '@google/genai';
import { providers } from '../../../../shared/domain/model-catalogue';
import { findModel, priceOf } from '../../../../shared/domain/model-lookup';
import type { PictureParams, PictureResolution } from '../../../../shared/domain/models';
import type { Provider, ProviderContext } from '../service';
import { readPictureAnswer } from './answer';
import {
  cannotName,
  cannotUse,
  defaultOptions,
  type ExchangeOptions,
  exchangeWith,
  type Hands,
} from './exchange';
import { listModelsWith, madeByGoogle, tryKey, withoutCost } from './models';
import { replyWith } from './reply';
import { turnsOf } from './turns';

/** Given outright, so that the SDK does not look for an address in the environment. */
const googleAddress = 'https://generativelanguage.googleapis.com';

/** The SDK's own default is v1; Google documents pictures under this one, and the environment has no say. */
const apiVersion = 'v1beta';

/** @returns a provider that makes each picture with one request, and sends it again only where it cost nothing. */
export function createGoogleProvider(options: ExchangeOptions): Provider {
  return {
    id: 'google',

    async makePicture(job, context) {
      const problem = cannotUse(context.configuration.google.apiKey) ?? cannotName(job.model);
      if (problem) return problem;
      const turns = await turnsOf(job, context);
      if (!turns.ok) return turns;

      const { model, params } = job;
      const price = priceOf(model, params) ?? 0;
      const ask = { signal: context.signal, makes: 'picture', model, mayCost: () => price } as const;
      const made = await exchangeWith(options, ask, async (hands) => {
        const generate = (contents: Content[]) =>
          connect(hands, context).models.generateContent({
            model,
            contents,
            config: {
              responseModalities: ['IMAGE'],
              imageConfig: { aspectRatio: params.aspectRatio, ...sizeOf(model, params) },
              // Else the SDK asks again, for money, as long as an answer carries a continuation token.
              automaticContinuation: false,
              abortSignal: hands.signal,
            },
          });
        try {
          return await generate(turns.contents);
        } catch (error) {
          if (!turns.atOnce || hands.exchange.status !== 400 || !isAboutSignature(error)) throw error;
          return await generate(turns.atOnce);
        }
      });
      if (!made.ok) return made;
      const { apiKey } = context.configuration.google;
      const onInterim = (bytes: Uint8Array) => context.onProgress(null, bytes);
      return readPictureAnswer(made.value, { model, params, apiKey, now: options.clock.now(), onInterim });
    },

    async reply(job, context) {
      const model = job.model ?? providers.google.defaultTextModel ?? '';
      const problem = cannotUse(context.configuration.google.apiKey) ?? cannotName(model);
      if (problem) return problem;
      return replyWith(options, { job, model, context, connect: (hands) => connect(hands, context) });
    },

    async listModels(context) {
      const problem = cannotUse(context.configuration.google.apiKey);
      return problem ? withoutCost(problem) : listModelsWith(options, listAsk(context));
    },

    async check(context) {
      const problem =
        cannotUse(context.configuration.google.apiKey) ?? (await tryKey(options, listAsk(context)));
      if (problem) return withoutCost(problem);
      return { ok: true, message: 'Google accepts this API key.' };
    },
  };
}

export const google: Provider = createGoogleProvider(defaultOptions);

function connect({ sdk, httpOptions }: Hands, { configuration }: ProviderContext) {
  const { apiKey, baseUrl } = configuration.google;
  return new sdk.GoogleGenAI({
    apiKey: apiKey ?? '',
    vertexai: false,
    apiVersion,
    httpOptions: { ...httpOptions, baseUrl: baseUrl ?? googleAddress },
  });
}

function listAsk(context: ProviderContext) {
  return { context, makes: madeByGoogle, connect: (hands: Hands) => connect(hands, context) };
}

/** The picture is another model's, or its signature has gone stale; what is refused so costs nothing. */
function isAboutSignature(error: unknown): boolean {
  return error instanceof Error && /thought[_ ]?signature/i.test(error.message);
}

/** Models of one size take no size; one that is not known here is given what the user chose. */
function sizeOf(modelId: string, { resolution }: PictureParams): { imageSize?: PictureResolution } {
  const offered = findModel(modelId)?.prices;
  if (offered === undefined) return resolution ? { imageSize: resolution } : {};
  if (Object.keys(offered).length < 2) return {};
  return { imageSize: resolution && resolution in offered ? resolution : '1K' };
}
