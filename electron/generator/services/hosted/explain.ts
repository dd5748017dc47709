// Explains the failures of hosted services: the cause, the possible charge, and the next step.

import { z } from 'zod';
import { type Sentence, sentence } from '../../../../shared/languages/sentence';
import {
  type Destination,
  type Exchange,
  explainConnectionError,
  failed,
  modelGoneFailure,
  webPageFailure,
} from '../failures';
import { isErrorStatus } from '../http/with-retries';
import { explainStatus } from '../openai/failures';
import { withQuote } from '../safe-quote';
import type { ServiceFailure } from '../service';
import { StatusError } from './call';
import { JobFailedError } from './profile';
import { ForeignAddressError, LostJobError } from './wire';

export type Origin = {
  name: string | Sentence;
  model: string | null;
  apiKey: string | null;
  destination: Destination;
  /** Whether the service has accepted the job. */
  accepted: boolean;
  /** Possible cost in micro-dollars; null if nothing can be charged. */
  possibleCost: number | null;
};

/** Returns the failure for an error of a request or a job, with its possible cost. */
export function explain(error: unknown, exchange: Exchange, origin: Origin): ServiceFailure {
  const { name, model, apiKey, destination, accepted, possibleCost } = origin;
  if (error instanceof JobFailedError) return explainJob(error, origin);
  if (error instanceof ForeignAddressError) {
    return failed('bad_answer', possibleCost, sentence('services.foreign_address', { service: name }));
  }
  if (error instanceof LostJobError) {
    return failed(
      'connection_lost',
      possibleCost,
      possibleCost === null
        ? sentence('services.lost_job_free', { service: name })
        : sentence('services.lost_job', { service: name }),
    );
  }
  // The path or the whole request names the model, and the address is known to be the service's, so the model is
  // missing.
  if (error instanceof StatusError && !accepted && exchange.status === 404 && model !== null)
    return error.error === null ? webPageFailure() : modelGoneFailure(name, model);
  if (error instanceof StatusError && isErrorStatus(exchange) && !accepted)
    return explainStatus(exchange, error, { model, apiKey });
  if (accepted && error instanceof z.ZodError) return failed('bad_answer', possibleCost);
  return explainConnectionError(error, exchange, possibleCost, destination);
}

function explainJob({ reason, said }: JobFailedError, origin: Origin): ServiceFailure {
  const { name, model, apiKey, possibleCost } = origin;
  switch (reason) {
    case 'blocked':
      return failed('refused', null);
    case 'withheld':
      return failed('picture_filtered', possibleCost);
    case 'empty':
      return failed('no_picture', null);
    case 'gone':
      return model === null ? failed('model_gone', null) : modelGoneFailure(name, model);
    case 'failed': {
      const explanation = sentence('services.job_failed', { service: name });
      return failed('provider_unavailable', null, withQuote(explanation, said, [apiKey]));
    }
  }
}
