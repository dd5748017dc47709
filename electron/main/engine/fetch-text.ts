// Fetches a small text, such as a catalogue.

/** Maximum time for the whole answer (ms). */
const maxFetchMs = 10_000;

/** @throws if the answer is no success, is larger than `maxBytes` or takes too long. */
export async function fetchText(
  fetch: (url: string, init: { signal: AbortSignal }) => Promise<Response>,
  url: string,
  maxBytes: number,
): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(maxFetchMs) });
  if (!response.ok || !response.body) throw new Error(`The server answered with ${response.status}.`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > maxBytes) throw new Error(`It is larger than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
