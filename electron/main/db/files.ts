// Files that are there whole or not at all, synchronously: for what happens before the database can be opened.
import { closeSync, fsyncSync, openSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes beside the target, flushes, renames, flushes the folder. */
export function writeDurably(file: string, text: string): void {
  const temporary = `${file}.part`;
  writeFileSync(temporary, text);
  renameDurably(temporary, file);
}

/** Flushes `from` to the disk and gives it the name `to`, over what has it now. */
export function renameDurably(from: string, to: string): void {
  syncFile(from);
  renameSync(from, to);
  syncFolder(path.dirname(to));
}

function syncFile(file: string): void {
  // Windows flushes only what is open for writing.
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export function syncFolder(folder: string): void {
  // Windows has no handle to a folder; its file system orders a rename by itself.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** @returns the size in bytes, or 0 where there is no such file. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** @returns UTC milliseconds as `20261122-140233`, for names of files. */
export function stampOf(at: number): string {
  const text = new Date(at).toISOString();
  return `${text.slice(0, 10).replaceAll('-', '')}-${text.slice(11, 19).replaceAll(':', '')}`;
}

/** @returns the UTC milliseconds of a stamp, or null where it is none. */
export function timeOfStamp(stamp: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)$/.exec(stamp);
  if (!parts) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at) ? null : at;
}
