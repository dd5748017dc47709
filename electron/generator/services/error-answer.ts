// Keeps what a service says about a failure, for the user to read and to pass on: never with a key.
import { z } from 'zod';
import { type FailureDetails, maxServiceMessageLength } from '../../../shared/domain/failure-details';
import { withoutSecrets } from './safe-quote';

/** More of an error's body is not read for its message, in bytes. */
const maxBodyLength = 16_384;

/** The names under which services send the id of a request. */
const requestIdHeaders = [
  'x-request-id',
  'request-id',
  'x-fal-request-id',
  'x-goog-request-id',
  'x-ms-request-id',
  'apim-request-id',
  'x-siliconcloud-trace-id',
] as const;

/** Request headers that are no secrets, although a service may repeat their values. */
const plainHeaders =
  /^(accept|connection|content-length|content-type|user-agent|x-goog-api-client|x-stainless-.*)$/;

/** The status and the id at once; the message when the body has been read. */
export type ErrorAnswer = FailureDetails;

/**
 * Returns what a response says about its failure, and its body, which fills in the message while it is read.
 *
 * @param request what was sent: its headers and its address contain the secrets that are removed.
 */
export function readErrorAnswer(
  response: Response,
  request: { url: string; headers: Headers },
): { answer: ErrorAnswer; body: ReadableStream<Uint8Array> | null } {
  const requestId = requestIdHeaders.map((name) => response.headers.get(name)).find((id) => id !== null);
  const secrets = secretsOf(request);
  const answer: ErrorAnswer = {
    httpStatus: response.status,
    ...(requestId && { serviceRequestId: withoutSecrets(requestId, secrets).slice(0, 200) }),
  };
  const chunks: Uint8Array[] = [];
  let length = 0;
  const body = response.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        if (length < maxBodyLength) chunks.push(chunk.slice(0, maxBodyLength - length));
        length += chunk.length;
        controller.enqueue(chunk);
      },
      flush() {
        const message = messageIn(Buffer.concat(chunks).toString('utf8'));
        if (message !== null) answer.serviceMessage = cut(withoutSecrets(message, secrets));
      },
    }),
  );
  return { answer, body: body ?? null };
}

const said = z.string().min(1);
/** FastAPI's place of a problem, such as `["body", "image_size"]`: https://fastapi.tiangolo.com/tutorial/handling-errors */
const placeSchema = z
  .array(z.union([z.string(), z.number()]))
  .transform((place) => (place.length > 0 ? `${place.at(-1)}: ` : ''))
  .catch('');
const bodySchema = z.union([
  z.object({ error: z.object({ message: said }) }).transform(({ error }) => error.message),
  z.object({ error: said }).transform(({ error }) => error),
  z.object({ message: said }).transform(({ message }) => message),
  z.object({ detail: said }).transform(({ detail }) => detail),
  z
    .object({ detail: z.array(z.object({ msg: said, loc: placeSchema })).min(1) })
    .transform(({ detail }) => detail.map(({ msg, loc }) => `${loc}${msg}`).join(' ')),
  z
    .object({ errors: z.array(z.object({ message: said })).min(1) })
    .transform(({ errors }) => errors.map(({ message }) => message).join(' ')),
]);

/** Returns null for a body that is not complete yet, or that is a page and not a message. */
function messageIn(body: string): string | null {
  try {
    const json: unknown = JSON.parse(body);
    // Google's streams wrap their errors in a list.
    return bodySchema.safeParse(Array.isArray(json) ? json[0] : json).data ?? null;
  } catch {
    const isText = body.trim() !== '' && !/^\s*[<{[]/.test(body);
    return isText ? body : null;
  }
}

/** A service may repeat any part of what it was sent. */
function secretsOf({ url, headers }: { url: string; headers: Headers }): string[] {
  const values = [...headers].flatMap(([name, value]) => (plainHeaders.test(name) ? [] : [value]));
  const words = values.flatMap((value) => [value, ...value.split(/[\s,;]+/)]);
  const inAddress = URL.canParse(url) ? [...new URL(url).searchParams.values()] : [];
  // Shorter ones occur in ordinary words, and no key is that short.
  return [...words, ...inAddress].filter((secret) => secret.length >= 6).sort((a, b) => b.length - a.length);
}

function cut(text: string): string {
  return text.length > maxServiceMessageLength ? `${text.slice(0, maxServiceMessageLength - 1)}…` : text;
}
