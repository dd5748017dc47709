// Decides when a conversation's draft is saved: immediately, then at an interval, and never while its message is being sent.
import type { Draft } from '../../../shared/domain/draft';

/** Interval of saves while the user types (ms): the maximum loss if the process is killed. */
const intervalMs = 300;
/** Delay before a failed save is retried (ms). */
const retryMs = 5_000;

type Options = {
  /** Returns the draft as it should be saved; null if there is none. */
  read: () => Draft | null;
  /** @returns whether it was saved. */
  save: (draft: Draft | null) => Promise<boolean>;
};

/** Calls a function whenever the user may be leaving the page. @param flush `isLast`: whether the page is unloaded. */
export function flushOnLeave(flush: (isLast: boolean) => void): void {
  window.addEventListener('blur', () => flush(false));
  window.addEventListener('beforeunload', () => flush(true));
  document.addEventListener('visibilitychange', () => flush(false));
}

export type DraftSaver = ReturnType<typeof createDraftSaver>;

/** Creates the saver of one conversation's draft. Saves run one after the other. */
export function createDraftSaver({ read, save }: Options) {
  /** The draft in the main process, as JSON; undefined if that is not certain. */
  let stored: string | undefined = 'null';
  let isSaving = false;
  /** The last save. */
  let saving: Promise<unknown> = Promise.resolve();
  let sending = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer ends, and when the last save began (ms, on the clock of `performance.now()`). */
  let dueAt = Number.POSITIVE_INFINITY;
  let savedAt = Number.NEGATIVE_INFINITY;

  /** Schedules a save. The earliest time wins, so that continuous typing does not delay the save. */
  function schedule(delayMs: number): void {
    const at = performance.now() + delayMs;
    if (at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(() => void flush(), delayMs);
  }

  function changed(): void {
    schedule(Math.max(0, savedAt + intervalMs - performance.now()));
  }

  /** @param isLast whether the page is unloaded, so that waiting for a running save is impossible. */
  async function flush(isLast = false): Promise<void> {
    clearTimeout(timer);
    dueAt = Number.POSITIVE_INFINITY;
    // Until a sent draft is stored as a message, newer text must not replace it.
    if ((isSaving && !isLast) || sending > 0) return;
    const draft = read();
    const json = JSON.stringify(draft);
    if (json === stored) return;
    isSaving = true;
    savedAt = performance.now();
    const answer = save(draft);
    saving = answer;
    const isSaved = await answer;
    isSaving = false;
    stored = isSaved ? json : undefined;
    if (!isSaved) schedule(retryMs);
    else if (JSON.stringify(read()) !== json) changed();
  }

  return {
    /** Sets the draft that the main process has at the start. */
    start(draft: Draft | null): void {
      stored = JSON.stringify(draft);
      schedule(0);
    },
    /** Sets the draft that another window has saved, which replaced that of this window in the main process. */
    received(draft: Draft | null): void {
      stored = JSON.stringify(draft);
    },
    /** Schedules saving the changes. */
    changed,
    /** Saves the changes immediately. */
    flush,
    /** Saves the changes, after a running save if there is one. @returns whether the main process has all changes. */
    async saved(): Promise<boolean> {
      await saving;
      await flush();
      return JSON.stringify(read()) === stored;
    },
    /**
     * Runs a request that sends the draft. The main process clears its copy when it stores the message.
     *
     * @param send takes the draft out of the composer before it returns a promise, and puts it back if it fails.
     * @returns whether it was sent.
     */
    async whileSending(send: () => Promise<boolean>): Promise<boolean> {
      // The draft is saved before the message is stored, so that a crash in between leaves one of them.
      void flush();
      sending += 1;
      let isSent = false;
      try {
        isSent = await send();
        return isSent;
      } finally {
        sending -= 1;
        // If several messages were sent at once and one failed, its draft may still be stored.
        if (!isSent) stored = undefined;
        else if (stored !== undefined) stored = JSON.stringify(null);
        schedule(0);
      }
    },
  };
}
