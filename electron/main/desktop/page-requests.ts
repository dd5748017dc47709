// Sends requests of the desktop integration to a window's page, and queues them until the page listens.
import type { BrowserWindow, WebContents } from 'electron';
import type { DesktopRequest } from '../../../shared/contract/desktop';

/** @param send sends a request to a page that listens. */
export function createPageRequests(send: (page: WebContents, request: DesktopRequest) => void) {
  /** Requests to send as soon as a page listens; no entry for a page that already does. */
  const pending = new WeakMap<WebContents, DesktopRequest[]>();

  return {
    /** Call for each new window. */
    attachWindow({ webContents }: BrowserWindow): void {
      const expectPage = () => pending.set(webContents, pending.get(webContents) ?? []);
      expectPage();
      // The page that replaces it has to subscribe first.
      webContents.on('render-process-gone', expectPage);
    },
    /** Call when the page has subscribed to events. */
    onPageReady(page: WebContents): void {
      const waiting = pending.get(page) ?? [];
      pending.delete(page);
      for (const request of waiting) send(page, request);
    },
    send(page: WebContents, request: DesktopRequest): void {
      const waiting = pending.get(page);
      if (waiting) waiting.push(request);
      else send(page, request);
    },
  };
}
