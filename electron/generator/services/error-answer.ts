// Collects the details of a service's error, without keys, for the user to read and pass on.
import { type FailureDetails, maxServiceMessageLength } from '../../../shared/domain/failure-details';
import { messageIn } from './error-body';
import { withoutSecrets } from './safe-quote';
import { createBodyTruncator } from './truncate-body';

/** Headers in which services send a request's id. */
const requestIdHeaders = [
  'x-request-id',
  'request-id',
  'x-fal-request-id',
  'x-goog-request-id',
  'x-ms-request-id',
  'apim-request-id',
  'x-siliconcloud-trace-id',
] as const;

/** Request headers that are not secret, although a service may repeat their values. */
const plainHeaders =
  /^(accept|connection|content-length|content-type|user-agent|x-goog-api-client|x-stainless-.*)$/;

/** Has the status and the id at once, and the message once the body was read. */
export type ErrorAnswer = FailureDetails;

/**
 * Returns the details of a failed response, and its body, which fills in the message while it is read.
 *
 * @param request its headers and address contain the secrets to remove.
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
  const start = createBodyTruncator();
  const body = response.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        start.add(chunk);
        controller.enqueue(chunk);
      },
      flush() {
        Object.assign(answer, serviceMessageIn(start.text(), secrets));
      },
    }),
  );
  return { answer, body: body ?? null };
}

/** Returns the message in the body of an error, without secrets. */
export function serviceMessageIn(
  body: string,
  secrets: readonly (string | null)[],
): Pick<ErrorAnswer, 'serviceMessage'> {
  const message = messageIn(body);
  return message === null ? {} : { serviceMessage: cut(withoutSecrets(message, secrets)) };
}

/** Returns the secrets of a request, any part of which a service may repeat. */
function secretsOf({ url, headers }: { url: string; headers: Headers }): string[] {
  const values = [...headers].flatMap(([name, value]) => (plainHeaders.test(name) ? [] : [value]));
  const words = values.flatMap((value) => [value, ...value.split(/[\s,;]+/)]);
  const inAddress = URL.canParse(url) ? [...new URL(url).searchParams.values()] : [];
  // Shorter strings occur in ordinary words, and no key is that short.
  return [...words, ...inAddress].filter((secret) => secret.length >= 6).sort((a, b) => b.length - a.length);
}

function cut(text: string): string {
  return text.length > maxServiceMessageLength ? `${text.slice(0, maxServiceMessageLength - 1)}…` : text;
}
