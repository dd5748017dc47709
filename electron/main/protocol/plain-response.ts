// A response of the app's scheme without the classes of `fetch`, which take longer to load than the page.

/** A response that is complete at once. Status 200 or 404. */
export type PlainResponse = {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
};

/** Returns the same response as `notFound()`. */
export function plainNotFound(): PlainResponse {
  // Not shown: the answer to a request of the page.
  return { status: 404, headers: { 'content-type': 'text/plain' }, body: Buffer.from('Not found') };
}
