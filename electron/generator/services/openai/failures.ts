// Explains failed requests to OpenAI-compatible and other hosted services: maps statuses and error codes to
// sentences.

import { z } from 'zod';
import type { ErrorCode } from '../../../../shared/domain/errors';
import type { ServiceKind } from '../../../../shared/domain/service-kinds';
import { type Sentence, sentence } from '../../../../shared/languages/sentence';
import {
  type Exchange,
  failed,
  modelGoneFailure,
  rateLimitedFailure,
  redirectFailure,
  webPageFailure,
} from '../failures';
import { isSettingRefused } from '../refused-setting';
import { safeQuote, withQuote } from '../safe-quote';
import type { ServiceFailure } from '../service';

/** The key and the destination of a request. */
export type RequestOrigin = {
  model: string | null;
  apiKey: string | null;
  /** The kind whose catalogue applies; absent for a user's own server. */
  kind?: ServiceKind;
};

/** https://platform.openai.com/docs/guides/error-codes/api-errors. Other services send strings or numbers. */
const errorSchema = z.object({
  code: z.coerce.string().nullish().catch(null),
  type: z.string().nullish().catch(null),
  param: z.string().nullish().catch(null),
  message: z.string().catch(''),
  moderation_details: z.object({ moderation_stage: z.string().nullish() }).nullish().catch(null),
});
type ErrorBody = z.infer<typeof errorSchema>;

/** The SDK's error, or that of another service in the same form. */
export type StatusError = { error: unknown; message: string };

/** Returns the service's error; empty if it is not in OpenAI's form. */
export function readError(error: Pick<StatusError, 'error'>): ErrorBody {
  const said = typeof error.error === 'string' ? { message: error.error } : error.error;
  const read = errorSchema.safeParse(said ?? {});
  return read.data ?? { message: '' };
}

const moderationCodes =
  /^(moderation_blocked|content_policy_violation|content_filter|sanitizer_error|Data_?Inspection_?Failed|\w*SensitiveContentDetected.*)$/i;
/** https://platform.openai.com/docs/guides/error-codes. These codes come with status 429, but a retry does not help. */
const creditCodes =
  /^(insufficient_quota|credit_balance_exhausted|billing_hard_limit_reached|billing_not_active|(organization|project)_(spend|usage)_limit_exceeded)$/;
const modelCodes = /^(model_not_found|model_not_available|invalid_model)$/;
const modelMessage = /\bmodel\b.{0,200}(not found|(does )?not exist|no longer|deprecated|not available)/is;
/** A longer wait is reported in hours instead of a countdown. */
const maxWaitMs = 3_600_000;

/** Explains an error status. Such a request costs nothing: https://help.openai.com/en/articles/6891829. */
export function explainStatus(exchange: Exchange, error: StatusError, origin: RequestOrigin): ServiceFailure {
  const status = exchange.status ?? 0;
  const body = readError(error);
  const names = [body.code ?? '', body.type ?? ''];
  const is = (pattern: RegExp) => names.some((name) => pattern.test(name));
  const explain = (code: ErrorCode, precise?: Sentence) => failed(code, null, precise);
  if (is(moderationCodes)) return explainModeration(body);
  if (is(creditCodes) || status === 402) {
    return explain('quota_zero', sentence('services.no_credit'));
  }
  if (status === 429) return explainRateLimit(exchange.retryAfterMs);
  if (status >= 500) return explain('provider_unavailable');
  if (status < 400) return redirectFailure();
  if (status === 401 || is(/^invalid_api_key$/)) return explainKey(origin);
  if (is(modelCodes) || (status !== 403 && modelMessage.test(body.message)))
    return unknownModelFailure(origin);
  if (status === 403) return explainForbidden(body);
  if (!exchange.isJsonResponse && /<(!doctype|html)/i.test(error.message)) return webPageFailure();
  if (status === 404 || status === 405) {
    return explain('bad_answer', sentence('services.address_answers_not'));
  }
  // A body in another form has its message elsewhere.
  const said = body.message || (exchange.error?.serviceMessage ?? '');
  const code = isSettingRefused(body.param, said) ? 'setting_rejected' : 'request_rejected';
  const words = said || (code === 'setting_rejected' && body.param) || '';
  if (safeQuote(words, [origin.apiKey]) === '') return explain(code);
  return explain(code, withQuote(sentence(`errors.${code}`), words, [origin.apiKey]));
}

/** Explains a blocked request. Without a stage, the input was blocked before anything was generated. */
function explainModeration({ moderation_details: details }: ErrorBody): ServiceFailure {
  if (details?.moderation_stage === 'output') {
    return failed('picture_filtered', null, sentence('services.withheld_safety'));
  }
  return failed('blocked_prompt', null, sentence('services.blocked_safety'));
}

/** @param wait in milliseconds; null if the service does not state it. */
export function explainRateLimit(wait: number | null): ServiceFailure {
  if (wait === null) return failed('rate_limited', null);
  if (wait > maxWaitMs) {
    return failed(
      'rate_limited',
      null,
      sentence('services.rate_limited_hours', { hours: Math.ceil(wait / maxWaitMs) }),
    );
  }
  return rateLimitedFailure(wait);
}

function explainKey({ apiKey }: RequestOrigin): ServiceFailure {
  if (!apiKey) {
    return failed('key_missing', null, sentence('services.key_required'));
  }
  return failed('key_rejected', null, sentence('services.key_rejected'));
}

function explainForbidden({ code, message }: ErrorBody): ServiceFailure {
  if (code === 'unsupported_country_region_territory') {
    return failed('not_permitted', null, sentence('services.not_in_country'));
  }
  if (/must be verified/i.test(message)) {
    return failed('not_permitted', null, sentence('services.needs_verification'));
  }
  return failed('not_permitted', null);
}

function unknownModelFailure({ model, kind }: RequestOrigin): ServiceFailure {
  if (model === null) return failed('model_gone', null);
  return modelGoneFailure(null, model, kind ? [kind] : []);
}
