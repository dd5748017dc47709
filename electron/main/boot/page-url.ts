// The address of the app's page, and whether a request comes from it.
import { pageAddress } from '../protocol/app-pages';

/** Returns the URL of the built page or, in development, of the dev server. */
export function pageUrl(): string {
  return (import.meta.env.DEV && process.env.ELECTRON_RENDERER_URL) || pageAddress;
}

/** Returns whether a URL is the app's own page, which alone may send requests. */
export function isOwnPage(url: string): boolean {
  const own = new URL(pageUrl());
  const { protocol, host } = new URL(url);
  return protocol === own.protocol && host === own.host;
}
