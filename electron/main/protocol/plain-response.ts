// A response of the app's scheme without the classes of `fetch`, which take longer to load than the page.

/** The parts of a request that matter beside its URL. */
export type PlainRequest = {
  method: string;
  /** By names in any case, as Chromium writes them. */
  headers: Readonly<Record<string, string>>;
};

/** A response that is complete at once. */
export type PlainResponse = {
  status: number;
  /** By names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
};

/** Returns the same response whatever the reason, so that nobody can probe for files. */
export function notFound(): PlainResponse {
  // Not shown: the answer to a request of the page.
  return { status: 404, headers: { 'content-type': 'text/plain' }, body: Buffer.from('Not found') };
}

/** Returns the value of a request's header, or null. @param name in lower case. */
export function headerOf({ headers }: PlainRequest, name: string): string | null {
  for (const [key, value] of Object.entries(headers)) if (key.toLowerCase() === name) return value;
  return null;
}
