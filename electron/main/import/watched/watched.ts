// The state of one watched folder while the app runs, and the part of it that the page receives.
import type { FolderState, WatchedFolder } from '../../../../shared/domain/watched-folders';
import type { FolderRow } from '../../db/watched-folders';
import type { FolderHints } from './folder-hints';
import { noProgress } from './scan-folder';
import type { Settling } from './settling';

export type Watched = {
  row: FolderRow;
  state: FolderState;
  settling: Settling;
  hints: FolderHints | null;
  isRemote: boolean;
  progress: WatchedFolder['progress'];
  unread: WatchedFolder['unread'];
  /** Between a hint and the next look, so that looking at a large folder takes a tenth of a processor at most (ms). */
  restMs: number;
  /** On the clock of `performance`; infinite: only after a hint. */
  lookAt: number;
  isRemoved: boolean;
};

/** @param now on the clock of `performance`, because the first look is due at once. */
export function newWatched(row: FolderRow, settling: Settling, now: number): Watched {
  return {
    ...{ row, state: row.enabled ? 'waiting' : 'off', hints: null, isRemote: false, isRemoved: false },
    ...{ progress: { ...noProgress }, unread: { count: 0, files: [] }, restMs: 0, settling },
    lookAt: row.enabled ? now : Number.POSITIVE_INFINITY,
  };
}

export function describeWatched(watched: Watched): WatchedFolder {
  const { row, state, hints, isRemote, progress, unread } = watched;
  const { id, enabled, mode, subfolders, path } = row;
  const isPolled = enabled && (isRemote || hints?.isPolled() === true);
  return {
    ...{ id, path, mode, subfolders, enabled, state, isPolled, unread },
    progress: { ...progress },
  };
}
