// Why a request to a provider failed, as far as it is the same for all: broken connections, addresses and names.
import { z } from 'zod';
import { type ErrorCode, failure, sentenceForAnswer } from '../../../shared/domain/errors';
import { findModel } from '../../../shared/domain/model-lookup';
import type { ServiceFailure } from './service';

/** What is known of one HTTP exchange. It decides what a failure may have cost. */
export type Exchange = {
  sent: boolean;
  status: number | null;
  /** JSON, or a stream of it: a page from elsewhere is not. */
  isJsonResponse: boolean;
  /** How long the provider says to wait, in milliseconds. */
  retryAfterMs: number | null;
};

/** @param costMicroUsd null where nothing can have been charged. */
export function failed(code: ErrorCode, costMicroUsd: number | null, message?: string): ServiceFailure {
  return { ...failure(code, message), costMicroUsd };
}

/** @returns that there was an answer, and that it is a page from somewhere else. */
export function webPageFailure(): ServiceFailure {
  return failed(
    'bad_answer',
    null,
    'A web page came back instead of an answer. Check the address of the provider, and that no sign-in page stands in between.',
  );
}

/** @returns that the address answers with another one. */
export function redirectFailure(): ServiceFailure {
  return failed(
    'bad_answer',
    null,
    'The address of the provider points elsewhere, where Afterimage does not take a key along. Check the address of the provider.',
  );
}

/** @returns that a stream ended without the reason that closes each answer, so that the rest is missing. */
export function truncatedFailure(possibleCost: number | null): ServiceFailure {
  return failed(
    'connection_lost',
    possibleCost,
    'The answer broke off in the middle. It may already have been charged.',
  );
}

/** @param who offered it. @param id as it is safe to show. */
export function modelGoneFailure(who: string, id: string): ServiceFailure {
  const life = findModel(id)?.life;
  const replacement = life && life.state !== 'available' ? findModel(life.replacement) : undefined;
  const next = `Choose ${replacement?.label ?? 'another model'}, then try again.`;
  return failed('model_gone', null, `${who} does not offer the model “${id}”, or not any more. ${next}`);
}

/** @param wait in milliseconds. */
export function rateLimitedFailure(wait: number): ServiceFailure {
  const retryAfterMs = Math.max(1000, wait);
  const seconds = Math.ceil(retryAfterMs / 1000);
  const words = seconds === 1 ? '1 second' : `${seconds} seconds`;
  const message = `The provider accepts no more requests for the moment. Try again in ${words}.`;
  return { ...failed('rate_limited', null, message), retryAfterMs };
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
export function isRetryableConnectError(error: unknown): boolean {
  const cause = causeSchema.safeParse(error).data?.cause;
  return notConnected.test(cause?.code ?? '') || cause?.syscall === 'connect';
}

/**
 * Explains an exchange that ended without an answer. Node's fetch throws a `TypeError` whose `cause` is the
 * socket's error: https://undici.nodejs.org/#/docs/api/Errors.
 *
 * @param possibleCost what a request that was received may cost; null where nothing.
 */
export function explainConnectionError(
  error: unknown,
  exchange: Exchange,
  possibleCost: number | null,
): ServiceFailure {
  const cause = causeSchema.safeParse(error).data?.cause;
  const code = cause?.code ?? null;
  // The answer began, or its first line was read: whatever broke is in what was read, not in the line.
  if (code?.startsWith('HPE_')) return failed('bad_answer', exchange.status === null ? null : possibleCost);
  if (exchange.status !== null) {
    if (code !== null) return failed('connection_lost', possibleCost);
    if (exchange.isJsonResponse) return failed('bad_answer', possibleCost);
    return webPageFailure();
  }
  // Without a code it is fetch itself that refused, such as a port that browsers may not use.
  if (code === null || notConnected.test(code) || cause?.syscall === 'connect')
    return failed('unreachable', null);
  // Node's text for a line that broke during the TLS handshake; its code is that of any other break.
  if (neverConnected.test(code) || cause?.message?.includes('before secure TLS'))
    return failed('unreachable', null, tlsSentence);
  return failed('connection_lost', possibleCost);
}

/** @returns the same failure, saying “answer” where the sentence of its code says “picture”. */
export function forTextAnswer(failedAnswer: ServiceFailure): ServiceFailure {
  return { ...failedAnswer, message: sentenceForAnswer(failedAnswer.code, failedAnswer.message) };
}
