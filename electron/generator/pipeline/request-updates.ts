// Reports a request's progress to the message that waits for it. A prefetch has no message until one takes it.
import type { FromGenerator } from '../../../shared/generator/messages';
import type { PictureContext } from '../services/service';
import type { DisplayInfo } from './display-info';

/** The message that waits for a request. */
export type RequestListener = {
  jobId: string;
  onProgress: PictureContext['onProgress'];
};

export type RequestUpdates = ReturnType<typeof createRequestUpdates>;

/** Forwards updates, and keeps the latest ones for a message that takes the request later. */
export function createRequestUpdates(requestId: string, send: (message: FromGenerator) => void) {
  let listener: RequestListener | null = null;
  let fraction: number | null = null;
  let preview: Uint8Array | undefined;
  let hasProgress = false;
  let arrived: { displayInfo: DisplayInfo | null } | null = null;

  function tellArrived(jobId: string, displayInfo: DisplayInfo | null): void {
    // The page requests the picture while it is still being written.
    send({ type: 'arrived', jobId, requestId, ...(displayInfo && { displayInfo }) });
  }

  return {
    /** Sends the latest update to a message, and all later ones. */
    tell(next: RequestListener): void {
      listener = next;
      if (arrived) tellArrived(next.jobId, arrived.displayInfo);
      else if (hasProgress) next.onProgress(fraction, preview);
    },
    onProgress(latest: number | null, shown?: Uint8Array): void {
      hasProgress = true;
      fraction = latest;
      // Keep the last preview until there is a new one.
      preview = shown ?? preview;
      listener?.onProgress(latest, shown);
    },
    /** @param displayInfo of the bytes, which are in memory; null if they do not begin like a picture. */
    onArrived(displayInfo: DisplayInfo | null): void {
      arrived = { displayInfo };
      preview = undefined;
      if (listener) tellArrived(listener.jobId, displayInfo);
    },
  };
}
