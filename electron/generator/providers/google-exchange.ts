// One exchange with Google's SDK: watched, cancelled at once, and sent again only where nothing can have been charged.
import { systemFetch } from '../fetch';
import {
  aboutAnswer,
  type Exchange,
  explainBreak,
  explainStatus,
  failed,
  mayConnectLater,
  readErrorBody,
} from './google-failures';
import type { Clock } from './google-quota';
import type { ProviderFailure } from './provider';

export type ExchangeOptions = {
  /**
   * How long a job may take from its first request to the last byte, in milliseconds. Google stops neither its work nor
   * its charge when the client gives up.
   */
  timeoutMs: number;
  /** How long to wait before a request is sent once more, in milliseconds; with jitter, so that many do not meet. */
  retryDelayMs: () => number;
  clock: Clock;
};

export const usualOptions: ExchangeOptions = {
  timeoutMs: 120_000,
  retryDelayMs: () => 500 + Math.random() * 1500,
  clock: { now: Date.now },
};

type Sdk = typeof import('@google/genai');

/** What a call is made with. */
export type Hands = {
  sdk: Sdk;
  /** To be given to the client: a new connection, watched, that follows no redirect. */
  httpOptions: { headers: Record<string, string>; fetch: typeof fetch };
  /** Aborted when the person cancels and when time is up. */
  signal: AbortSignal;
  exchange: Readonly<Exchange>;
};

export type Ask = {
  signal: AbortSignal;
  /** For what was asked, in the sentences. */
  makes: 'picture' | 'answer';
  /** Null: no model is asked. */
  model: string | null;
  /** What a request that was received may cost, in micro-dollars; null where nothing. */
  mayCost: () => number | null;
  /** Why a request that never left did not; absent: that would be a bug. */
  unsent?: ProviderFailure;
};

/** At most so many times is a request sent again. */
const mostRetries = 2;

/**
 * @param call makes one request and reads its answer; it may be called up to three times, the later ones only after
 * requests that nothing can have been charged for.
 */
export async function exchangeWith<Value>(
  { timeoutMs, retryDelayMs, clock }: ExchangeOptions,
  ask: Ask,
  call: (hands: Hands) => Promise<Value>,
): Promise<{ ok: true; value: Value } | ProviderFailure> {
  const inWords = (one: ProviderFailure) => (ask.makes === 'answer' ? aboutAnswer(one) : one);
  const notSent = failed(
    'cancelled',
    null,
    `You stopped this ${ask.makes} before it was asked for. It costs nothing.`,
  );
  // Loaded at the first use: 20 MB and 60 ms that the offline painter has no need of.
  const sdk = await import('@google/genai');
  if (ask.signal.aborted) return notSent;

  // Not AbortSignal.any and .timeout: Node 20 may collect those before they fire, and the SDK drops the
  // reason of an abort, so that only our own note tells a time-out from a cancel.
  const giveUp = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    giveUp.abort();
  }, timeoutMs);
  const onCancel = () => giveUp.abort();
  ask.signal.addEventListener('abort', onCancel);

  try {
    for (let retries = 0; ; retries += 1) {
      const exchange: Exchange = { sent: false, status: null, answeredJson: false, retryAfter: null };
      try {
        if (giveUp.signal.aborted) throw new Error('Given up between two requests.');
        const httpOptions = {
          // A kept connection may have died since, in a laptop's sleep say, and a request lost on it looks as
          // if it might have been charged. Beside the seconds that a picture takes, a new one costs nothing.
          headers: { Connection: 'close' },
          fetch: watchedFetch(exchange),
        };
        const value = call({ sdk, httpOptions, signal: giveUp.signal, exchange });
        return { ok: true, value: await orGiveUp(value, giveUp.signal) };
      } catch (error) {
        const body = error instanceof sdk.ApiError ? error.message : '';
        const answeredError = exchange.status !== null && (exchange.status < 200 || exchange.status > 299);
        const isPassing = exchange.status === 503 && readErrorBody(body).status === 'UNAVAILABLE';
        const mayPass = isPassing || (exchange.status === null && mayConnectLater(error));
        if (mayPass && retries < mostRetries && !giveUp.signal.aborted) {
          await waitFor(retryDelayMs(), giveUp.signal);
          continue;
        }
        if (answeredError) return inWords(explainStatus(exchange, body, ask.model, clock));
        if (ask.signal.aborted)
          return exchange.sent ? inWords(failed('cancelled_late', ask.mayCost())) : notSent;
        if (timedOut)
          return inWords(exchange.sent ? failed('timed_out', ask.mayCost()) : failed('unreachable', null));
        if (!exchange.sent) {
          // Whoever gives out Google's credentials was not there.
          if (mayConnectLater(error)) return failed('unreachable', null);
          if (ask.unsent === undefined) throw error;
          return ask.unsent;
        }
        // An error that came within a stream: something may have been made before it.
        if (error instanceof sdk.ApiError) {
          const late = explainStatus({ ...exchange, status: error.status }, body, ask.model, clock);
          return inWords(failed(late.code, ask.mayCost(), late.message));
        }
        return inWords(explainBreak(error, exchange, ask.mayCost()));
      }
    }
  } finally {
    clearTimeout(timer);
    ask.signal.removeEventListener('abort', onCancel);
  }
}

/** @returns a fetch that notes how far the exchange came. */
function watchedFetch(exchange: Exchange): typeof fetch {
  return async (input, init) => {
    exchange.sent = true;
    exchange.status = null;
    // A redirect is not followed: the header with the key would go with it, to wherever it points.
    const response = await systemFetch(input, { ...init, redirect: 'manual' });
    exchange.status = response.status;
    exchange.answeredJson = /json|event-stream/.test(response.headers.get('content-type') ?? '');
    exchange.retryAfter = response.headers.get('retry-after');
    return response;
  };
}

/** Ends at once when the signal does, whatever the work is waiting for. */
function orGiveUp<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('Given up.')), { once: true });
    work.then(resolve, reject);
  });
}

/** Resolves early where the signal is aborted. */
function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}

/** What does not fit into a header makes `Headers` throw with the value, hence the key, in its message. */
export function canBeSent(apiKey: string): boolean {
  // Tokens of the live API: the SDK refuses to send them anywhere else.
  return /^[\x21-\x7e]+$/.test(apiKey) && !apiKey.startsWith('auth_tokens/');
}

/** An id becomes part of an address, and people may type one. */
export function isModelId(id: string): boolean {
  return /^[a-z0-9]([\w.-]*[a-z0-9])?$/i.test(id) && !id.includes('..');
}

/** @returns why nothing can be asked with this key; null where it can. */
export function cannotUse(apiKey: string | null): ProviderFailure | null {
  if (!apiKey) return failed('key_missing', null);
  return canBeSent(apiKey) ? null : failed('key_rejected', null);
}

/** @returns why this model cannot be asked for; null where it can. */
export function cannotName(model: string): ProviderFailure | null {
  if (isModelId(model)) return null;
  return failed(
    'request_rejected',
    null,
    'That is not the name of a model. Choose another model, then try again.',
  );
}
