// One HTTP exchange with a service: sends JSON, and receives JSON or a picture's bytes.
import { parseJson } from '../../../../shared/domain/parse-json';
import { isRecord, messageIn } from '../error-body';
import type { Exchange } from '../failures';
import type { DetachedStrings } from '../http/detach-base64';
import { closeConnection, trackedFetch } from '../http/tracked-fetch';

/** Thrown for a response with an error status. */
export class StatusError extends Error {
  override readonly name = 'StatusError';
  readonly status: number;
  /** The inner error object, as in OpenAI's SDK. */
  readonly error: unknown;
  constructor(status: number, text: string) {
    const error = errorOf(text);
    super(text.slice(0, 2000));
    this.status = status;
    this.error = error;
  }
}

/** Returns the error in OpenAI's form; null if the body is not JSON. */
function errorOf(text: string): unknown {
  const body = parseJson(text);
  if (body === undefined) return null;
  const message = messageIn(text) ?? '';
  if (!isRecord(body)) return { message };
  const inner = body['error'] ?? body['detail'] ?? body['errors'];
  const problem: unknown = Array.isArray(inner) ? inner[0] : inner;
  const { code } = body;
  if (!isRecord(problem)) return { message, ...(typeof code !== 'object' && { code }) };
  // FastAPI names a field by its path, which begins with its location, such as `body`.
  const place: readonly unknown[] = Array.isArray(problem['loc']) ? problem['loc'] : [];
  return { ...problem, message, ...(place.length > 1 && { param: String(place.at(-1)) }) };
}

export type Call = {
  url: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers: Readonly<Record<string, string>>;
  body?: object | undefined;
  signal: AbortSignal;
  exchange: Exchange;
  /** Decodes the pictures of the response while it arrives. */
  strings?: DetachedStrings | undefined;
};

/**
 * Returns the JSON of the response, or a picture's bytes if its type says that it is one.
 *
 * @throws StatusError, or what fetch and JSON.parse throw.
 */
export async function call({
  url,
  method,
  headers,
  body,
  signal,
  exchange,
  strings,
}: Call): Promise<unknown> {
  const response = await trackedFetch(exchange, { strings })(url, {
    method,
    signal,
    headers: {
      ...closeConnection,
      Accept: 'application/json, image/*',
      // A form sets its own content type, which includes the boundary.
      ...(body && !(body instanceof FormData) && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body && { body: body instanceof FormData ? body : JSON.stringify(body) }),
  });
  const type = response.headers.get('content-type') ?? '';
  if (response.ok && /^(image\/|application\/octet-stream)/.test(type)) {
    // The body is complete or truncated from now on, but not another server's web page.
    exchange.isJsonResponse = true;
    return new Uint8Array(await response.arrayBuffer());
  }
  const text = await response.text();
  if (!response.ok) throw new StatusError(response.status, text);
  if (text === '') return undefined;
  return JSON.parse(text);
}
