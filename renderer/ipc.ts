// The only module that uses window.afterimage: typed requests and events.
import type { AfterimageBridge } from '../shared/contract';
import { inLanguage, type Result } from '../shared/domain/errors';

declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with the browser's own.
  interface Window {
    readonly afterimage: AfterimageBridge<File>;
  }
}

/** Sends a request to the main process. Never throws: failures are values, with messages in the interface's language. */
export const request: AfterimageBridge['request'] = async (name, input) =>
  translated(await window.afterimage.request(name, input));

/** The events since the page started; null once `deliverEvents` was called. */
let held: (() => void)[] | null = [];

/** Listens to an event, from `deliverEvents` on. @returns a function that stops listening. */
export const on: AfterimageBridge['on'] = (name, listener) =>
  window.afterimage.on(name, (event) => {
    if (held) held.push(() => listener(event));
    else listener(event);
  });

/**
 * Delivers the events since the page started, in order, and each later one at once. Call it after the reply of `app:start`
 * was applied to the stores, because the reply is older than most of these events and would revert their changes.
 */
export function deliverEvents(): void {
  const events = held ?? [];
  held = null;
  for (const deliver of events) deliver();
}

/** Passes a picture to the main process, to attach it to a message. */
export const attach: AfterimageBridge<File>['attach'] = async (file) =>
  translated(await window.afterimage.attach(file));

/** Passes dropped or selected files to the main process. */
export const offer: AfterimageBridge<File>['offer'] = async (files) =>
  translated(await window.afterimage.offer(files));

function translated<Reply extends Result<unknown>>(reply: Reply): Reply {
  return reply.ok ? reply : { ...reply, ...inLanguage(reply) };
}
