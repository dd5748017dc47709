// Registers the app's own scheme: afterimage://app/ serves the page, afterimage://image/ serves pictures.
import { Readable } from 'node:stream';
import { type ProtocolRequest, type ProtocolResponse, protocol } from 'electron';
import { appScheme } from '../../../shared/domain/pictures';
import { type PlainResponse, plainNotFound } from './plain-response';

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
export type Respond = (url: URL, request: ProtocolRequest) => Promise<ProtocolResponse | undefined>;

/**
 * Answers the requests of the scheme. `protocol.handle` would load the classes of `fetch` for each request, which takes
 * longer than all else that the main process does for the first paint: see docs/decisions/035.
 *
 * @param hosts one responder per host of the scheme; every other host is not found.
 */
export function serveScheme(hosts: Readonly<Record<string, Respond>>): void {
  async function answer(request: ProtocolRequest): Promise<ProtocolResponse> {
    try {
      const url = new URL(request.url);
      const respond = Object.hasOwn(hosts, url.hostname) ? hosts[url.hostname] : undefined;
      return (await respond?.(url, request)) ?? toProtocol(plainNotFound());
    } catch (error) {
      console.error('A request to the app scheme failed:', error);
      return toProtocol(plainNotFound());
    }
  }
  // The method is deprecated in favour of `protocol.handle`, which itself is built on it.
  protocol.registerStreamProtocol(appScheme, (request, send) => void answer(request).then(send));
}

/** Returns a responder that takes and gives the classes of `fetch`, which are loaded with its first request. */
export function withFetch(respond: (url: URL, request: Request) => Response | Promise<Response>): Respond {
  return async (url, { method, headers }) => {
    const response = await respond(url, new Request(url, { method, headers }));
    return {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      data: response.body ? Readable.fromWeb(response.body) : Readable.from([]),
    };
  };
}

/** Returns a responder that answers with the bytes of a file. */
export function withBytes(respond: (url: URL) => Promise<PlainResponse>): Respond {
  return async (url) => toProtocol(await respond(url));
}

function toProtocol({ status, headers, body }: PlainResponse): ProtocolResponse {
  return { statusCode: status, headers, data: Readable.from([body]) };
}
