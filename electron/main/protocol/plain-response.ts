// Responses of the app's scheme, without the `fetch` classes, which take longer to load than the page.

/** The parts of a request that are used, besides its URL. */
export type PlainRequest = {
  method: string;
  /** Header names are in any case, as Chromium sends them. */
  headers: Readonly<Record<string, string>>;
};

/** A response that is complete at once. */
export type PlainResponse = {
  status: number;
  /** Header names are in lower case. */
  headers: Record<string, string>;
  body: Buffer;
};

/** Returns the same response for every reason, so that files cannot be probed for. */
export function notFound(): PlainResponse {
  // Not shown: the answer to a request of the page.
  return { status: 404, headers: { 'content-type': 'text/plain' }, body: Buffer.from('Not found') };
}

/** Returns the value of a request's header, or null. @param name in lower case. */
export function headerOf({ headers }: PlainRequest, name: string): string | null {
  for (const [key, value] of Object.entries(headers)) if (key.toLowerCase() === name) return value;
  return null;
}
