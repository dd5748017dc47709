// Calls a Stable Diffusion web UI over HTTP and explains its failures.

import { z } from 'zod';
import type { ErrorCode } from '../../../../shared/domain/errors';
import { parseJson } from '../../../../shared/domain/parse-json';
import { withoutTrailing } from '../../../../shared/domain/without-trailing';
import { type Sentence, sentence } from '../../../../shared/languages/sentence';
import { serviceMessageIn } from '../error-answer';
import { messageIn } from '../error-body';
import { addressToShow, type Exchange, explainConnectionError, failed, proxyFailure } from '../failures';
import { parseRepaired } from '../http/repair-json';
import { maxResponseBytes, ResponseTooLargeError, requestBytes } from '../http/request-bytes';
import { isJson, readRetryAfter } from '../http/tracked-fetch';
import { explainRateLimit } from '../openai/failures';
import { withQuote } from '../safe-quote';
import type { ServiceFailure } from '../service';

/** The web UI's own default. */
const defaultAddress = 'http://127.0.0.1:7860';

/** Thrown for an error status, and for a response that is not JSON. */
export class WebUiError extends Error {
  override readonly name = 'WebUiError';
  readonly answer: { status: number; contentType: string; text: string };
  constructor(answer: WebUiError['answer']) {
    // Not shown: only in the log.
    super(`Status ${answer.status}.`);
    this.answer = answer;
  }
}

export type WebUiCall = {
  /** Without a trailing slash. */
  baseUrl: string;
  /** Source: https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/API */
  path: `/sdapi/v1/${string}`;
  /** Absent: GET. */
  body?: object;
  signal: AbortSignal;
  exchange?: Exchange;
};

/**
 * Returns the JSON of the response.
 *
 * @throws WebUiError, SyntaxError, ResponseTooLargeError, or the socket's error.
 */
export async function callWebUi({ baseUrl, path, body, signal, exchange }: WebUiCall): Promise<unknown> {
  if (exchange) Object.assign(exchange, { wasSent: true, status: null, isJsonResponse: false, error: null });
  const { status, contentType, bytes } = await requestBytes(new URL(`${baseUrl}${path}`), {
    signal,
    maxBytes: maxResponseBytes,
    ...(body && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
    onResponse: (status, contentType, headers) => {
      const retryAfterMs = readRetryAfter(headers);
      if (exchange) Object.assign(exchange, { status, isJsonResponse: isJson(contentType), retryAfterMs });
    },
  });
  const text = bytes.toString('utf8');
  if (exchange && status !== 200)
    exchange.error = { httpStatus: status, ...serviceMessageIn(text, [new URL(baseUrl).password]) };
  if (status !== 200 || !isJson(contentType)) throw new WebUiError({ status, contentType, text });
  return parseRepaired(bytes);
}

/** Returns the configured address without a trailing slash; null if it is not valid. */
export function addressOf(configured: string | null): string | null {
  const baseUrl = withoutTrailing(configured ?? defaultAddress, '/');
  const protocol = URL.canParse(baseUrl) ? new URL(baseUrl).protocol : '';
  return protocol === 'http:' || protocol === 'https:' ? baseUrl : null;
}

/** The class of an exception and its message: modules/api/api.py. */
const errorSchema = z.object({ error: z.string().catch(''), errors: z.string().catch('') });

/** Explains an error. Requests to the web UI are free. */
export function explainWebUi(error: unknown, exchange: Exchange, address: string): ServiceFailure {
  const baseUrl = addressToShow(new URL(address));
  const explain = (code: ErrorCode, precise?: Sentence) => failed(code, null, precise);
  if (error instanceof WebUiError) return explainError(error, baseUrl, exchange);
  if (error instanceof ResponseTooLargeError) {
    return explain('picture_too_large', sentence('services.web_ui_too_large'));
  }
  const proxy = proxyFailure(error);
  if (proxy) return proxy;
  const broken = explainConnectionError({ cause: error }, exchange, null, {
    ...{ kind: 'automatic1111', baseUrl: address },
  });
  if (error instanceof SyntaxError || error instanceof z.ZodError || broken.code === 'bad_answer') {
    return explain('bad_answer', otherServiceMessage(baseUrl));
  }
  if (broken.code === 'unreachable') return broken;
  return explain('connection_lost', sentence('services.web_ui_connection_broke'));
}

function otherServiceMessage(baseUrl: string): Sentence {
  return sentence('services.web_ui_other_program', { address: baseUrl });
}

function explainError(
  { answer }: WebUiError,
  baseUrl: string,
  { retryAfterMs }: Pick<Exchange, 'retryAfterMs'>,
): ServiceFailure {
  const { status, contentType, text } = answer;
  const explain = (code: ErrorCode, precise: Sentence) => failed(code, null, precise);
  const words = messageIn(text) ?? '';
  // Status 400, or 404 in older versions.
  if (/sampler not found/i.test(words)) {
    return explain('request_rejected', sentence('services.web_ui_no_sampler'));
  }
  if (status === 401 || status === 403) {
    return explain('not_permitted', sentence('services.web_ui_needs_login'));
  }
  if (status === 404 || status === 405) {
    return explain('bad_answer', sentence('services.web_ui_without_api', { address: baseUrl }));
  }
  // Sent by a server in front of the web UI.
  if (status === 429) return explainRateLimit(retryAfterMs);
  if (!isJson(contentType) && status < 500) return explain('bad_answer', otherServiceMessage(baseUrl));
  const exception = errorSchema.safeParse(parseJson(text)).data;
  if (exception && (/OutOfMemory/.test(exception.error) || /out of memory/i.test(exception.errors))) {
    return explain('provider_unavailable', sentence('services.web_ui_no_memory'));
  }
  if (status >= 500) {
    return explain('provider_unavailable', withQuote(sentence('services.web_ui_internal_error'), words));
  }
  return explain('request_rejected', withQuote(sentence('errors.request_rejected'), words));
}
