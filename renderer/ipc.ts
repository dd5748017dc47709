// The only user of window.afterimage: typed requests and events.
import type { AfterimageBridge } from '../shared/contract';

declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface adds to the browser's own.
  interface Window {
    readonly afterimage: AfterimageBridge<File>;
  }
}

/** Sends a request to the main process. Every answer is a value, including failures. */
export const request: AfterimageBridge['request'] = (name, input) => window.afterimage.request(name, input);

/** @returns a function that stops listening. */
export const on: AfterimageBridge['on'] = (name, listener) => window.afterimage.on(name, listener);

/** Passes a picture to the main process, to be attached to a message. */
export const attach: AfterimageBridge<File>['attach'] = (file) => window.afterimage.attach(file);

/** Passes dropped or selected files to the main process. */
export const offer: AfterimageBridge<File>['offer'] = (files) => window.afterimage.offer(files);
