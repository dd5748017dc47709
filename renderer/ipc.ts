// The only user of window.afterimage: typed requests and events.
import type { AfterimageBridge } from '../shared/contract';
import { inLanguage, type Result } from '../shared/domain/errors';

declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface adds to the browser's own.
  interface Window {
    readonly afterimage: AfterimageBridge<File>;
  }
}

/** Sends a request to the main process. Every answer is a value, including failures, in the language of the interface. */
export const request: AfterimageBridge['request'] = async (name, input) =>
  translated(await window.afterimage.request(name, input));

/** What has happened since the page began; null once `deliverEvents` was called. */
let held: (() => void)[] | null = [];

/** Listens to an event, from `deliverEvents` on. @returns a function that stops listening. */
export const on: AfterimageBridge['on'] = (name, listener) =>
  window.afterimage.on(name, (event) => {
    if (held) held.push(() => listener(event));
    else listener(event);
  });

/**
 * Delivers the events since the page began, in their order, and each later one at once. Call it when the reply of `app:start`
 * is in the stores: it says how everything was before most of these events, and would undo what they have changed.
 */
export function deliverEvents(): void {
  const events = held ?? [];
  held = null;
  for (const deliver of events) deliver();
}

/** Passes a picture to the main process, to be attached to a message. */
export const attach: AfterimageBridge<File>['attach'] = async (file) =>
  translated(await window.afterimage.attach(file));

/** Passes dropped or selected files to the main process. */
export const offer: AfterimageBridge<File>['offer'] = async (files) =>
  translated(await window.afterimage.offer(files));

function translated<Reply extends Result<unknown>>(reply: Reply): Reply {
  return reply.ok ? reply : { ...reply, ...inLanguage(reply) };
}
