// Serves the built page at afterimage://app/… from the app's own folder, under a strict content security policy.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { appScheme } from '../../../shared/domain/pictures';
import { notFound, type PlainResponse } from './plain-response';

export const pageAddress = `${appScheme}://app/index.html`;

/** Allows only our own scripts and styles, pictures from the image host, and no connections. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // Not shown: the answer to a request of the page.
  `img-src 'self' ${appScheme}://image data:`,
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** @param folder the built renderer; files outside it are never served. */
export function serveAppPages(folder: string) {
  return async (url: URL): Promise<PlainResponse> => {
    const contentType = contentTypes[path.extname(url.pathname)];
    const pathname = decodePath(url);
    if (!contentType || pathname === null || pathname.includes('\0')) return notFound();
    const file = path.join(folder, path.normalize(pathname));
    if (!file.startsWith(folder + path.sep)) return notFound();
    const body = readPage(file);
    if (!body) return notFound();
    return {
      status: 200,
      headers: {
        'content-type': contentType,
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
      },
      body,
    };
  };
}

/**
 * Reads a file of at most half a megabyte from the app's own folder; null if there is none. Synchronous, because each
 * step of an asynchronous read would queue on the main thread, which is busiest while the page is loading.
 */
function readPage(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

/** Returns the decoded path, or null if its percent-encoding is invalid. */
function decodePath(url: URL): string | null {
  try {
    return decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
}
