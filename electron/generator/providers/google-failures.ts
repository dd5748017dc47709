// Why a request to Google failed: from statuses and broken connections to codes, sentences and costs.
import { z } from 'zod';
import { type ErrorCode, failure } from '../../../shared/errors';
import { findModel } from '../../../shared/models';
import { type Clock, explainQuota } from './google-quota';
import type { ProviderFailure } from './provider';

/** What is known of one HTTP exchange. It decides what a failure may have cost. */
export type Exchange = {
  sent: boolean;
  status: number | null;
  /** JSON, or a stream of it: a page from elsewhere is not. */
  answeredJson: boolean;
  retryAfter: string | null;
};

/** @param costMicroUsd null where nothing can have been charged. */
export function failed(code: ErrorCode, costMicroUsd: number | null, message?: string): ProviderFailure {
  return { ...failure(code, message), costMicroUsd };
}

/** https://cloud.google.com/apis/design/errors#error_model; the SDK keeps it, as text, in its message. */
const errorBodySchema = z.object({
  error: z.object({
    message: z.string().catch(''),
    status: z.string().catch(''),
    details: z
      .array(
        z.object({
          reason: z.string().nullish().catch(null),
          retryDelay: z.string().nullish().catch(null),
          violations: z
            .array(
              z.object({
                quotaId: z.string().nullish().catch(null),
                quotaValue: z.string().nullish().catch(null),
              }),
            )
            .nullish()
            .catch(null),
        }),
      )
      .catch([]),
  }),
});
type ErrorBody = z.infer<typeof errorBodySchema>['error'];

/** @param text may have words of the SDK in front of the JSON. */
export function readErrorBody(text: string): ErrorBody {
  try {
    return errorBodySchema.parse(JSON.parse(text.slice(Math.max(0, text.indexOf('{'))))).error;
  } catch {
    return { message: '', status: '', details: [] };
  }
}

const pageSentence =
  'A web page came back instead of an answer. Check the address of the provider, and that no sign-in page stands in between.';

/**
 * A request that failed with a status costs nothing: https://ai.google.dev/gemini-api/docs/billing. None of
 * Google's text is passed on, since it may quote the key.
 */
export function explainStatus(
  exchange: Pick<Exchange, 'status' | 'retryAfter'>,
  body: string,
  model: string | null,
  clock: Clock,
): ProviderFailure {
  const status = exchange.status ?? 0;
  const error = readErrorBody(body);
  const reasons = new Set(error.details.map((detail) => detail.reason));
  const explain = (code: ErrorCode, message?: string) => failed(code, null, message);
  if (reasons.has('API_KEY_INVALID')) return explain('key_rejected');
  if (status === 429) {
    const { code, message, retryAfterMs } = explainQuota(
      error.details,
      error.message,
      exchange.retryAfter,
      clock,
    );
    return { ...explain(code, message), ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  if (status >= 500) return explain('provider_unavailable');
  if (status < 400) {
    return explain(
      'bad_answer',
      'The address of the provider points elsewhere, where Afterimage does not take a key along. Check the address of the provider.',
    );
  }
  // The SDK wraps a page like an error of Google's, with the page as its text.
  if (error.message.trimStart().startsWith('<')) return explain('bad_answer', pageSentence);
  if (status === 401) return explain('key_rejected');
  if (status === 402) {
    return explain(
      'not_permitted',
      'The credit of this API key is used up. Add credit with Google, or choose the offline painter.',
    );
  }
  if (error.status === 'FAILED_PRECONDITION') {
    return explain(
      'not_permitted',
      'Google does not offer this model to this API key here without billing. Set up billing, then try again.',
    );
  }
  if (status === 403) return explainForbidden(error, reasons);
  // Not every server at a wrong address sends a page.
  if (status === 404) return error.status === 'NOT_FOUND' ? goneModel(model) : explain('bad_answer');
  return explain('request_rejected');
}

function explainForbidden(error: ErrorBody, reasons: ReadonlySet<unknown>): ProviderFailure {
  if (/reported as leaked/i.test(error.message)) {
    return failed(
      'key_rejected',
      null,
      'Google has blocked this API key because it was found in public. Make a new key with Google, then try again.',
    );
  }
  if (reasons.has('SERVICE_DISABLED') || reasons.has('API_KEY_SERVICE_BLOCKED')) {
    return failed(
      'not_permitted',
      null,
      'Google’s service for models is not switched on for this API key. Switch it on in the Google Cloud console, then try again.',
    );
  }
  return failed('not_permitted', null);
}

/** @param id null where no model was asked for. Its characters have been checked: see google-exchange.ts. */
function goneModel(id: string | null): ProviderFailure {
  if (id === null) return failed('bad_answer', null);
  const life = findModel(id)?.life;
  const replacement = life && life.state !== 'available' ? findModel(life.replacement) : undefined;
  const next = replacement
    ? `Choose ${replacement.label}, then try again.`
    : 'Choose another model, then try again.';
  return failed('model_gone', null, `Google does not offer the model “${id}”, or not any more. ${next}`);
}

const causeSchema = z.object({
  cause: z.object({
    code: z.string().nullish(),
    syscall: z.string().nullish(),
    message: z.string().nullish(),
  }),
});

/** Names of failures to connect that pass by themselves: of the system and of undici. Nothing has left. */
const notConnected = /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|E(HOST|NET)(UNREACH|DOWN)|UND_ERR_CONNECT_TIMEOUT)$/;

/** The same for failures that stay as they are, of TLS most of all. */
const neverConnected =
  /^(EADDRNOTAVAIL|EACCES|EPERM|EPROTO|(ERR_SSL|ERR_TLS|CERT|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED)_\w+|HOSTNAME_MISMATCH|INVALID_\w+)$/;

const tlsSentence =
  'No safe connection to the provider could be made. Check the address of the provider and the clock of this computer, then try again.';

/** @returns whether a request that broke so may be sent again: nothing of it has left, and it may go better. */
export function mayConnectLater(error: unknown): boolean {
  const cause = causeSchema.safeParse(error).data?.cause;
  return notConnected.test(cause?.code ?? '') || cause?.syscall === 'connect';
}

/**
 * Explains an exchange that ended without an answer. Node's fetch throws a `TypeError` whose `cause` is the
 * socket's error: https://undici.nodejs.org/#/docs/api/Errors.
 *
 * @param mayCost what a request that was received may cost; null where nothing.
 */
export function explainBreak(error: unknown, exchange: Exchange, mayCost: number | null): ProviderFailure {
  const cause = causeSchema.safeParse(error).data?.cause;
  const code = cause?.code ?? null;
  // The answer began, or its first line was read: whatever broke is in what was read, not in the line.
  if (code?.startsWith('HPE_')) return failed('bad_answer', exchange.status === null ? null : mayCost);
  if (exchange.status !== null) {
    if (code !== null) return failed('connection_lost', mayCost);
    if (exchange.answeredJson) return failed('bad_answer', mayCost);
    return failed('bad_answer', null, pageSentence);
  }
  // Without a code it is fetch itself that refused, such as a port that browsers may not use.
  if (code === null || notConnected.test(code) || cause?.syscall === 'connect')
    return failed('unreachable', null);
  // Node's text for a line that broke during the TLS handshake; its code is that of any other break.
  if (neverConnected.test(code) || cause?.message?.includes('before secure TLS'))
    return failed('unreachable', null, tlsSentence);
  return failed('connection_lost', mayCost);
}

const answerSentences: Partial<Record<ErrorCode, string>> = {
  cancelled: 'You stopped this answer.',
  cancelled_late: 'You stopped this answer. The provider may still charge for it.',
  timed_out:
    'The provider did not answer in time. It may still charge for this answer. Try again when you like.',
  connection_lost: 'The connection broke before the answer was complete. It may already have been charged.',
  rate_limited: 'The provider accepts no more messages for the moment. Wait a little, then try again.',
};

/** @returns the same failure, saying “answer” where the sentence of its code says “picture”. */
export function aboutAnswer(failedAnswer: ProviderFailure): ProviderFailure {
  const { code, message } = failedAnswer;
  const words = message === failure(code).message ? answerSentences[code] : undefined;
  return words === undefined ? failedAnswer : { ...failedAnswer, message: words };
}
