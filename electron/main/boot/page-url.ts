// The address of the app's page, and whether a request comes from it.
import { pageAddress } from '../protocol/app-pages';

/** Returns the built page, or in development the page that reloads by itself. */
export function pageUrl(): string {
  return (import.meta.env.DEV && process.env.ELECTRON_RENDERER_URL) || pageAddress;
}

/** Only the app's own page may send requests. */
export function isOwnPage(url: string): boolean {
  const own = new URL(pageUrl());
  const { protocol, host } = new URL(url);
  return protocol === own.protocol && host === own.host;
}
