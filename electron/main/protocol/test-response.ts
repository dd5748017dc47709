// Reads a response of the app's scheme in tests with the classes of `fetch`.
import type { PlainResponse } from './plain-response';

export function asResponse({ body, status, headers }: PlainResponse): Response {
  // A status such as 304 allows no body, not even an empty one.
  return new Response(body.length === 0 ? null : new Uint8Array(body), { status, headers });
}
