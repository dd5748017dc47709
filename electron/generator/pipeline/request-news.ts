// Reports a request's progress to the message that waits for it. A prefetch has no message until one takes it over.
import type { FromGenerator } from '../../../shared/generator/messages';
import type { PictureContext } from '../services/service';
import type { Look } from './look-of';

/** The message that waits for a request. */
export type RequestListener = {
  jobId: string;
  onProgress: PictureContext['onProgress'];
};

export type RequestNews = ReturnType<typeof createRequestNews>;

/** Passes on what happens, and keeps the last of it for a message that comes later. */
export function createRequestNews(requestId: string, send: (message: FromGenerator) => void) {
  let listener: RequestListener | null = null;
  let fraction: number | null = null;
  let preview: Uint8Array | undefined;
  let hasProgress = false;
  let arrived: { look: Look | null } | null = null;

  function tellArrived(jobId: string, look: Look | null): void {
    // The page asks for the picture while it is being written.
    send({ type: 'arrived', jobId, requestId, ...(look && { look }) });
  }

  return {
    /** Tells a message what has happened so far, and from now on what happens. */
    tell(next: RequestListener): void {
      listener = next;
      if (arrived) tellArrived(next.jobId, arrived.look);
      else if (hasProgress) next.onProgress(fraction, preview);
    },
    onProgress(latest: number | null, shown?: Uint8Array): void {
      hasProgress = true;
      fraction = latest;
      // A preview is replaced by the next one only.
      preview = shown ?? preview;
      listener?.onProgress(latest, shown);
    },
    /** @param look of the bytes, which are in memory; null if their header is not of a picture. */
    onArrived(look: Look | null): void {
      arrived = { look };
      preview = undefined;
      if (listener) tellArrived(listener.jobId, look);
    },
  };
}
