// One exchange with Google's SDK: what it is given, what its failures mean, and what a key and a model's name may be.

import { aboutAnswer, explainBreak, failed, mayConnectLater } from '../failures';
import {
  converse,
  type Hands as Exchanged,
  type ExchangeTiming,
  fitsHeader,
  isRefusal,
  newConnection,
  stoppedBefore,
  watchedFetch,
} from '../http/with-retries';
import type { ProviderFailure } from '../service';
import { explainStatus, keyRejected, readErrorBody } from './failures';
import type { Clock } from './quota';

/** Google stops neither its work nor its charge when the client gives up. */
export type ExchangeOptions = ExchangeTiming & { clock: Clock };

export const defaultOptions: ExchangeOptions = {
  timeoutMs: 120_000,
  retryDelayMs: () => 500 + Math.random() * 1500,
  clock: { now: Date.now },
};

type Sdk = typeof import('@google/genai');

/** What a call is made with. */
export type Hands = Exchanged & {
  sdk: Sdk;
  /** To be given to the client: a new connection, watched, that follows no redirect. */
  httpOptions: { headers: Record<string, string>; fetch: typeof fetch };
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

/**
 * @param call makes one request and reads its answer; it may be called up to three times, the later ones only after
 * requests that nothing can have been charged for.
 */
export async function exchangeWith<Value>(
  options: ExchangeOptions,
  { signal, makes, model, mayCost, unsent }: Ask,
  call: (hands: Hands) => Promise<Value>,
): Promise<{ ok: true; value: Value } | ProviderFailure> {
  const inWords = (one: ProviderFailure) => (makes === 'answer' ? aboutAnswer(one) : one);
  // Loaded at the first use: 20 MB and 60 ms that the offline painter has no need of.
  const sdk = await import('@google/genai');
  const textOf = (error: unknown) => (error instanceof sdk.ApiError ? error.message : '');
  return converse(
    options,
    {
      signal,
      onCancel: ({ sent }) => (sent ? inWords(failed('cancelled_late', mayCost())) : stoppedBefore(makes)),
      onTimeout: ({ sent }) => (sent ? inWords(failed('timed_out', mayCost())) : failed('unreachable', null)),
      explain: (error, exchange) => {
        if (isRefusal(exchange)) return inWords(explainStatus(exchange, textOf(error), model, options.clock));
        if (!exchange.sent) {
          // Whoever gives out Google's credentials was not there.
          if (mayConnectLater(error)) return failed('unreachable', null);
          if (unsent === undefined) throw error;
          return unsent;
        }
        if (!(error instanceof sdk.ApiError)) return inWords(explainBreak(error, exchange, mayCost()));
        // An error that came within a stream: something may have been made before it.
        const { status, message } = error;
        const late = explainStatus({ ...exchange, status }, message, model, options.clock);
        return inWords(failed(late.code, mayCost(), late.message));
      },
      mayAskAgain: (_failure, { status }, error) =>
        status === null
          ? mayConnectLater(error)
          : status === 503 && readErrorBody(textOf(error)).status === 'UNAVAILABLE',
    },
    (hands) => {
      const httpOptions = { headers: newConnection, fetch: watchedFetch(hands.exchange) };
      return call({ ...hands, sdk, httpOptions });
    },
  );
}

export function canBeSent(apiKey: string): boolean {
  // Tokens of the live API: the SDK refuses to send them anywhere else.
  return fitsHeader(apiKey) && !apiKey.startsWith('auth_tokens/');
}

/** An id becomes part of an address, and people may type one. */
export function isModelId(id: string): boolean {
  return /^[a-z0-9]([\w.-]*[a-z0-9])?$/i.test(id) && !id.includes('..');
}

/** @returns why nothing can be asked with this key; null where it can. */
export function cannotUse(apiKey: string | null): ProviderFailure | null {
  if (!apiKey) {
    return failed(
      'key_missing',
      null,
      'There is no API key for Google. Add one in Settings, or choose the offline painter.',
    );
  }
  return canBeSent(apiKey) ? null : keyRejected();
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
