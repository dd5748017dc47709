// Registers the app's own scheme: afterimage://app/ serves the page, afterimage://image/ serves pictures.
import { type ProtocolResponse, protocol } from 'electron';
import { appScheme } from '../../../shared/domain/pictures';
import { notFound, type PlainRequest, type PlainResponse } from './plain-response';

/** Gives the scheme the privileges of a secure origin. Call it before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

/** Answers a request; undefined if there is nothing at its address. */
export type Respond = (url: URL, request: PlainRequest) => Promise<PlainResponse | undefined>;

/**
 * Answers the requests of the scheme. Does not use `protocol.handle`, which would load the `fetch` classes and copy
 * streamed bytes once more on the main thread: see docs/decisions/035.
 *
 * @param hosts one responder per host of the scheme; every other host is not found.
 */
export function serveScheme(hosts: Readonly<Record<string, Respond>>): void {
  async function answer(request: PlainRequest & { url: string }): Promise<PlainResponse> {
    try {
      const url = new URL(request.url);
      const respond = Object.hasOwn(hosts, url.hostname) ? hosts[url.hostname] : undefined;
      return (await respond?.(url, request)) ?? notFound();
    } catch (error) {
      console.error('A request to the app scheme failed:', error);
      return notFound();
    }
  }
  // The method is deprecated in favour of `protocol.handle`, which itself is built on it.
  protocol.registerBufferProtocol(
    appScheme,
    (request, send) => void answer(request).then((response) => send(toProtocol(response))),
  );
}

function toProtocol({ status, headers, body }: PlainResponse): ProtocolResponse {
  return { statusCode: status, headers, data: body };
}
