// Saves a picture's unfinished edit in the main process: soon after each change, and immediately when the editor
// closes.
import { v7 as newId } from 'uuid';
import { type EditDraft, type Frame, maskIdSchema } from '../../../shared/domain/edits';
import { type Result, success } from '../../../shared/domain/errors';
import { request } from '../../ipc';
import { isFramed } from './frame';
import { encodeMask } from './mask/gray-png';
import type { Painter } from './mask/painter';

/** Time after a change until it is kept (ms): a kill costs no more than that. */
const delayMs = 400;

export type Work = { frame: Frame; words: string };
/** What was kept: the id of the mask, which is on disk, or null if nothing is marked. */
export type Kept = { mask: string | null; frame: Frame | null; words: string };

type Session = {
  imageId: string;
  painter: Painter;
  draft: EditDraft | null;
  /** Whether the main process has the draft. */
  isKept: boolean;
  /** Returns what the user has entered. */
  read: () => Work;
  /** Is told when the work can no longer be kept. */
  onProblem: (message: string) => void;
};

export function createEditKeeper({ imageId, painter, draft, isKept, read, onProblem }: Session) {
  /** No mask, of a revision that never was: the bytes are sent with the next change. */
  const unknown = { id: null, revision: -1 };
  /** The mask that the main process has, and the revision of the painter that it shows. */
  let mask: { id: string | null; revision: number } = isKept
    ? { id: draft?.mask ?? null, revision: painter.read().revision }
    : unknown;
  let keptJson = isKept ? JSON.stringify(draft ? keptOf(draft.mask, draft) : keptOf(null, emptyWork)) : '';
  let isFailing = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasEnded = false;
  /** The last request. Each waits for none: the main process takes them in their order. */
  let last: Promise<Result<null>> = Promise.resolve(success(null));

  /** Sends what has changed, in the same step: a page that is closing has no later one. */
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
          // Tried again with the next change.
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
    /** Keeps what has changed soon, and not while the user paints. */
    changed(): void {
      // At a steady pace: somebody who types without a pause does not put it off.
      timer ??= setTimeout(() => {
        timer = undefined;
        if (!painter.isPainting()) void keep();
      }, delayMs);
    },
    /** Keeps at once what has changed. */
    keep,
    /** Keeps at once what has to be kept before it is sent. Whatever was told before, a problem is told. */
    keepToSend(): Promise<Result<Kept>> {
      isFailing = false;
      return keep();
    },
    /** Keeps what has changed, for the last time. @param hold gets what could not be kept. */
    async leave(hold: (draft: EditDraft) => void): Promise<void> {
      const work = read();
      const kept = await keep();
      if (!kept.ok && !hasEnded) hold({ imageId, ...keptOf(null, work) });
    },
    /** Keeps nothing any more: it was sent or discarded. */
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
