// Sends one request to an OpenAI-compatible service: retries it, and explains a failure.

import type { APIError, OpenAI } from 'openai';
import { aboutAnswer } from '../../../../shared/domain/errors';
import {
  cancelledBeforeSending,
  explainConnectionError,
  failed,
  isRetryableConnectError,
  noConnectionFailure,
} from '../failures';
import type { DetachedStrings } from '../http/detach-base64';
import { trackedFetch } from '../http/tracked-fetch';
import { isErrorStatus, type RequestTiming, type RequestTools, withRetries } from '../http/with-retries';
import type { ServiceContext, ServiceFailure } from '../service';
import { isFree } from './cost';
import { connect, type Endpoint } from './endpoint';
import { explainStatus } from './failures';

/** The kind of result that a request asks for, and its possible cost if the service reports none. */
export type RequestSubject = {
  model: string | null;
  makes: 'picture' | 'answer' | 'list';
  possibleCost: () => number | null;
  /** Decodes the pictures of the response while it arrives. */
  strings?: DetachedStrings;
};

/**
 * Sends a request. Retries it only if nothing can have been charged.
 *
 * @param call sends the request with the SDK's client; an error that it throws becomes a failure.
 */
export async function sendRequest<Value>(
  timing: RequestTiming,
  context: ServiceContext,
  endpoint: Endpoint,
  { model, makes, possibleCost, strings }: RequestSubject,
  call: (client: OpenAI, tools: RequestTools) => Promise<Value>,
): Promise<{ ok: true; value: Value } | ServiceFailure> {
  // Loaded on demand, because the offline painter does not need it.
  const sdk = await import('openai');
  const phrase = (failure: ServiceFailure) => (makes === 'answer' ? aboutAnswer(failure) : failure);
  const { apiKey, isPrivate } = endpoint;
  const { kind } = context.service;
  const origin = { model, apiKey, ...(!isPrivate && { kind }) };
  return withRetries(
    timing,
    {
      signal: context.signal,
      onCancel: ({ wasSent }) => {
        // A cancelled request to a free service cannot have been charged.
        if (isFree(context)) return phrase(failed('cancelled', null));
        return wasSent ? phrase(failed('cancelled_late', possibleCost())) : cancelledBeforeSending(makes);
      },
      onTimeout: ({ wasSent }) =>
        wasSent && makes !== 'list'
          ? phrase(failed('timed_out', possibleCost()))
          : noConnectionFailure('late', context.service),
      explain: (error, exchange) => {
        if (error instanceof sdk.APIError && exchange.status !== null) {
          // The error came within a stream, so something may have been generated before.
          if (!isErrorStatus(exchange)) return phrase(explainStreamError(error, possibleCost()));
          return phrase(explainStatus(exchange, error, origin));
        }
        return phrase(
          explainConnectionError(
            causeOf(error, sdk.APIConnectionError),
            exchange,
            possibleCost(),
            context.service,
          ),
        );
      },
      mayRetry: (_failure, { status, hasLeft }, error) =>
        status === 503 ||
        (status === null && !hasLeft && isRetryableConnectError(causeOf(error, sdk.APIConnectionError))),
    },
    (tools) => call(connect(sdk.OpenAI, endpoint, trackedFetch(tools.exchange, { strings })), tools),
  );
}

/** Returns the error that fetch threw and the SDK wrapped. */
function causeOf(error: unknown, Wrapper: typeof import('openai').APIConnectionError): unknown {
  return error instanceof Wrapper ? error.cause : error;
}

function explainStreamError(error: APIError, possibleCost: number | null): ServiceFailure {
  const isPolicy = /content_filter|policy|moderation/.test(`${error.code} ${error.type}`);
  return failed(isPolicy ? 'refused' : 'provider_unavailable', possibleCost);
}
