// The only user of window.afterimage: typed requests and events.
import type { AfterimageBridge } from '../shared/contract';
import { explain, type Result } from '../shared/domain/errors';

declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface adds to the browser's own.
  interface Window {
    readonly afterimage: AfterimageBridge<File>;
  }
}

/** Sends a request to the main process. Every answer is a value, including failures, in the language of the interface. */
export const request: AfterimageBridge['request'] = async (name, input) =>
  translated(await window.afterimage.request(name, input));

/** @returns a function that stops listening. */
export const on: AfterimageBridge['on'] = (name, listener) => window.afterimage.on(name, listener);

/** Passes a picture to the main process, to be attached to a message. */
export const attach: AfterimageBridge<File>['attach'] = async (file) =>
  translated(await window.afterimage.attach(file));

/** Passes dropped or selected files to the main process. */
export const offer: AfterimageBridge<File>['offer'] = async (files) =>
  translated(await window.afterimage.offer(files));

function translated<Reply extends Result<unknown>>(reply: Reply): Reply {
  return reply.ok ? reply : { ...reply, message: explain(reply) };
}
