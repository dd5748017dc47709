// Runs a job's requests to a service: with a timeout, immediate cancellation and retries that cannot be charged twice.
import type { Exchange } from '../failures';
import type { ServiceFailure } from '../service';
import type { DetachedStrings } from './detach-base64';
import { notSent } from './tracked-fetch';

export type RequestTiming = {
  /** Maximum duration of a job in milliseconds, from its start to the last byte. */
  timeoutMs: number;
  /** Returns how long to wait before a retry, in milliseconds. It has jitter, so that retries do not coincide. */
  retryDelayMs: () => number;
};

export type RequestTools = {
  /** Aborted on cancel and on timeout. */
  signal: AbortSignal;
  /** Updated by the code that sends the request. */
  exchange: Exchange;
};

/** The tools of a request whose response may hold pictures. */
export type PictureTools = RequestTools & Pick<DetachedStrings, 'bytesOf'>;

export type RetryPolicy = {
  signal: AbortSignal;
  /** Returns the failure for an error, with a sentence that fits the job. */
  explain: (error: unknown, exchange: Exchange) => ServiceFailure;
  onCancel: (exchange: Exchange) => ServiceFailure;
  onTimeout: (exchange: Exchange) => ServiceFailure;
  /** Returns whether a retry is safe and useful: nothing can have been charged, and the cause may be temporary. */
  mayRetry: (failure: ServiceFailure, exchange: Exchange, error: unknown) => boolean;
};

const maxRetries = 2;

/** Runs a job's requests. @param call makes the requests. The policy explains any error that it throws. */
export async function withRetries<Value>(
  { timeoutMs, retryDelayMs }: RequestTiming,
  policy: RetryPolicy,
  call: (tools: RequestTools) => Promise<Value>,
): Promise<{ ok: true; value: Value } | ServiceFailure> {
  const exchange = { ...notSent };
  if (policy.signal.aborted) return policy.onCancel(exchange);
  // Node 20 may collect the signals of AbortSignal.any and AbortSignal.timeout before they fire.
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
        const wasRejected = isErrorStatus(exchange);
        if (!wasRejected && policy.signal.aborted) return policy.onCancel(exchange);
        if (!wasRejected && timedOut) return policy.onTimeout(exchange);
        const failure = policy.explain(error, exchange);
        if (signal.aborted || retries >= maxRetries || !policy.mayRetry(failure, exchange, error))
          return withDetails(failure, exchange);
        await pause(retryDelayMs(), signal);
        if (policy.signal.aborted) return policy.onCancel({ ...exchange, wasSent: false });
        if (timedOut) return withDetails(failure, exchange);
        Object.assign(exchange, notSent);
      }
    }
  } finally {
    clearTimeout(timer);
    policy.signal.removeEventListener('abort', onCancel);
    // Ends any response that is still being received, such as the rest of a reply that was too long.
    controller.abort();
  }
}

function withDetails(failure: ServiceFailure, { error, status }: Exchange): ServiceFailure {
  if (error !== null) return { ...failure, details: error };
  return status === null ? failure : { ...failure, details: { httpStatus: status } };
}

/** Returns whether a response has begun with an error status. */
export function isErrorStatus({ status }: Pick<Exchange, 'status'>): boolean {
  return status !== null && (status < 200 || status > 299);
}

/** Rejects as soon as the signal aborts, even if the work ignores it. */
function abortable<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Error('Aborted.'));
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Waits; resolves early if the signal aborts. */
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
