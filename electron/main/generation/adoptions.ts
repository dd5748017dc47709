// Part of the dispatcher: adds paid pictures that belong to no message to the gallery, one after another.
import type { Arrival } from '../../../shared/generator/arrivals';
import type { RecoverJob } from '../../../shared/generator/jobs';
import type { Outcome } from '../../../shared/generator/messages';
import type { SaveEnd } from './unsaved-ends';

export type AdoptionOptions = {
  /** Returns whether no message uses an arrival, now or later. @param isRunning whether a message's job runs. */
  isOrphan: (arrival: Arrival, isRunning: (messageId: string) => boolean) => boolean;
  /** Stores an arrival as a picture, from the disk. Never rejects, and makes no request. */
  recoverFile: (job: RecoverJob) => Promise<Outcome>;
  /** Writes how an adoption has ended. */
  settleAdopted: (arrival: Arrival, outcome: Outcome) => void;
};

/**
 * The queue is in memory only: each arrival is a file, which housekeeping finds again.
 *
 * @param onEnd called when one has ended, so that the next one can begin.
 */
export function createAdoptions(
  { isOrphan, recoverFile, settleAdopted }: AdoptionOptions,
  isRunning: (messageId: string) => boolean,
  saveEnd: SaveEnd,
  onEnd: () => void,
) {
  const waiting = new Map<string, Arrival>();
  /** The adoption in progress, until its result is written. */
  let current: Arrival | null = null;

  function begin(arrival: Arrival): void {
    current = arrival;
    const { requestId, provider, model, prompt, params } = arrival;
    recoverFile({ kind: 'recover', jobId: requestId, requestId, provider, model, prompt, params })
      .then((outcome) => {
        // Not shown: a name in Diagnostics.
        saveEnd(`The end of adoption ${requestId}`, () => {
          settleAdopted(arrival, outcome);
          waiting.delete(requestId);
          current = null;
        });
      })
      .catch((error: unknown) => {
        console.error(`The arrival ${requestId} has failed in an unknown way:`, error);
        current = null;
      })
      .finally(onEnd);
  }

  return {
    add(arrivals: readonly Arrival[]): void {
      for (const arrival of arrivals) waiting.set(arrival.requestId, arrival);
    },
    /** Begins the next one if none is in work. */
    beginNext(): void {
      if (current) return;
      for (const arrival of waiting.values()) {
        waiting.delete(arrival.requestId);
        if (!isOrphan(arrival, isRunning)) continue;
        begin(arrival);
        return;
      }
    },
    isInWork: (requestId: string): boolean => current?.requestId === requestId,
  };
}
