// What helps with a download: one table from its state and its failure to buttons.
import type { EngineDownload } from '../../../shared/domain/engine';
import type { ErrorCode } from '../../../shared/domain/errors';

export type DownloadAction = 'pause' | 'resume' | 'cancel' | 'retry' | 'free-space' | 'choose-other';

/** The most helpful one, and the others in the order in which they are shown before it. */
export type DownloadButtons = { next: DownloadAction; others: readonly DownloadAction[] };

/** @param hasOthers whether there are other models to choose. */
export function downloadButtons({ state, failure }: EngineDownload, hasOthers: boolean): DownloadButtons {
  switch (state) {
    case 'waiting':
    case 'downloading':
    case 'checking':
    case 'unpacking':
      return { next: 'pause', others: ['cancel'] };
    case 'paused':
      // A full disk pauses it by itself.
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
  const others: DownloadAction[] = ['cancel'];
  if (hasOthers) others.push('choose-other');
  if (code === 'disk_full') return { next: 'free-space', others: [...others, again] };
  return { next: again, others };
}
