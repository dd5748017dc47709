// Saves a picture's unfinished edit in the main process: soon after each change, and immediately when the editor
// closes.
import { v7 as newId } from 'uuid';
import { type EditDraft, type Frame, maskIdSchema } from '../../../shared/domain/edits';
import { type Result, success } from '../../../shared/domain/errors';
import { request } from '../../ipc';
import { isFramed } from './frame';
import { encodeMask } from './mask/gray-png';
import type { Painter } from './mask/painter';

/** Delay between a change and saving it (ms): the maximum loss if the process is killed. */
const delayMs = 400;

export type Work = { frame: Frame; words: string };
/** A saved edit. `mask` is the id of the mask on disk; null if nothing is marked. */
export type Kept = { mask: string | null; frame: Frame | null; words: string };

type Session = {
  imageId: string;
  painter: Painter;
  draft: EditDraft | null;
  /** Whether the main process has the draft. */
  isKept: boolean;
  /** Returns the user's current work. */
  read: () => Work;
  /** Called when the work can no longer be saved. */
  onProblem: (message: string) => void;
};

/** Creates the saver of a picture's edit draft. Requests are sent in order, and a failure is reported once. */
export function createEditKeeper({ imageId, painter, draft, isKept, read, onProblem }: Session) {
  /** No mask, with an impossible revision, so that the bytes are sent with the next change. */
  const unknown = { id: null, revision: -1 };
  /** The mask that the main process has, and the painter's revision that it corresponds to. */
  let mask: { id: string | null; revision: number } = isKept
    ? { id: draft?.mask ?? null, revision: painter.read().revision }
    : unknown;
  let keptJson = isKept ? JSON.stringify(draft ? keptOf(draft.mask, draft) : keptOf(null, emptyWork)) : '';
  let isFailing = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasEnded = false;
  /** The last request. Requests do not wait for each other, because the main process handles them in order. */
  let last: Promise<Result<null>> = Promise.resolve(success(null));

  /** Sends the changes synchronously, because a closing page has no later chance. */
  function keep(): Promise<Result<Kept>> {
    clearTimeout(timer);
    timer = undefined;
    const { revision, coverage } = painter.read();
    let bytes: Uint8Array | undefined;
    if (revision !== mask.revision) {
      const id = coverage > 0 ? maskIdSchema.parse(newId()) : null;
      bytes = id === null ? undefined : encodeMask(painter.mask);
      mask = { id, revision };
    }
    const kept = keptOf(mask.id, read());
    const json = JSON.stringify(kept);
    if (json !== keptJson && !hasEnded) {
      keptJson = json;
      const isEmpty = kept.mask === null && kept.frame === null && kept.words === '';
      const sending = isEmpty
        ? request('edits:forget-draft', { imageId })
        : request('edits:keep-draft', {
            imageId,
            ...kept,
            mask: kept.mask === null ? null : { id: kept.mask, ...(bytes && { bytes }) },
          });
      last = sending.then((reply) => {
        if (!reply.ok) {
          // Causes a retry with the next change.
          keptJson = '';
          mask = unknown;
          if (!isFailing) onProblem(reply.message);
        }
        isFailing = !reply.ok;
        return reply;
      });
    }
    return last.then((reply) => (reply.ok ? success(kept) : reply));
  }

  return {
    /** Schedules saving the changes, but not while the user paints. */
    changed(): void {
      // Not restarted by further changes, so that continuous typing does not delay saving.
      timer ??= setTimeout(() => {
        timer = undefined;
        if (!painter.isPainting()) void keep();
      }, delayMs);
    },
    /** Saves the changes immediately. */
    keep,
    /** Saves the changes immediately before they are sent. Reports a problem even if it was already reported. */
    keepToSend(): Promise<Result<Kept>> {
      isFailing = false;
      return keep();
    },
    /** Saves the changes for the last time. @param hold receives the draft if it could not be saved. */
    async leave(hold: (draft: EditDraft) => void): Promise<void> {
      const work = read();
      const kept = await keep();
      if (!kept.ok && !hasEnded) hold({ imageId, ...keptOf(null, work) });
    },
    /** Stops saving, because the edit was sent or discarded. */
    end(): void {
      hasEnded = true;
      clearTimeout(timer);
    },
  };
}

const emptyWork: Work = { frame: { left: 0, top: 0, right: 0, bottom: 0 }, words: '' };

function keptOf(mask: string | null, { frame, words }: { frame: Frame | null; words: string }): Kept {
  return { mask, frame: frame && isFramed(frame) ? frame : null, words };
}
