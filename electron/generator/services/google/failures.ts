// Explains failed requests to Google: maps statuses and errors to codes, sentences and costs.

import { z } from 'zod';
import type { ErrorCode } from '../../../../shared/domain/errors';
import { type Sentence, sentence } from '../../../../shared/languages/sentence';
import { type Exchange, failed, modelGoneFailure, redirectFailure, webPageFailure } from '../failures';
import { isSettingRefused } from '../refused-setting';
import type { ServiceFailure } from '../service';
import { type Clock, explainQuota } from './quota';

/** https://cloud.google.com/apis/design/errors#error_model. The SDK puts it into its message as text. */
const errorBodySchema = z.object({
  error: z.object({
    message: z.string().catch(''),
    status: z.string().catch(''),
    details: z
      .array(
        z.object({
          reason: z.string().nullish().catch(null),
          retryDelay: z.string().nullish().catch(null),
          fieldViolations: z
            .array(z.object({ field: z.string().nullish().catch(null) }))
            .nullish()
            .catch(null),
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

/** @param text the JSON, possibly after text of the SDK's. */
export function readErrorBody(text: string): ErrorBody {
  try {
    return errorBodySchema.parse(JSON.parse(text.slice(Math.max(0, text.indexOf('{'))))).error;
  } catch {
    return { message: '', status: '', details: [] };
  }
}

/**
 * Explains an error status. Such a request costs nothing: https://ai.google.dev/gemini-api/docs/billing. Google's own
 * text is not shown, because it may quote the key.
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
  const explain = (code: ErrorCode, precise?: Sentence) => failed(code, null, precise);
  if (reasons.has('API_KEY_INVALID')) return keyRejected();
  if (status === 429) {
    return explainQuota(error.details, error.message, exchange.retryAfterMs, clock);
  }
  if (status >= 500) return explain('provider_unavailable');
  if (status < 400) return redirectFailure();
  // The SDK treats a web page like an error from Google, with the page as its message.
  if (error.message.trimStart().startsWith('<')) return webPageFailure();
  if (status === 401) return keyRejected();
  if (status === 402) {
    return explain('not_permitted', sentence('services.google_no_credit'));
  }
  if (error.status === 'FAILED_PRECONDITION') {
    return explain('not_permitted', sentence('services.google_needs_billing'));
  }
  if (status === 403) return explainForbidden(error, reasons);
  // Another server at a wrong address may also answer 404. The model's id is safe to show: see isModelId.
  if (status === 404) {
    return error.status === 'NOT_FOUND' && model !== null
      ? modelGoneFailure('Google', model, ['google', 'imagen'])
      : explain('bad_answer');
  }
  const [violation] = error.details.flatMap(({ fieldViolations }) => fieldViolations ?? []);
  return explain(isSettingRefused(violation?.field, error.message) ? 'setting_rejected' : 'request_rejected');
}

/** Google rejected the key. Such a request costs nothing. */
export function keyRejected(): ServiceFailure {
  return failed('key_rejected', null, sentence('services.google_key_rejected'));
}

function explainForbidden(error: ErrorBody, reasons: ReadonlySet<unknown>): ServiceFailure {
  if (/reported as leaked/i.test(error.message)) {
    return failed('key_rejected', null, sentence('services.google_key_leaked'));
  }
  if (reasons.has('SERVICE_DISABLED') || reasons.has('API_KEY_SERVICE_BLOCKED')) {
    return failed('not_permitted', null, sentence('services.google_api_disabled'));
  }
  return failed('not_permitted', null);
}
