// Any OpenAI-compatible service, by its address: pictures, edits, and a chat that asks for pictures.
import type { APIError, OpenAI } from 'openai';
import { z } from 'zod';
import { isPrivateHost } from '../../../../shared/domain/addresses';
import { providers } from '../../../../shared/domain/model-catalogue';
import { priceOf } from '../../../../shared/domain/model-lookup';
import type { OfferedModel } from '../../../../shared/domain/models';
import { aboutAnswer, explainBreak, failed, mayConnectLater } from '../failures';
import {
  converse,
  type ExchangeTiming,
  fitsHeader,
  type Hands,
  isRefusal,
  newConnection,
  stoppedBefore,
  watchedFetch,
} from '../http/with-retries';
import type { Provider, ProviderContext, ProviderFailure } from '../service';
import { costOfUsage } from './cost';
import { explainStatus } from './failures';
import { askForPicture, readPicture, readReferences } from './pictures';
import { askForReply, guessUsage, nothingHeard, readReply } from './reply';

const openaiAddress = 'https://api.openai.com/v1';

/** The service as it is configured for a job. */
type Service = { apiKey: string | null; baseUrl: string; isPrivate: boolean };

/** @returns a provider that makes each picture with one request, and sends it again only where it cost nothing. */
export function createOpenaiProvider(timing: ExchangeTiming): Provider {
  return {
    id: 'openai',

    async makePicture(job, context) {
      const service = serviceOf(context);
      if (!('baseUrl' in service)) return service;
      const references = await readReferences(job, context);
      if (!references.ok) return references;
      const priceMicroUsd = priceOf(job.model, job.params);
      const about = { model: job.model, makes: 'picture', mayCost: () => priceMicroUsd ?? 0 } as const;
      const { isPrivate } = service;
      const made = await ask(timing, context, service, about, async (client, hands) =>
        readPicture(
          await askForPicture(client, job, references.files, hands),
          { model: job.model, priceMicroUsd, isPrivate },
          hands,
        ),
      );
      return made.ok ? made.value : made;
    },

    async reply(job, context) {
      const service = serviceOf(context);
      if (!('baseUrl' in service)) return service;
      const model = job.model ?? providers.openai.defaultTextModel ?? '';
      const heard = nothingHeard();
      // Zero where nobody knows the price: something may have been charged all the same.
      const mayCost = () => costOfUsage(model, heard.usage ?? guessUsage(job, heard)) ?? 0;
      const about = { model, makes: 'answer', mayCost } as const;
      const done = await ask(timing, context, service, about, async (client, hands) => {
        await askForReply(client, job, model, heard, hands, context.onText);
        if (!hands.exchange.answeredJson) throw new TypeError('A page instead of a stream.');
      });
      return done.ok ? readReply(heard, { job, model }, mayCost()) : done;
    },

    async listModels(context) {
      const found = await list(timing, context);
      if (!found.ok) return { ok: false, code: found.code, message: found.message };
      const models = found.value.flatMap(({ id }): OfferedModel[] => {
        const makes = madeBy(id);
        return makes === undefined ? [] : [{ id, label: id.slice(0, 80), makes }];
      });
      return { ok: true, models };
    },

    async check(context) {
      const found = await list(timing, context);
      if (!found.ok) return { ok: false, code: found.code, message: found.message };
      const key = context.configuration.openai.apiKey
        ? 'The service accepts this API key.'
        : 'The service answers.';
      const count = found.value.length;
      return { ok: true, message: `${key} It offers ${count === 1 ? '1 model' : `${count} models`}.` };
    },
  };
}

/** A picture takes up to two minutes: https://platform.openai.com/docs/guides/image-generation#limitations */
export const openai: Provider = createOpenaiProvider({
  timeoutMs: 240_000,
  retryDelayMs: () => 500 + Math.random() * 1500,
});

function serviceOf({ configuration }: ProviderContext): Service | ProviderFailure {
  const { apiKey, baseUrl: configured } = configuration.openai;
  const baseUrl = (configured ?? openaiAddress).replace(/\/+$/, '');
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    return failed(
      'bad_answer',
      null,
      'The address of the service is not one. Use one such as https://api.openai.com/v1.',
    );
  }
  const isPrivate = isPrivateHost(url.hostname);
  if (!apiKey && !isPrivate) {
    return failed(
      'key_missing',
      null,
      'There is no API key for this service. Add one in Settings, or choose another provider.',
    );
  }
  if (apiKey && !fitsHeader(apiKey)) {
    return failed(
      'key_rejected',
      null,
      'That is not an API key that can be sent. Check the key, then try again.',
    );
  }
  return { apiKey, baseUrl, isPrivate };
}

type About = { model: string | null; makes: 'picture' | 'answer' | 'list'; mayCost: () => number | null };

async function ask<Value>(
  timing: ExchangeTiming,
  context: ProviderContext,
  service: Service,
  { model, makes, mayCost }: About,
  call: (client: OpenAI, hands: Hands) => Promise<Value>,
): Promise<{ ok: true; value: Value } | ProviderFailure> {
  // Loaded at the first use: the offline painter has no need of it.
  const sdk = await import('openai');
  const inWords = (one: ProviderFailure) => (makes === 'picture' ? one : aboutAnswer(one));
  const { apiKey } = service;
  return converse(
    timing,
    {
      signal: context.signal,
      onCancel: ({ sent }) => (sent ? inWords(failed('cancelled_late', mayCost())) : stoppedBefore(makes)),
      onTimeout: ({ sent }) =>
        sent && makes !== 'list'
          ? inWords(failed('timed_out', mayCost()))
          : failed(
              'unreachable',
              null,
              'The service did not answer in time. Check its address and the connection, then try again.',
            ),
      explain: (error, exchange) => {
        if (error instanceof sdk.APIError && exchange.status !== null) {
          // An error that came within a stream: something may have been made before it.
          if (!isRefusal(exchange)) return inWords(late(error, mayCost()));
          return inWords(explainStatus(exchange, error, { model, apiKey }));
        }
        return inWords(explainBreak(causeOf(error, sdk.APIConnectionError), exchange, mayCost()));
      },
      mayAskAgain: (_failure, { status }, error) =>
        status === 503 || (status === null && mayConnectLater(causeOf(error, sdk.APIConnectionError))),
    },
    (hands) => call(connect(sdk.OpenAI, service, hands), hands),
  );
}

/** The SDK wraps what its fetch threw. */
function causeOf(error: unknown, Wrapper: typeof import('openai').APIConnectionError): unknown {
  return error instanceof Wrapper ? error.cause : error;
}

function late(error: APIError, mayCost: number | null): ProviderFailure {
  const isRule = /content_filter|policy|moderation/.test(`${error.code} ${error.type}`);
  return failed(isRule ? 'refused' : 'provider_unavailable', mayCost);
}

/** Everything that the SDK would otherwise take from the environment is said outright. */
function connect(Client: typeof OpenAI, { apiKey, baseUrl }: Service, { exchange }: Hands): OpenAI {
  return new Client({
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: baseUrl,
    maxRetries: 0,
    logLevel: 'off',
    fetch: watchedFetch(exchange),
    defaultHeaders: {
      ...newConnection,
      ...(!apiKey && { Authorization: null }),
    },
  });
}

/** Somebody waits for it, in front of a form. */
const maxListMs = 20_000;

/** https://platform.openai.com/docs/api-reference/models/list */
const listSchema = z.object({ data: z.array(z.object({ id: z.string().min(1) })) });

async function list(timing: ExchangeTiming, context: ProviderContext) {
  const service = serviceOf(context);
  if (!('baseUrl' in service)) return service;
  const about = { model: null, makes: 'list', mayCost: () => null } as const;
  const quick = { ...timing, timeoutMs: Math.min(timing.timeoutMs, maxListMs) };
  return ask(quick, context, service, about, async (client, { signal }) => {
    const answer: unknown = await client.get('/models', { signal });
    return listSchema.parse(answer).data.slice(0, 1000);
  });
}

const otherTrades =
  /embed|whisper|tts|audio|realtime|transcribe|moderation|rerank|sora|davinci|babbage|search|codex|computer-use/i;
const picturesByName =
  /image|dall-e|flux|stable-diffusion|sdxl|(^|[/-])sd[0-9x-]|imagen|recraft|ideogram|seedream|kolors|qwen-image/i;

/** The list says nothing but names. Of OpenAI's own they tell it all; of others nobody knows. */
function madeBy(id: string): OfferedModel['makes'] | undefined {
  if (otherTrades.test(id)) return undefined;
  if (picturesByName.test(id)) return 'pictures';
  return /^(gpt-|chatgpt-|o[1-9])/.test(id) ? 'text' : null;
}
