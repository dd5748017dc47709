// The buttons for a download, by its state and failure.
import type { EngineDownload } from '../../../shared/domain/engine';
import type { ErrorCode } from '../../../shared/domain/errors';

export type DownloadAction = 'pause' | 'resume' | 'cancel' | 'retry' | 'free-space' | 'choose-other';

/** `next`: the most helpful action. `others`: the ones before it, in the order of display. */
export type DownloadButtons = { next: DownloadAction; others: readonly DownloadAction[] };

const needRoom: ReadonlySet<ErrorCode> = new Set(['disk_full', 'engine_disk_full', 'engine_no_room']);

/** Failures that the same request would repeat, so that another model is needed. */
const needAnother: ReadonlySet<ErrorCode> = new Set([
  'engine_not_offered',
  'engine_too_large',
  'engine_not_verified',
  'engine_file_gone',
  'engine_unsafe_address',
  'engine_bad_archive',
]);

/** @param hasOthers whether there are other models to choose. */
export function downloadButtons({ state, failure }: EngineDownload, hasOthers: boolean): DownloadButtons {
  switch (state) {
    case 'waiting':
    case 'downloading':
    case 'checking':
    case 'unpacking':
      return { next: 'pause', others: ['cancel'] };
    case 'paused':
      // A full disk pauses a download automatically.
      return failure ? failedButtons(failure.code, 'resume', false) : { next: 'resume', others: ['cancel'] };
    case 'failed':
      return failedButtons(failure?.code, 'retry', hasOthers);
  }
}

function failedButtons(
  code: ErrorCode | undefined,
  again: 'retry' | 'resume',
  hasOthers: boolean,
): DownloadButtons {
  const other: readonly DownloadAction[] = hasOthers ? ['choose-other'] : [];
  if (code && needRoom.has(code)) return { next: 'free-space', others: ['cancel', ...other, again] };
  if (code && needAnother.has(code) && hasOthers) {
    return { next: 'choose-other', others: ['cancel', again] };
  }
  return { next: again, others: ['cancel', ...other] };
}
