// One job's talk with a service: cancelled at once, ended in time, and asked again only where that is harmless.

import { type Exchange, failed } from '../failures';
import type { ServiceFailure } from '../service';
import { systemFetch } from './fetch';
import { maxResponseBytes, ResponseTooLargeError } from './request-bytes';

export type RequestTiming = {
  /** How long a job may take from its start to the last byte, in milliseconds. */
  timeoutMs: number;
  /** How long to wait before asking once more, in milliseconds; with jitter, so that many do not meet. */
  retryDelayMs: () => number;
};

const notSent: Exchange = {
  sent: false,
  status: null,
  isJsonResponse: false,
  retryAfterMs: null,
};

export type RequestTools = {
  /** Aborted when the user cancels and when time is up. */
  signal: AbortSignal;
  /** To be written to by whoever sends. */
  exchange: Exchange;
};

export type RetryPolicy = {
  signal: AbortSignal;
  /** Why there is nothing, in words that fit the job. */
  explain: (error: unknown, exchange: Exchange) => ServiceFailure;
  onCancel: (exchange: Exchange) => ServiceFailure;
  onTimeout: (exchange: Exchange) => ServiceFailure;
  /** Whether the same may be asked again: nothing can have been charged for it, and it may go better. */
  mayRetry: (failure: ServiceFailure, exchange: Exchange, error: unknown) => boolean;
};

export const maxRetries = 2;

/** @param call makes the requests of the job; what it throws is explained. */
export async function withRetries<Value>(
  { timeoutMs, retryDelayMs }: RequestTiming,
  policy: RetryPolicy,
  call: (tools: RequestTools) => Promise<Value>,
): Promise<{ ok: true; value: Value } | ServiceFailure> {
  const exchange = { ...notSent };
  if (policy.signal.aborted) return policy.onCancel(exchange);
  // Not AbortSignal.any and .timeout: Node 20 may collect those before they fire.
  const controller = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    controller.abort();
  }, timeoutMs);
  const onCancel = () => controller.abort();
  policy.signal.addEventListener('abort', onCancel);
  const { signal } = controller;
  try {
    for (let retries = 0; ; retries += 1) {
      try {
        return { ok: true, value: await abortable(call({ signal, exchange }), signal) };
      } catch (error) {
        const refused = isErrorStatus(exchange);
        if (!refused && policy.signal.aborted) return policy.onCancel(exchange);
        if (!refused && timedOut) return policy.onTimeout(exchange);
        const explained = policy.explain(error, exchange);
        if (signal.aborted || retries >= maxRetries || !policy.mayRetry(explained, exchange, error))
          return explained;
        await pause(retryDelayMs(), signal);
        if (policy.signal.aborted) return policy.onCancel({ ...exchange, sent: false });
        if (timedOut) return explained;
        Object.assign(exchange, notSent);
      }
    }
  } finally {
    clearTimeout(timer);
    policy.signal.removeEventListener('abort', onCancel);
    // What is still coming and nobody reads, such as the rest of an answer that was too long.
    controller.abort();
  }
}

/** What does not fit into a header makes `Headers` throw with the value, hence the key, in its message. */
export function isHeaderSafe(apiKey: string): boolean {
  return /^[\x21-\x7e]+$/.test(apiKey);
}

/** @returns whether the answer said no. */
export function isErrorStatus({ status }: Pick<Exchange, 'status'>): boolean {
  return status !== null && (status < 200 || status > 299);
}

/** @returns that the user stopped it in time. */
export function cancelledBeforeSending(makes: string): ServiceFailure {
  return failed('cancelled', null, `You stopped this ${makes} before it was asked for. It costs nothing.`);
}

/**
 * A kept connection may have died since, in a laptop's sleep say, and a request lost on it looks as if it might have
 * been charged. Beside the seconds that a picture takes, a new one costs nothing.
 */
export const closeConnection: Record<string, string> = { Connection: 'close' };

/**
 * @param maxBytes an answer of more is given up: it would fill the memory.
 * @returns a fetch that notes how far the exchange came. Reading a body may throw ResponseTooLargeError.
 */
export function trackedFetch(exchange: Exchange, maxBytes = maxResponseBytes): typeof fetch {
  return async (input, init) => {
    Object.assign(exchange, notSent, { sent: true });
    // A redirect is not followed: the header with the key would go with it, to wherever it points.
    const response = await systemFetch(input, { ...init, redirect: 'manual' });
    exchange.status = response.status;
    exchange.isJsonResponse = isJson(response.headers.get('content-type') ?? '');
    exchange.retryAfterMs = readRetryAfter(response.headers);
    return response.body === null
      ? response
      : new Response(response.body.pipeThrough(atMost(maxBytes)), response);
  };
}

function atMost(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.length;
      if (size > maxBytes) controller.error(new ResponseTooLargeError(`More than ${maxBytes} bytes.`));
      else controller.enqueue(chunk);
    },
  });
}

/** JSON, or a stream of it: a page from elsewhere is not. */
export function isJson(contentType: string): boolean {
  return /json|event-stream/.test(contentType);
}

/**
 * In milliseconds, in seconds or as a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after; the first is
 * OpenAI's own. A date is measured by the clock that wrote it.
 */
function readRetryAfter(headers: Headers): number | null {
  const exact = headers.get('retry-after-ms')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(exact)) return Math.ceil(Number(exact));
  const plain = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(plain)) return Math.ceil(Number(plain) * 1000);
  const wait = Date.parse(plain) - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}

/** Ends at once when the signal does, whatever the work is waiting for. */
function abortable<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Error('Given up.'));
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Resolves early where the signal is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      resolve();
    };
    const timer = setTimeout(stop, ms);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
  });
}
