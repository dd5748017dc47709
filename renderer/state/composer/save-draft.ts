// Decides when a conversation's draft is saved: at once, at a steady pace, and never over a message that is being sent.
import type { Draft } from '../../../shared/domain/draft';

/** Time between two saves while the user types without a pause (ms). A kill costs no more than that. */
const intervalMs = 300;
/** Time until a draft that could not be saved is saved again (ms). */
const retryMs = 5_000;

type Options = {
  /** Returns the draft as it should be saved; null if there is none. */
  read: () => Draft | null;
  /** @returns whether it was saved. */
  save: (draft: Draft | null) => Promise<boolean>;
};

/** Calls a function whenever the user may be about to leave the page. @param flush `isLast`: whether the page ends. */
export function flushOnLeave(flush: (isLast: boolean) => void): void {
  window.addEventListener('blur', () => flush(false));
  window.addEventListener('beforeunload', () => flush(true));
  document.addEventListener('visibilitychange', () => flush(false));
}

export type DraftSaver = ReturnType<typeof createDraftSaver>;

export function createDraftSaver({ read, save }: Options) {
  /** What the main process has, as JSON; undefined if that is not certain. */
  let stored: string | undefined = 'null';
  let isSaving = false;
  /** The last save. */
  let saving: Promise<unknown> = Promise.resolve();
  let sending = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer ends, and when the last save began (ms of the page's own clock). */
  let dueAt = Number.POSITIVE_INFINITY;
  let savedAt = Number.NEGATIVE_INFINITY;

  /** The earliest request counts: somebody who types without a pause does not put the save off. */
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

  /** @param isLast whether the page ends: then a save that is under way is not waited for. */
  async function flush(isLast = false): Promise<void> {
    clearTimeout(timer);
    dueAt = Number.POSITIVE_INFINITY;
    // Until a sent draft is stored as a message, it must not be replaced by what is written meanwhile.
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
    /** Tells what the main process has at the start. */
    start(draft: Draft | null): void {
      stored = JSON.stringify(draft);
      schedule(0);
    },
    /** Tells that another window has saved a draft. What this one saved before is not what the main process has. */
    received(draft: Draft | null): void {
      stored = JSON.stringify(draft);
    },
    /** Saves what has changed soon. */
    changed,
    /** Saves at once what has changed. */
    flush,
    /** Saves what has changed, also behind a save that is under way. @returns whether the main process has all of it. */
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
        // Of several messages that were sent at once, one may have failed, and then its draft may still be there.
        if (!isSent) stored = undefined;
        else if (stored !== undefined) stored = JSON.stringify(null);
        schedule(0);
      }
    },
  };
}
