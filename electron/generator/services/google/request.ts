// One exchange with Google's SDK: what it is given, what its failures mean, and what a key and a model's name may be.

import { explainConnectionError, failed, forTextAnswer, isRetryableConnectError } from '../failures';
import {
  cancelledBeforeSending,
  closeConnection,
  isErrorStatus,
  isHeaderSafe,
  type RequestTiming,
  type RequestTools,
  trackedFetch,
  withRetries,
} from '../http/with-retries';
import type { ServiceFailure } from '../service';
import { explainStatus, keyRejected, readErrorBody } from './failures';
import type { Clock } from './quota';

/** Google stops neither its work nor its charge when the client gives up. */
export type GoogleOptions = RequestTiming & { clock: Clock };

export const defaultOptions: GoogleOptions = {
  timeoutMs: 120_000,
  retryDelayMs: () => 500 + Math.random() * 1500,
  clock: { now: Date.now },
};

type Sdk = typeof import('@google/genai');

/** What a call is made with. */
export type GoogleRequestTools = RequestTools & {
  sdk: Sdk;
  /** To be given to the client: a new connection, watched, that follows no redirect. */
  httpOptions: { headers: Record<string, string>; fetch: typeof fetch };
};

export type GoogleRequest = {
  signal: AbortSignal;
  /** For what was asked, in the sentences. */
  makes: 'picture' | 'answer';
  /** Null: no model is asked. */
  model: string | null;
  /** What a request that was received may cost, in micro-dollars; null where nothing. */
  possibleCost: () => number | null;
  /** Why a request that never left did not; absent: that would be a bug. */
  unsent?: ServiceFailure;
};

/**
 * @param call makes one request and reads its answer; it may be called up to three times, the later ones only after
 * requests that nothing can have been charged for.
 */
export async function requestGoogle<Value>(
  options: GoogleOptions,
  { signal, makes, model, possibleCost, unsent }: GoogleRequest,
  call: (tools: GoogleRequestTools) => Promise<Value>,
): Promise<{ ok: true; value: Value } | ServiceFailure> {
  const phrase = (one: ServiceFailure) => (makes === 'answer' ? forTextAnswer(one) : one);
  // Loaded at the first use: 20 MB and 60 ms that the offline painter has no need of.
  const sdk = await import('@google/genai');
  const textOf = (error: unknown) => (error instanceof sdk.ApiError ? error.message : '');
  return withRetries(
    options,
    {
      signal,
      onCancel: ({ sent }) =>
        sent ? phrase(failed('cancelled_late', possibleCost())) : cancelledBeforeSending(makes),
      onTimeout: ({ sent }) =>
        sent ? phrase(failed('timed_out', possibleCost())) : failed('unreachable', null),
      explain: (error, exchange) => {
        if (isErrorStatus(exchange))
          return phrase(explainStatus(exchange, textOf(error), model, options.clock));
        if (!exchange.sent) {
          // Whoever gives out Google's credentials was not there.
          if (isRetryableConnectError(error)) return failed('unreachable', null);
          if (unsent === undefined) throw error;
          return unsent;
        }
        if (!(error instanceof sdk.ApiError))
          return phrase(explainConnectionError(error, exchange, possibleCost()));
        // An error that came within a stream: something may have been made before it.
        const { status, message } = error;
        const late = explainStatus({ ...exchange, status }, message, model, options.clock);
        return phrase(failed(late.code, possibleCost(), late.message));
      },
      mayRetry: (_failure, { status }, error) =>
        status === null
          ? isRetryableConnectError(error)
          : status === 503 && readErrorBody(textOf(error)).status === 'UNAVAILABLE',
    },
    (tools) => {
      const httpOptions = { headers: closeConnection, fetch: trackedFetch(tools.exchange) };
      return call({ ...tools, sdk, httpOptions });
    },
  );
}

export function isSendableKey(apiKey: string): boolean {
  // Tokens of the live API: the SDK refuses to send them anywhere else.
  return isHeaderSafe(apiKey) && !apiKey.startsWith('auth_tokens/');
}

/** An id becomes part of an address, and people may type one. */
export function isModelId(id: string): boolean {
  return /^[a-z0-9]([\w.-]*[a-z0-9])?$/i.test(id) && !id.includes('..');
}

/** @returns why nothing can be asked with this key; null where it can. */
export function keyProblem(apiKey: string | null): ServiceFailure | null {
  if (!apiKey) {
    return failed(
      'key_missing',
      null,
      'There is no API key for Google. Add one in Settings, or choose the offline painter.',
    );
  }
  return isSendableKey(apiKey) ? null : keyRejected();
}

/** @returns why this model cannot be asked for; null where it can. */
export function modelIdProblem(model: string): ServiceFailure | null {
  if (isModelId(model)) return null;
  return failed(
    'request_rejected',
    null,
    'That is not the name of a model. Choose another model, then try again.',
  );
}
