// Holds the one prefetched picture: a picture that is made while the user is still writing.
import type { PictureJob } from '../../../shared/generator/jobs';

export type PrefetchSlot = ReturnType<typeof createPrefetchSlot>;

export type PrefetchGenerator = {
  mayStart: () => boolean;
  start: (job: PictureJob) => void;
  discard: (requestId: string) => void;
};

/** A prefetch's request has an id of its own, also used for its job; a message that takes it over stores that id. */
export function createPrefetchSlot(generator: PrefetchGenerator) {
  let current: PictureJob | null = null;

  function stop(): void {
    if (current) generator.discard(current.requestId);
    current = null;
  }

  return {
    current: () => current,
    /** Returns whether a prefetch can start now. */
    mayStart: generator.mayStart,
    /** Starts a prefetch in place of the current one. */
    start(job: PictureJob): void {
      stop();
      current = job;
      generator.start(job);
    },
    /** Discards the current prefetch, if there is one. */
    stop,
    /** Empties the slot without discarding the picture, which belongs to a message from now on. */
    handOver(): void {
      current = null;
    },
  };
}
