// Why a request to Google failed: from statuses and broken connections to codes, sentences and costs.
import { z } from 'zod';
import { type ErrorCode, failure } from '../../../shared/errors';
import type { ProviderFailure } from './provider';

/** What is known of the one HTTP exchange of a job. It decides what a failure may have cost. */
export type Exchange = { sent: boolean; status: number | null; answeredJson: boolean };

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
        z.object({ reason: z.string().nullish().catch(null), retryDelay: z.string().nullish().catch(null) }),
      )
      .catch([]),
  }),
});

/**
 * A request that failed with a status costs nothing: https://ai.google.dev/gemini-api/docs/billing. None of
 * Google's text is passed on, since it may quote the key.
 */
export function explainStatus(status: number, body: string): ProviderFailure {
  const error = readErrorBody(body);
  const explain = (code: ErrorCode, message?: string) => failed(code, null, message);
  if (error.details.some((detail) => detail.reason === 'API_KEY_INVALID')) return explain('key_rejected');
  if (status === 429) return explain('rate_limited', rateLimitSentence(error.details));
  if (status >= 500) return explain('provider_unavailable');
  // The SDK wraps a page like an error of Google's, with the page as its text.
  if (status < 400 || error.message.trimStart().startsWith('<')) return explain('bad_answer');
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
  if (status === 403) return explain('not_permitted');
  if (status === 404) return explain('model_gone');
  return explain('request_rejected');
}

type ErrorBody = z.infer<typeof errorBodySchema>['error'];

function readErrorBody(text: string): ErrorBody {
  try {
    return errorBodySchema.parse(JSON.parse(text)).error;
  } catch {
    return { message: '', status: '', details: [] };
  }
}

function rateLimitSentence(details: ErrorBody['details']): string | undefined {
  const delay = details.find((detail) => detail.retryDelay)?.retryDelay ?? '';
  const [, digits] = /^(\d+(?:\.\d+)?)s$/.exec(delay) ?? [];
  if (digits === undefined) return undefined;
  const seconds = Math.max(1, Math.ceil(Number(digits)));
  const wait = seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `The provider accepts no more pictures for the moment. Try again in ${wait}.`;
}

const causeSchema = z.object({
  cause: z.object({
    code: z.string().nullish(),
    syscall: z.string().nullish(),
    message: z.string().nullish(),
  }),
});

/** Names of failures to connect: of the system, of undici, and of TLS. Nothing of the request has left. */
const neverConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|E(HOST|NET)(UNREACH|DOWN)|EADDRNOTAVAIL|EACCES|EPERM|EPROTO|UND_ERR_CONNECT_TIMEOUT|(ERR_SSL|ERR_TLS|CERT|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED)_\w+|HOSTNAME_MISMATCH|INVALID_\w+)$/;

/**
 * Explains an exchange that ended without an answer. Node's fetch throws a `TypeError` whose `cause` is the
 * socket's error: https://undici.nodejs.org/#/docs/api/Errors.
 */
export function explainBreak(error: unknown, exchange: Exchange, priceMicroUsd: number): ProviderFailure {
  const cause = causeSchema.safeParse(error).data?.cause;
  const code = cause?.code ?? null;
  // The answer began, or its first line was read: whatever broke is in what was read, not in the line.
  if (code?.startsWith('HPE_')) return failed('bad_answer', exchange.status === null ? null : priceMicroUsd);
  if (exchange.status !== null) {
    if (code !== null) return failed('connection_lost', priceMicroUsd);
    return failed('bad_answer', exchange.answeredJson ? priceMicroUsd : null);
  }
  // Without a code it is fetch itself that refused, such as a port that browsers may not use.
  if (code === null || neverConnected.test(code) || cause?.syscall === 'connect')
    return failed('unreachable', null);
  // Node's text for a line that broke during the TLS handshake; its code is that of any other break.
  if (cause?.message?.includes('before secure TLS')) return failed('unreachable', null);
  return failed('connection_lost', priceMicroUsd);
}
