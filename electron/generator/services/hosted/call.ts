// One HTTP exchange with a service: JSON in, JSON or a picture's bytes out.
import { z } from 'zod';
import type { Exchange } from '../failures';
import type { DetachedStrings } from '../http/detach-base64';
import { closeConnection, trackedFetch } from '../http/tracked-fetch';

/** The service responded with an error status. */
export class StatusError extends Error {
  override readonly name = 'StatusError';
  readonly status: number;
  /** As OpenAI's SDK has it: the inner error object. */
  readonly error: unknown;
  constructor(status: number, text: string) {
    const error = errorOf(text);
    super(text.slice(0, 2000));
    this.status = status;
    this.error = error;
  }
}

/** Returns the error in OpenAI's form, whichever form the service has: a text, `error`, `detail`, `errors` or `message`. */
function errorOf(text: string): unknown {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(body)) return { message: typeof body === 'string' ? body : '' };
  const inner = body['error'] ?? body['detail'] ?? body['errors'] ?? body['message'];
  const code = typeof body['code'] === 'string' || typeof body['code'] === 'number' ? body['code'] : null;
  if (isRecord(inner)) return { ...inner, ...nodeProblem(body['node_errors']) };
  const first: unknown = Array.isArray(inner) ? inner[0] : inner;
  // FastAPI, which fal and others use: https://fastapi.tiangolo.com/tutorial/handling-errors
  if (isRecord(first)) {
    const place: readonly unknown[] = Array.isArray(first['loc']) ? first['loc'] : [];
    const at = place.length > 0 ? `${place.at(-1)}: ` : '';
    return {
      message: `${at}${first['msg'] ?? first['message'] ?? ''}`,
      type: first['type'] ?? null,
      // Its first part is where the fields are, such as `body`.
      param: place.length > 1 ? String(place.at(-1)) : null,
    };
  }
  return { message: typeof first === 'string' ? first : '', code };
}

const nodeErrorsSchema = z.record(
  z.string(),
  z.object({
    class_type: z.string(),
    errors: z.array(z.object({ message: z.string(), details: z.string() })),
  }),
);

/** ComfyUI says with each node what is wrong with it, such as a file that it does not have. */
function nodeProblem(nodeErrors: unknown): { message?: string } {
  const [node] = Object.values(nodeErrorsSchema.safeParse(nodeErrors).data ?? {});
  const [error] = node?.errors ?? [];
  return node && error ? { message: `${node.class_type}: ${error.message}: ${error.details}` } : {};
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
      // A form sets its own type, with the boundary.
      ...(body && !(body instanceof FormData) && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body && { body: body instanceof FormData ? body : JSON.stringify(body) }),
  });
  const type = response.headers.get('content-type') ?? '';
  if (response.ok && /^(image\/|application\/octet-stream)/.test(type)) {
    // What follows is complete or cut off; it is no page of another server.
    exchange.isJsonResponse = true;
    return new Uint8Array(await response.arrayBuffer());
  }
  const text = await response.text();
  if (!response.ok) throw new StatusError(response.status, text);
  if (text === '') return undefined;
  return JSON.parse(text);
}
