// Calls a Stable Diffusion web UI over HTTP and explains its failures.
import { z } from 'zod';
import type { ErrorCode } from '../../../../shared/domain/errors';
import { withoutTrailing } from '../../../../shared/domain/without-trailing';
import { type Exchange, explainConnectionError, failed, proxyFailure } from '../failures';
import { maxResponseBytes, ResponseTooLargeError, requestBytes } from '../http/request-bytes';
import { isJson, readRetryAfter } from '../http/tracked-fetch';
import { explainRateLimit } from '../openai/failures';
import { safeQuote } from '../safe-quote';
import type { ServiceFailure } from '../service';

/** The web UI's own default. */
export const defaultAddress = 'http://127.0.0.1:7860';

/** The web UI responded with an error status or without JSON. */
export class WebUiError extends Error {
  override readonly name = 'WebUiError';
  readonly answer: { status: number; contentType: string; text: string };
  constructor(answer: WebUiError['answer']) {
    super(`Status ${answer.status}.`);
    this.answer = answer;
  }
}

export type WebUiCall = {
  /** Without a trailing slash. */
  baseUrl: string;
  /** Of https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/API */
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
  if (exchange) Object.assign(exchange, { sent: true, status: null, isJsonResponse: false });
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
  if (status !== 200 || !isJson(contentType)) throw new WebUiError({ status, contentType, text });
  return JSON.parse(text);
}

/** Returns the configured address without a trailing slash; null if it is not valid. */
export function addressOf(configured: string | null): string | null {
  const baseUrl = withoutTrailing(configured ?? defaultAddress, '/');
  const protocol = URL.canParse(baseUrl) ? new URL(baseUrl).protocol : '';
  return protocol === 'http:' || protocol === 'https:' ? baseUrl : null;
}

/** FastAPI's errors, https://fastapi.tiangolo.com/tutorial/handling-errors, and the web UI's, see modules/api/api.py. */
const errorSchema = z.object({
  error: z.string().nullish().catch(null),
  detail: z.unknown(),
  errors: z.string().nullish().catch(null),
});

/** Explains an error. Requests to the web UI are free. */
export function explainWebUi(error: unknown, exchange: Exchange, address: string): ServiceFailure {
  const baseUrl = withoutPassword(address);
  const explain = (code: ErrorCode, message?: string) => failed(code, null, message);
  if (error instanceof WebUiError) return explainError(error, baseUrl, exchange);
  if (error instanceof ResponseTooLargeError) {
    return explain(
      'picture_too_large',
      'The web UI sent a picture that is too large. Request a smaller one.',
    );
  }
  const proxy = proxyFailure(error);
  if (proxy) return proxy;
  const { code, message } = explainConnectionError({ cause: error }, exchange, null);
  if (error instanceof SyntaxError || error instanceof z.ZodError || code === 'bad_answer') {
    return explain('bad_answer', otherServiceMessage(baseUrl));
  }
  if (code === 'unreachable') {
    // A server answers, but without TLS.
    const isTlsProblem = message !== failed('unreachable', null).message;
    return explain(
      'unreachable',
      isTlsProblem
        ? `No secure connection to ${baseUrl} was possible. Most web UIs need an address with http, so try that.`
        : `Nothing answers at ${baseUrl}. Start the web UI with --api, then try again.`,
    );
  }
  return explain(
    'connection_lost',
    'The connection to the web UI broke before the picture was complete. Check that it is still running, then try again.',
  );
}

/** An address from the environment may contain a name and a password, and addresses are shown. */
function withoutPassword(address: string): string {
  return address.replace(/\/\/[^/]*@/, '//');
}

function otherServiceMessage(baseUrl: string): string {
  return `Another program than the web UI answers at ${baseUrl}. Check the address, then try again.`;
}

function explainError(
  { answer }: WebUiError,
  baseUrl: string,
  { retryAfterMs }: Pick<Exchange, 'retryAfterMs'>,
): ServiceFailure {
  const { status, contentType, text } = answer;
  const explain = (code: ErrorCode, message: string) => failed(code, null, message);
  const said = readError(text);
  const detail = typeof said.detail === 'string' ? said.detail : '';
  // Status 400, or 404 in older versions.
  if (/sampler not found/i.test(detail)) {
    return explain(
      'request_rejected',
      'The web UI does not have this sampler. Choose another one, then try again.',
    );
  }
  if (status === 401 || status === 403) {
    return explain(
      'not_permitted',
      'The web UI requires a name and a password. Start it without --api-auth, then try again.',
    );
  }
  if (status === 404 || status === 405) {
    return explain(
      'bad_answer',
      `The web UI at ${baseUrl} runs without its API. Start it with --api, then try again.`,
    );
  }
  // By a server in front of it.
  if (status === 429) return explainRateLimit(retryAfterMs);
  if (!isJson(contentType) && status < 500) return explain('bad_answer', otherServiceMessage(baseUrl));
  if (/OutOfMemory/.test(said.error ?? '') || /out of memory/i.test(said.errors ?? '')) {
    return explain(
      'provider_unavailable',
      'The graphics card ran out of memory. Request a smaller picture or close other programs, then try again.',
    );
  }
  const quotation = safeQuote(said.errors || detail, []);
  if (status >= 500) {
    return explain(
      'provider_unavailable',
      `The web UI failed with an internal error. Check its window, then try again.${quotation}`,
    );
  }
  return explain(
    'request_rejected',
    `The web UI did not accept this request. Change the prompt or the settings of the picture, then try again.${quotation}`,
  );
}

function readError(text: string): z.infer<typeof errorSchema> {
  try {
    return errorSchema.parse(JSON.parse(text));
  } catch {
    return { error: null, detail: null, errors: null };
  }
}
