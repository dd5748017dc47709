// Watched folders, as all processes share them: what the user chose, and what is known about each.
import type { NotedPicture, SkippedFile } from './import';

/** How imported pictures are kept: copied into the data folder, or linked, which leaves them where they are. */
export const importModes = ['copy', 'link'] as const;
export type ImportMode = (typeof importModes)[number];

/** Interval of scans of a folder whose changes the system does not report, such as one on a network drive (ms). */
export const pollIntervalMs = 30_000;

/** The user's choice. */
export type FolderChoice = { mode: ImportMode; subfolders: boolean };

/** A file of a watched folder, as it was listed. */
export type ListedFile = {
  /** Relative to the folder, with forward slashes. */
  path: string;
  bytes: number;
  /** UTC milliseconds. */
  modifiedAt: number;
};

/**
 * `missing`: the folder is not there, such as that of a drive that is not connected. `unreadable`: it may not be read.
 * `stopped`: pictures could not be stored.
 */
export type FolderState = 'off' | 'waiting' | 'looking' | 'importing' | 'missing' | 'unreadable' | 'stopped';

export type WatchedFolder = FolderChoice & {
  id: string;
  /** Absolute, to be shown. */
  path: string;
  enabled: boolean;
  state: FolderState;
  /** Whether the folder is scanned periodically, because the system does not report its changes. */
  isPolled: boolean;
  /** Progress of the current import, or of the last one in this run. */
  progress: FolderProgress;
  /** The first files that cannot be read, and how many there are. */
  unread: { files: SkippedFile[]; count: number };
};

/**
 * `present`: pictures that were already in Afterimage. `notes`: what added pictures lack; the first notes, and their number.
 */
export type FolderProgress = {
  found: number;
  done: number;
  added: number;
  present: number;
  notes: { files: NotedPicture[]; count: number };
};
