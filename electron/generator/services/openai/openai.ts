// Any OpenAI-compatible service, by its address: pictures, edits, and chat replies that request pictures.

import type { APIError, OpenAI } from 'openai';
import { z } from 'zod';
import { isPrivateHost } from '../../../../shared/domain/addresses';
import { aboutAnswer, failureLike } from '../../../../shared/domain/errors';
import { priceOf } from '../../../../shared/domain/model-lookup';
import { maxOfferedModels, type OfferedModel } from '../../../../shared/domain/models';
import { needsReferenceByName } from '../../../../shared/domain/reference-limits';
import { serviceOf } from '../../../../shared/domain/service-directory';
import { type ServiceKind, serviceKinds } from '../../../../shared/domain/service-kinds';
import { withoutTrailing } from '../../../../shared/domain/without-trailing';
import { type Sentence, sentence } from '../../../../shared/languages/sentence';
import { textPromptOf } from '../chat-prompt';
import {
  cancelledBeforeSending,
  explainConnectionError,
  failed,
  isRetryableConnectError,
  noConnectionFailure,
} from '../failures';
import { createDetachedStrings } from '../http/detach-base64';
import { closeConnection, isHeaderSafe, trackedFetch } from '../http/tracked-fetch';
import { isErrorStatus, type PictureTools, type RequestTiming, withRetries } from '../http/with-retries';
import { describeCount } from '../name-offered-model';
import { readPictures } from '../read-pictures';
import type { Service, ServiceContext, ServiceFailure } from '../service';
import { entries } from '../tolerant';
import { costOfUsage, type Usage } from './cost';
import { explainStatus } from './failures';
import { readAttachments, readPictureResponse, requestPicture } from './pictures';
import { emptyReply, estimateUsage, readReply, requestReply, takeReplyPictures } from './reply';

type Endpoint = {
  apiKey: string | null;
  baseUrl: string;
  isPrivate: boolean;
  /** Sent with every request; without the key. */
  headers: Readonly<Record<string, string>>;
  /** Azure takes its keys in a header of its own. */
  isAzure: boolean;
};

/** Creates the service. It sends one request for each picture, and retries only if the first cost nothing. */
export function createOpenaiService(timing: RequestTiming): Service {
  return {
    async makePicture(job, context) {
      const endpoint = readEndpoint(context);
      if (!('baseUrl' in endpoint)) return endpoint;
      // Ollama has no edits: https://docs.ollama.com/api/openai-compatibility
      if (context.service.kind === 'ollama' && job.references?.length) return failed('no_references', null);
      const attachments = await readAttachments(job, context);
      if (!attachments.ok) return attachments;
      const priceMicroUsd = priceOf(context.service.id, job.model, job.params);
      const possibleCost = () => (isFree(context) ? null : (priceMicroUsd ?? 0));
      const subject = { model: job.model, makes: 'picture', possibleCost } as const;
      const { isPrivate, baseUrl } = endpoint;
      const warnings: Sentence[] = [];
      // Others take them for unknown parameters, or charge otherwise for them.
      const mayPreview = context.service.kind === 'openai' && !serviceOf(context.service.id).free;
      const onPartial = mayPreview ? (bytes: Uint8Array) => context.onProgress(null, bytes) : null;
      const warn = (warning: Sentence) => void warnings.push(warning);
      const made = await sendRequest(timing, context, endpoint, subject, async (client, tools) =>
        readPictureResponse(
          await requestPicture(client, job, attachments, tools, { warn, onPartial }),
          { costOf: (usage) => costOf(context, job.model, usage), priceMicroUsd, baseUrl, isPrivate },
          tools,
        ),
      );
      if (!made.ok) return made;
      return made.value.ok && warnings.length > 0 ? { ...made.value, warnings } : made.value;
    },

    async reply(job, context) {
      const endpoint = readEndpoint(context);
      if (!('baseUrl' in endpoint)) return endpoint;
      const model = job.model ?? serviceKinds[context.service.kind].defaultTextModel ?? '';
      const read = await readPictures(job.references ?? [], context);
      if (!read.ok) return read;
      const partial = emptyReply();
      // Zero if the price is unknown, because something may have been charged.
      const possibleCost = () =>
        isFree(context) ? null : (costOf(context, model, partial.usage ?? estimateUsage(job, partial)) ?? 0);
      const subject = { model, makes: 'answer', possibleCost } as const;
      const done = await sendRequest(timing, context, endpoint, subject, async (client, tools) => {
        await requestReply(client, textPromptOf(job), read.pictures, model, partial, tools, context.onText);
        if (!tools.exchange.isJsonResponse) throw new TypeError('A page instead of a stream.');
        await takeReplyPictures(partial, endpoint, tools);
      });
      return done.ok
        ? readReply(partial, job, { known: costOf(context, model, partial.usage), possible: possibleCost() })
        : done;
    },

    async listModels(context) {
      const found = await fetchModels(timing, context);
      if (!found.ok) return failureLike(found);
      const today = new Date().toISOString().slice(0, 10);
      const models = found.value.models.flatMap(({ id, shutdown_date: shutsDownOn }): OfferedModel[] => {
        const makes = outputOfModel(id);
        const isGone = typeof shutsDownOn === 'string' && shutsDownOn < today;
        if (makes === undefined || isGone) return [];
        // The list has nothing but names.
        const needsReference = needsReferenceByName(context.service.kind, id);
        return [
          {
            ...{ id, label: id.slice(0, 80), makes },
            ...(shutsDownOn && { shutsDownOn }),
            ...(needsReference && { needsReference }),
          },
        ];
      });
      return { ok: true, models };
    },

    async check(context) {
      const found = await fetchModels(timing, context);
      if (!found.ok) return failureLike(found);
      return { ok: true, says: describeCount(found.value.count, context.service.apiKey !== null) };
    },
  };
}

/** On this computer or its network, nothing costs anything, whatever an answer says. */
function costOf(context: ServiceContext, model: string, usage: Usage): number | null {
  return isFree(context) ? 0 : costOfUsage(context.service.kind, model, usage);
}

function isFree({ service: { id } }: ServiceContext): boolean {
  return serviceOf(id).free;
}

/** Returns the service with the time limit of its kind: a server of the user's own may take as long as an engine. */
export function openaiFor(kind: ServiceKind): Service {
  const { timeLimitMs } = serviceKinds[kind];
  return createOpenaiService({ timeoutMs: timeLimitMs, retryDelayMs: () => 500 + Math.random() * 1500 });
}

/** For the replies of other services that keep to OpenAI's chat API. */
export const openai: Service = openaiFor('openai');

function readEndpoint({ service }: ServiceContext): Endpoint | ServiceFailure {
  const { apiKey, headers, kind, baseUrl: configured } = service;
  const address = withoutTrailing(configured ?? serviceKinds[kind].address ?? '', '/');
  const isAzure = kind === 'azure';
  const baseUrl = isAzure ? azureAddress(address) : address;
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    return failed('bad_answer', null, sentence('services.address_invalid_example'));
  }
  const isPrivate = isPrivateHost(url.hostname);
  if (!apiKey && !isPrivate) {
    return failed('key_missing', null, sentence('services.no_key'));
  }
  if (apiKey && !isHeaderSafe(apiKey)) {
    return failed('key_rejected', null, sentence('services.key_unsendable'));
  }
  return { apiKey, baseUrl, isPrivate, headers, isAzure };
}

/** The portal shows the resource's address without a path: https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle */
function azureAddress(address: string): string {
  return /\/openai\/v1$/.test(address) ? address : `${address.replace(/\/openai$/, '')}/openai/v1`;
}

type RequestSubject = {
  model: string | null;
  makes: 'picture' | 'answer' | 'list';
  possibleCost: () => number | null;
};

async function sendRequest<Value>(
  timing: RequestTiming,
  context: ServiceContext,
  endpoint: Endpoint,
  { model, makes, possibleCost }: RequestSubject,
  call: (client: OpenAI, tools: PictureTools) => Promise<Value>,
): Promise<{ ok: true; value: Value } | ServiceFailure> {
  // Loaded on demand, because the offline painter does not need it.
  const sdk = await import('openai');
  const phrase = (failure: ServiceFailure) => (makes === 'picture' ? failure : aboutAnswer(failure));
  const { apiKey, isPrivate } = endpoint;
  const { kind } = context.service;
  const origin = { model, apiKey, ...(!isPrivate && { kind }) };
  return withRetries(
    timing,
    {
      signal: context.signal,
      onCancel: ({ sent }) => {
        // Nothing that is broken off can have been charged.
        if (isFree(context)) return phrase(failed('cancelled', null));
        return sent ? phrase(failed('cancelled_late', possibleCost())) : cancelledBeforeSending(makes);
      },
      onTimeout: ({ sent }) =>
        sent && makes !== 'list'
          ? phrase(failed('timed_out', possibleCost()))
          : noConnectionFailure('late', context.service),
      explain: (error, exchange) => {
        if (error instanceof sdk.APIError && exchange.status !== null) {
          // The error came within a stream, so something may have been made before.
          if (!isErrorStatus(exchange)) return phrase(explainStreamError(error, possibleCost()));
          return phrase(explainStatus(exchange, error, origin));
        }
        return phrase(
          explainConnectionError(
            causeOf(error, sdk.APIConnectionError),
            exchange,
            possibleCost(),
            context.service,
          ),
        );
      },
      mayRetry: (_failure, { status, left }, error) =>
        status === 503 ||
        (status === null && !left && isRetryableConnectError(causeOf(error, sdk.APIConnectionError))),
    },
    (tools) => {
      const strings = createDetachedStrings(['b64_json']);
      const fetch = trackedFetch(tools.exchange, makes === 'picture' ? { strings } : {});
      return call(connect(sdk.OpenAI, endpoint, fetch), { ...tools, bytesOf: strings.bytesOf });
    },
  );
}

/** Returns what fetch threw, which the SDK wraps. */
function causeOf(error: unknown, Wrapper: typeof import('openai').APIConnectionError): unknown {
  return error instanceof Wrapper ? error.cause : error;
}

function explainStreamError(error: APIError, possibleCost: number | null): ServiceFailure {
  const isPolicy = /content_filter|policy|moderation/.test(`${error.code} ${error.type}`);
  return failed(isPolicy ? 'refused' : 'provider_unavailable', possibleCost);
}

/** Sets everything explicitly that the SDK would otherwise read from the environment. */
function connect(
  Client: typeof OpenAI,
  { apiKey, baseUrl, headers, isAzure }: Endpoint,
  fetch: typeof globalThis.fetch,
): OpenAI {
  return new Client({
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: baseUrl,
    maxRetries: 0,
    logLevel: 'off',
    fetch,
    defaultHeaders: {
      ...headers,
      ...closeConnection,
      ...((!apiKey || isAzure) && { Authorization: null }),
      ...(apiKey && isAzure && { 'api-key': apiKey }),
    },
  });
}

/** The user waits for this list in Settings. */
const maxListMs = 20_000;

/** A day, or a time that begins with one. Anything else says nothing. */
const daySchema = z
  .string()
  .transform((text) => text.slice(0, 10))
  .pipe(z.iso.date())
  .nullish()
  .catch(null);

/** https://platform.openai.com/docs/api-reference/models/list; `shutdown_date` as the SDK 7 types it. */
const modelListSchema = z.object({
  data: entries(z.object({ id: z.string().min(1), shutdown_date: daySchema })),
});

async function fetchModels(timing: RequestTiming, context: ServiceContext) {
  const endpoint = readEndpoint(context);
  if (!('baseUrl' in endpoint)) return endpoint;
  const subject = { model: null, makes: 'list', possibleCost: () => null } as const;
  const listTiming = { ...timing, timeoutMs: Math.min(timing.timeoutMs, maxListMs) };
  return sendRequest(listTiming, context, endpoint, subject, async (client, { signal }) => {
    const response: unknown = await client.get('/models', { signal });
    const { data } = modelListSchema.parse(response);
    return { models: data.slice(0, maxOfferedModels), count: data.length };
  });
}

const unusableModels =
  /embed|whisper|tts|audio|realtime|transcribe|moderation|rerank|sora|davinci|babbage|search|codex|computer-use/i;
const pictureModels =
  /image|dall-e|flux|stable-diffusion|sdxl|(^|[/-])sd[0-9x-]|imagen|recraft|ideogram|seedream|kolors|qwen-image/i;

/**
 * Returns what a model makes, by its name: the list has nothing else. Undefined if Afterimage cannot use it, null if the
 * name does not tell, which is so for most models of other services.
 */
function outputOfModel(id: string): OfferedModel['makes'] | undefined {
  if (unusableModels.test(id)) return undefined;
  if (pictureModels.test(id)) return 'pictures';
  return /^(gpt-|chatgpt-|o[1-9])/.test(id) ? 'text' : null;
}
