// Failures that all services share: broken connections, wrong addresses, missing models, rate limits.

import { z } from 'zod';
import { isPrivateHost } from '../../../shared/domain/addresses';
import { type ErrorCode, explanationOf, failure, untranslatedFailure } from '../../../shared/domain/errors';
import { findModel } from '../../../shared/domain/model-lookup';
import { isAtOwnServer, type ServiceKind, serviceKinds } from '../../../shared/domain/service-kinds';
import { withoutTrailing } from '../../../shared/domain/without-trailing';
import type { ServiceConfiguration } from '../../../shared/generator/jobs';
import type { MessageId } from '../../../shared/languages/en';
import { type Sentence, sentence } from '../../../shared/languages/sentence';
import type { ErrorAnswer } from './error-answer';
import { ProxyError } from './proxy-error';
import type { ServiceFailure } from './service';

/** The progress of one HTTP exchange. It determines the possible cost of a failure. */
export type Exchange = {
  /** Whether a request was started. */
  wasSent: boolean;
  /** Whether a connection was made and sending has begun. False also if that is unknown. */
  hasLeft: boolean;
  status: number | null;
  /** Whether the response is JSON or a stream of JSON, and not another server's web page. */
  isJsonResponse: boolean;
  /** The wait that the service asks for, in milliseconds; null if none. */
  retryAfterMs: number | null;
  /** The service's description of its failure; null if it has not answered, or not with a failure. */
  error: ErrorAnswer | null;
};

/**
 * Returns a failure of a service.
 *
 * @param costMicroUsd null if nothing can have been charged, zero if the cost is unknown.
 */
export function failed(code: ErrorCode, costMicroUsd: number | null, precise?: Sentence): ServiceFailure {
  return { ...failure(code, precise), costMicroUsd };
}

/** The service that a request goes to. `baseUrl` is null for the default address of its kind. */
export type Destination = Pick<ServiceConfiguration, 'kind' | 'baseUrl'>;

/**
 * `insecure`: the server does not use TLS. `untrusted`: its certificate is from an unknown authority, for example
 * of a network that intercepts connections. `late`: no answer within the time limit.
 */
export type ConnectionProblem = 'unreachable' | 'insecure' | 'untrusted' | 'late';

/** For a service at the default address of its kind, which users do not know and cannot have mistyped. */
const usualSentences: Record<ConnectionProblem, MessageId> = {
  unreachable: 'errors.unreachable',
  insecure: 'services.no_secure_connection',
  untrusted: 'services.certificate_untrusted',
  late: 'services.no_answer_in_time',
};

/** For a user's own server, at `{address}`. */
const ownSentences: Record<ConnectionProblem, MessageId> = {
  unreachable: 'services.nothing_answers',
  insecure: 'services.no_secure_connection_to',
  untrusted: 'services.certificate_untrusted_at',
  late: 'services.no_answer_in_time_from',
};

/** For kinds of servers with a more specific instruction. */
const sentencesOfKinds: Partial<Record<ServiceKind, Partial<Record<ConnectionProblem, MessageId>>>> = {
  automatic1111: { unreachable: 'services.web_ui_unreachable', insecure: 'services.web_ui_no_tls' },
};

/**
 * Explains that no request reached its service. For a user's own server, the sentence names the address, because it
 * may be wrong or the server may not be running.
 */
export function noConnectionFailure(problem: ConnectionProblem, destination: Destination): ServiceFailure {
  const { kind } = destination;
  const own = ownServerOf(destination);
  if (!own) {
    const usual = usualSentences[problem];
    return failed('unreachable', null, usual === 'errors.unreachable' ? undefined : sentence(usual));
  }
  const isOnline = problem === 'unreachable' && !isPrivateHost(own.hostname);
  const id = isOnline ? 'services.nothing_answers_online' : ownSentences[problem];
  return failed(
    'unreachable',
    null,
    sentence(sentencesOfKinds[kind]?.[problem] ?? id, { address: addressToShow(own) }),
  );
}

function ownServerOf({ kind, baseUrl }: Destination): URL | null {
  const address = baseUrl ?? serviceKinds[kind].address ?? '';
  return isAtOwnServer(kind, baseUrl) && URL.canParse(address) ? new URL(address) : null;
}

/** Returns an address without a user name, a password and a query, which an address from the environment may have. */
export function addressToShow({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${withoutTrailing(pathname, '/')}`;
}

/** The response is a web page, for example of a sign-in portal. */
export function webPageFailure(): ServiceFailure {
  return failed('bad_answer', null, sentence('services.web_page'));
}

/** Redirects are not followed, because they would send the key elsewhere. */
export function redirectFailure(): ServiceFailure {
  return failed('bad_answer', null, sentence('services.redirect'));
}

/** A stream ended without a finish reason, so the rest is missing. */
export function truncatedFailure(possibleCost: number | null): ServiceFailure {
  return failed('connection_lost', possibleCost, sentence('services.answer_broke_off'));
}

/** The user cancelled before the request was sent, so nothing was charged. */
export function cancelledBeforeSending(makes: 'picture' | 'answer' | 'list'): ServiceFailure {
  return failed('cancelled', null, sentence('services.stopped_before_sending', { makes }));
}

/**
 * @param service its name in the sentence; null if it has none.
 * @param kinds the kinds whose catalogue applies, because another service may use the same name for its own model
 *   and does not have the replacement.
 */
export function modelGoneFailure(
  service: string | Sentence | null,
  id: string,
  kinds: readonly ServiceKind[] = [],
): ServiceFailure {
  const found = findModel(id);
  const known = found && kinds.includes(found.kind) ? found : undefined;
  const life = known?.life;
  const replacement = life && life.state !== 'available' ? findModel(life.replacement) : undefined;
  const model = known?.label ?? modelToShow(id);
  if (service === null) {
    return failed(
      'model_gone',
      null,
      replacement
        ? sentence('services.model_replaced_unnamed', { model, replacement: replacement.label })
        : sentence('services.model_not_offered_unnamed', { model }),
    );
  }
  return failed(
    'model_gone',
    null,
    replacement
      ? sentence('services.model_replaced', { service, model, replacement: replacement.label })
      : sentence('services.model_not_offered', { service, model }),
  );
}

/** Returns the name of a model for a sentence, without characters that are invisible or change the text direction. */
export function modelToShow(id: string): string {
  const visible = [...id.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')];
  return visible.length > maxShownLength ? `${visible.slice(0, maxShownLength).join('')}…` : visible.join('');
}

const maxShownLength = 100;

/** @param wait in milliseconds. */
export function rateLimitedFailure(wait: number): ServiceFailure {
  const retryAfterMs = Math.max(1000, wait);
  const seconds = Math.ceil(retryAfterMs / 1000);
  const said =
    seconds > maxSaidSeconds
      ? sentence('services.rate_limited_minutes', { minutes: Math.ceil(seconds / 60) })
      : sentence('services.rate_limited_seconds', { seconds });
  return { ...failed('rate_limited', null, said), retryAfterMs };
}

/** Longer waits are given in minutes. */
const maxSaidSeconds = 120;

const maxWrappings = 5;

const causeSchema = z.object({
  cause: z.object({
    code: z.string().nullish(),
    syscall: z.string().nullish(),
    message: z.string().nullish(),
  }),
});

/**
 * Returns the failure of a request that found no permitted route to its server (proxy-error.ts); null for other
 * errors. Libraries wrap errors in their own, or copy only the code and the message.
 */
export function proxyFailure(error: unknown): ServiceFailure | null {
  let current = error;
  for (let depth = 0; depth < maxWrappings && current instanceof Error; depth += 1) {
    if (current instanceof ProxyError)
      return { ...failed('unreachable', null), ...explanationOf(current.explained) };
    if ('code' in current && current.code === 'ERR_PROXY')
      return inWords(/reason: (.+)/.exec(current.message)?.[1]);
    current = current.cause;
  }
  return null;
}

/** Recognizes a proxy error by its English text, which is all that the library for Google's credentials keeps. */
function inWords(message: string | undefined): ServiceFailure {
  return message === undefined
    ? failed('unreachable', null)
    : { ...untranslatedFailure('unreachable', message), costMicroUsd: null };
}

/** Codes of the system and of undici for temporary failures to connect. Nothing was sent. */
const temporaryConnectCodes =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|E(HOST|NET)(UNREACH|DOWN)|UND_ERR_CONNECT_TIMEOUT)$/;

/** Codes for permanent failures to connect, mostly of TLS. */
const permanentConnectCodes =
  /^(EADDRNOTAVAIL|EACCES|EPERM|EPROTO|(ERR_SSL|ERR_TLS|CERT|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED)_\w+|HOSTNAME_MISMATCH|INVALID_\w+)$/;

/** Codes of certificates from an unknown authority: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const untrustedCodes =
  /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(_LOCALLY)?)|CERT_UNTRUSTED)$/;

/** Codes of Node's HTTP parser for a response that is not HTTP, because another program listens at the address. */
const notHttpCodes = /^HPE_INVALID_(CONSTANT|VERSION)$/;

/** Returns whether a request failed to connect, so that nothing was sent, for a reason that may be temporary. */
export function isRetryableConnectError(error: unknown): boolean {
  const cause = causeSchema.safeParse(error).data?.cause;
  return temporaryConnectCodes.test(cause?.code ?? '') || cause?.syscall === 'connect';
}

/**
 * Explains an exchange that ended without a complete response. A request that was sent and not rejected may have
 * been charged, however the connection broke. Node's fetch throws a `TypeError` whose `cause` is the socket's
 * error: https://undici.nodejs.org/#/docs/api/Errors.
 *
 * @param possibleCost possible cost of a request that was received; null if nothing.
 */
export function explainConnectionError(
  error: unknown,
  exchange: Exchange,
  possibleCost: number | null,
  destination: Destination,
): ServiceFailure {
  const proxy = proxyFailure(error);
  if (proxy) return proxy;
  const cause = causeSchema.safeParse(error).data?.cause;
  const code = cause?.code ?? null;
  if (exchange.status !== null) {
    // The response is complete JSON of another form.
    if (error instanceof z.ZodError) return failed('bad_answer', possibleCost);
    if (code === null && !exchange.isJsonResponse) return webPageFailure();
    // The response is complete but not JSON, or truncated. For a free request, the former is more likely.
    if (code === null && possibleCost === null) return failed('bad_answer', null);
    return failed('connection_lost', possibleCost);
  }
  if (code !== null && notHttpCodes.test(code)) return failed('bad_answer', null);
  if (exchange.hasLeft) return failed('connection_lost', possibleCost);
  // Without a code, fetch itself refused, for example because of a blocked port.
  if (code === null || temporaryConnectCodes.test(code) || cause?.syscall === 'connect')
    return noConnectionFailure('unreachable', destination);
  if (untrustedCodes.test(code)) return noConnectionFailure('untrusted', destination);
  // Node reports a connection that broke during the TLS handshake with the same code as any other, so only the text
  // differs.
  if (permanentConnectCodes.test(code) || cause?.message?.includes('before secure TLS'))
    return noConnectionFailure('insecure', destination);
  return failed('connection_lost', possibleCost);
}
