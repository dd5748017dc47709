// Why a request to Google failed: from statuses and Google's own words to codes, sentences and costs.
import { z } from 'zod';
import type { ErrorCode } from '../../../../shared/domain/errors';
import { type Exchange, failed, modelGoneFailure, redirectFailure, webPageFailure } from '../failures';
import type { ServiceFailure } from '../service';
import { type Clock, explainQuota } from './quota';

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

/**
 * A request that failed with a status costs nothing: https://ai.google.dev/gemini-api/docs/billing. None of
 * Google's text is passed on, since it may safeQuote the key.
 */
export function explainStatus(
  exchange: Pick<Exchange, 'status' | 'retryAfterMs'>,
  body: string,
  model: string | null,
  clock: Clock,
): ServiceFailure {
  const status = exchange.status ?? 0;
  const error = readErrorBody(body);
  const reasons = new Set(error.details.map((detail) => detail.reason));
  const explain = (code: ErrorCode, message?: string) => failed(code, null, message);
  if (reasons.has('API_KEY_INVALID')) return keyRejected();
  if (status === 429) {
    return explainQuota(error.details, error.message, exchange.retryAfterMs, clock);
  }
  if (status >= 500) return explain('provider_unavailable');
  if (status < 400) return redirectFailure();
  // The SDK wraps a page like an error of Google's, with the page as its text.
  if (error.message.trimStart().startsWith('<')) return webPageFailure();
  if (status === 401) return keyRejected();
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
  // A model's characters have been checked: see google-exchange.ts.
  if (status === 404) {
    return error.status === 'NOT_FOUND' && model !== null
      ? modelGoneFailure('Google', model)
      : explain('bad_answer');
  }
  return explain('request_rejected');
}

/** @returns that the key is none of Google's. */
export function keyRejected(): ServiceFailure {
  return failed('key_rejected', null, 'Google did not accept the API key. Check the key, then try again.');
}

function explainForbidden(error: ErrorBody, reasons: ReadonlySet<unknown>): ServiceFailure {
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
