// Explains what went wrong with a hosted service: what may have been charged, and what to do.
import { z } from 'zod';
import { type Exchange, explainConnectionError, failed, modelGoneFailure, webPageFailure } from '../failures';
import { isErrorStatus } from '../http/with-retries';
import { explainStatus } from '../openai/failures';
import { safeQuote } from '../safe-quote';
import type { ServiceFailure } from '../service';
import { StatusError } from './call';
import { JobFailedError } from './profile';
import { ForeignAddressError, LostJobError } from './wire';

export type Origin = {
  name: string;
  model: string | null;
  apiKey: string | null;
  address: string;
  /** Whether the service has accepted the job. */
  accepted: boolean;
  /** Null if nothing can be charged. */
  possibleCost: number | null;
};

export function explain(error: unknown, exchange: Exchange, origin: Origin): ServiceFailure {
  const { name, model, apiKey, accepted, possibleCost } = origin;
  if (error instanceof JobFailedError) return explainJob(error, origin);
  if (error instanceof ForeignAddressError) {
    return failed(
      'bad_answer',
      possibleCost,
      `${name} answered with an address of another server. Afterimage does not open it, to protect the key.`,
    );
  }
  if (error instanceof LostJobError) {
    return failed(
      'connection_lost',
      possibleCost,
      possibleCost === null
        ? `${name} took the request, but stopped answering before the picture was there. Try again.`
        : `${name} took the request, but stopped answering before the picture was there. It may already have been charged.`,
    );
  }
  // The path, or the whole request, names the model, and the address is known to be the service's.
  if (error instanceof StatusError && !accepted && exchange.status === 404 && model !== null)
    return error.error === null ? webPageFailure() : modelGoneFailure(name, model);
  if (error instanceof StatusError && isErrorStatus(exchange) && !accepted)
    return explainStatus(exchange, error, { model, apiKey });
  if (accepted && error instanceof z.ZodError) return failed('bad_answer', possibleCost);
  return explainConnectionError(error, exchange, possibleCost);
}

function explainJob({ reason, said }: JobFailedError, { name, model, apiKey }: Origin): ServiceFailure {
  switch (reason) {
    case 'blocked':
      return failed('refused', null);
    case 'empty':
      return failed('no_picture', null);
    case 'gone':
      return model === null ? failed('model_gone', null) : modelGoneFailure(name, model);
    case 'failed': {
      const sentence = `${name} could not make this picture. Try again, or change the prompt.`;
      return failed('provider_unavailable', null, `${sentence}${safeQuote(said, [apiKey])}`);
    }
  }
}
