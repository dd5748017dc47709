// Requests through Google's SDK: options, retries, the meaning of its errors, and the checks of keys and model ids.

import { aboutAnswer, explanationOf } from '../../../../shared/domain/errors';
import { sentence } from '../../../../shared/languages/sentence';
import {
  cancelledBeforeSending,
  type Destination,
  explainConnectionError,
  failed,
  isRetryableConnectError,
  noConnectionFailure,
  proxyFailure,
} from '../failures';
import type { DetachedStrings } from '../http/detach-base64';
import { closeConnection, isHeaderSafe, trackedFetch } from '../http/tracked-fetch';
import { isErrorStatus, type RequestTiming, type RequestTools, withRetries } from '../http/with-retries';
import type { ServiceFailure } from '../service';
import { explainStatus, keyRejected, readErrorBody } from './failures';
import type { Clock } from './quota';

/**
 * Properties in which Gemini and Imagen send a picture: https://ai.google.dev/api/caching#Blob, and `predictions`
 * of Vertex.
 */
export const pictureProperties = ['data', 'bytesBase64Encoded'];

/** Google keeps working, and charges, after the client has disconnected. */
export type GoogleOptions = RequestTiming & { clock: Clock };

export const defaultOptions: GoogleOptions = {
  timeoutMs: 120_000,
  retryDelayMs: () => 500 + Math.random() * 1500,
  clock: { now: Date.now },
};

type Sdk = typeof import('@google/genai');

export type GoogleRequestTools = RequestTools & {
  sdk: Sdk;
  /** Options of the client: a tracked fetch with a new connection that follows no redirect. */
  httpOptions: { headers: Record<string, string>; fetch: typeof fetch };
};

export type GoogleRequest = {
  signal: AbortSignal;
  destination: Destination;
  /** The kind of result, for the sentences. */
  makes: 'picture' | 'answer' | 'list';
  /** Null for a request that needs no model. */
  model: string | null;
  /** Returns the possible cost of a received request in micro-dollars; null if nothing. */
  possibleCost: () => number | null;
  /** Decodes the pictures of the response while it arrives. */
  strings?: DetachedStrings;
  /** The failure if the SDK sends no request; absent if that is a bug. */
  unsent?: ServiceFailure;
};

/**
 * Runs a request with retries.
 *
 * @param call sends one request and reads its response. It is called up to three times, again only if nothing can have
 *   been charged.
 */
export async function requestGoogle<Value>(
  options: GoogleOptions,
  { signal, destination, makes, model, possibleCost, strings, unsent }: GoogleRequest,
  call: (tools: GoogleRequestTools) => Promise<Value>,
): Promise<{ ok: true; value: Value } | ServiceFailure> {
  const phrase = (failure: ServiceFailure) => (makes === 'answer' ? aboutAnswer(failure) : failure);
  // Loaded on demand, because it takes 20 MB and 60 ms, and the offline painter does not need it.
  const sdk = await import('@google/genai');
  const textOf = (error: unknown) => (error instanceof sdk.ApiError ? error.message : '');
  return withRetries(
    options,
    {
      signal,
      onCancel: ({ wasSent }) =>
        wasSent ? phrase(failed('cancelled_late', possibleCost())) : cancelledBeforeSending(makes),
      onTimeout: ({ wasSent }) =>
        wasSent
          ? phrase(failed('timed_out', possibleCost()))
          : noConnectionFailure('unreachable', destination),
      explain: (error, exchange) => {
        if (isErrorStatus(exchange))
          return phrase(explainStatus(exchange, textOf(error), model, options.clock));
        const proxy = proxyFailure(error);
        if (proxy) return phrase(proxy);
        if (!exchange.wasSent) {
          // The server that issues Google's credentials could not be reached.
          if (isRetryableConnectError(error)) return failed('unreachable', null);
          if (unsent === undefined) throw error;
          return unsent;
        }
        if (!(error instanceof sdk.ApiError))
          return phrase(explainConnectionError(error, exchange, possibleCost(), destination));
        // The error came within a stream, so something may have been generated before.
        const { status, message } = error;
        const late = explainStatus({ ...exchange, status }, message, model, options.clock);
        return phrase({ ...failed(late.code, possibleCost()), ...explanationOf(late) });
      },
      mayRetry: (_failure, { status, hasLeft }, error) =>
        status === null
          ? !hasLeft && isRetryableConnectError(error)
          : status === 503 && readErrorBody(textOf(error)).status === 'UNAVAILABLE',
    },
    (tools) => {
      const fetch = trackedFetch(tools.exchange, { strings });
      const httpOptions = { headers: closeConnection, fetch };
      return call({ ...tools, sdk, httpOptions });
    },
  );
}

/** Returns whether a key can be sent with a request. */
export function isSendableKey(apiKey: string): boolean {
  // The SDK throws for tokens of the live API.
  return isHeaderSafe(apiKey) && !apiKey.startsWith('auth_tokens/');
}

/** Returns whether an id is safe as part of a URL. Users can type ids. */
export function isModelId(id: string): boolean {
  return /^[a-z0-9]([\w.-]*[a-z0-9])?$/i.test(id) && !id.includes('..');
}

/** Returns why a key cannot be used; null if it can. */
export function keyProblem(apiKey: string | null): ServiceFailure | null {
  if (!apiKey) {
    return failed('key_missing', null, sentence('services.google_no_key'));
  }
  return isSendableKey(apiKey) ? null : keyRejected();
}

/** Returns why a model id cannot be used; null if it can. */
export function modelIdProblem(model: string): ServiceFailure | null {
  if (isModelId(model)) return null;
  return failed('request_rejected', null, sentence('services.model_name_invalid'));
}
