// Adopts pictures that were paid for and that no message wants, one after another, as a part of the dispatcher.
import type { Arrival } from '../../../shared/generator/arrivals';
import type { RecoverJob } from '../../../shared/generator/jobs';
import type { Outcome } from '../../../shared/generator/messages';

export type AdoptionOptions = {
  /** Returns whether no message wants an arrival, now or later. @param isRunning whether a message's job runs. */
  isOrphan: (arrival: Arrival, isRunning: (messageId: string) => boolean) => boolean;
  /** Stores an arrival as a picture, from the disk. Never rejects, and makes no request. */
  recoverFile: (job: RecoverJob) => Promise<Outcome>;
  /** Writes how an adoption has ended. */
  settleAdopted: (arrival: Arrival, outcome: Outcome) => void;
};

type Adoption = { arrival: Arrival; outcome: Outcome | null };

/**
 * The waiting ones are kept in memory only: each is a file, which housekeeping finds again.
 *
 * @param onEnd called when the outcome of one can be written.
 */
export function createAdoptions(
  { isOrphan, recoverFile, settleAdopted }: AdoptionOptions,
  isRunning: (messageId: string) => boolean,
  onEnd: () => void,
) {
  const waiting = new Map<string, Arrival>();
  let current: Adoption | null = null;

  function begin(arrival: Arrival): void {
    const adoption: Adoption = { arrival, outcome: null };
    current = adoption;
    const { requestId, provider, model, prompt, params } = arrival;
    recoverFile({ kind: 'recover', jobId: requestId, requestId, provider, model, prompt, params })
      .then((outcome) => {
        adoption.outcome = outcome;
        onEnd();
      })
      .catch((error: unknown) => {
        console.error(`The arrival ${requestId} has failed in an unknown way:`, error);
        current = null;
      });
  }

  return {
    add(arrivals: readonly Arrival[]): void {
      for (const arrival of arrivals) waiting.set(arrival.requestId, arrival);
    },
    /** Writes the end of the current one. @throws what could not be written; then the next call tries again. */
    saveEnded(): void {
      if (!current?.outcome) return;
      settleAdopted(current.arrival, current.outcome);
      waiting.delete(current.arrival.requestId);
      current = null;
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
    isInWork: (requestId: string): boolean => current?.arrival.requestId === requestId,
  };
}
