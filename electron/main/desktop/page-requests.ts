// Sends requests of the desktop to the page of one window, and keeps them until it listens.
import type { BrowserWindow, WebContents } from 'electron';
import type { DesktopRequest } from '../../../shared/contract/desktop';

/** @param send sends a request to a page that listens. */
export function createPageRequests(send: (page: WebContents, request: DesktopRequest) => void) {
  /** What a page has to be sent as soon as it listens; absent for one that listens. */
  const pending = new WeakMap<WebContents, DesktopRequest[]>();

  return {
    /** Call it for each new window. */
    attachWindow({ webContents }: BrowserWindow): void {
      const expectPage = () => pending.set(webContents, pending.get(webContents) ?? []);
      expectPage();
      // The page that takes its place has to subscribe first.
      webContents.on('render-process-gone', expectPage);
    },
    /** Call it when the page has subscribed to events. */
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
