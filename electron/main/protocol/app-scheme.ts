// Registers the app's own scheme: afterimage://app/ serves the page, afterimage://image/ serves pictures.
import { protocol } from 'electron';
import { appScheme } from '../../../shared/domain/pictures';
import { notFound } from './not-found';

/** Gives the scheme the privileges of a secure origin. Call it before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

type Respond = (url: URL, request: Request) => Response | Promise<Response>;

/** @param hosts one responder per host of the scheme; every other host is not found. */
export function serveScheme(hosts: Readonly<Record<string, Respond>>): void {
  protocol.handle(appScheme, async (request) => {
    try {
      const url = new URL(request.url);
      const respond = Object.hasOwn(hosts, url.hostname) ? hosts[url.hostname] : undefined;
      return (await respond?.(url, request)) ?? notFound();
    } catch (error) {
      console.error('A request to the app scheme failed:', error);
      return notFound();
    }
  });
}
