// Explains why the app cannot start: every failure before the first window, as a sentence for the user.
import { format } from 'node:util';
import { InvalidEnvironment } from '../config/environment';
import { DatabaseFromTheFuture } from '../db/migrate';

/** The app cannot start, for a reason that the message tells the user. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

/**
 * Returns what happened and what to do about it. Names no key and no prompt.
 *
 * Codes: https://nodejs.org/api/errors.html#common-system-errors and https://www.sqlite.org/rescode.html
 *
 * @param error what the start threw; anything.
 * @param dataFolder null if the start failed before it was known.
 */
export function explainStartFailure(error: unknown, dataFolder: string | null): string {
  if (error instanceof CannotStart || error instanceof InvalidEnvironment) return error.message;
  if (error instanceof DatabaseFromTheFuture) {
    return `${error.message} Your data has not been touched. Install the newer version to open it.`;
  }
  const folder = dataFolder === null ? 'the data folder' : `the data folder ${dataFolder}`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  for (const { codes, explain } of causes) if (codes.test(code)) return explain(folder);
  return `Something went wrong while Afterimage started (${describeError(error)}). Your data has not been deleted. Start it again; if that does not help, report this message.`;
}

/** Returns an error's own sentence without its stack, or whatever else was thrown as text. Never throws. */
export function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : format('%s', error);
}

const causes: readonly { codes: RegExp; explain: (folder: string) => string }[] = [
  {
    codes: /^(ENOSPC|EDQUOT|SQLITE_FULL)/,
    explain: (folder) =>
      `The disk with ${folder} is full. Free some space on it, then start Afterimage again.`,
  },
  {
    codes: /^(EROFS|EACCES|EPERM|SQLITE_(READONLY|PERM|CANTOPEN|AUTH))/,
    explain: (folder) =>
      `Afterimage may not write to ${folder}. Make it writable, or choose another folder with AFTERIMAGE_DATA_DIR, then start again.`,
  },
  {
    codes: /^(ENOTDIR|EEXIST|ENOENT|ENAMETOOLONG|ELOOP|EINVAL)$/,
    explain: (folder) =>
      `Afterimage could not create ${folder}. Check that its disk is connected and that no file has the name of a folder in its path, then start again.`,
  },
  {
    codes: /^(EBUSY|ETXTBSY|SQLITE_(BUSY|LOCKED))/,
    explain: (folder) =>
      `Another program is using the database in ${folder}. Close it, for example a database viewer or a backup program, then start again.`,
  },
  {
    codes: /^(EIO|ENXIO|ENODEV|ESTALE|ENOTCONN|EHOSTDOWN|ETIMEDOUT|SQLITE_(IOERR|NOLFS|PROTOCOL))/,
    explain: (folder) =>
      `The disk with ${folder} does not answer as it should. Check that it is connected and healthy, then start again.`,
  },
  {
    codes: /^(EMFILE|ENFILE|ENOMEM|EAGAIN|SQLITE_NOMEM)/,
    explain: () =>
      'The computer has no memory or no open files left for Afterimage. Close other programs, then start again.',
  },
  {
    codes: /^(SQLITE_(CORRUPT|NOTADB|SCHEMA|ERROR))/,
    explain: (folder) =>
      `The database in ${folder} could not be repaired. Nothing was deleted. Move afterimage.db to another place, and Afterimage restores what it can from its backups and pictures.`,
  },
  {
    codes: /^(ERR_DLOPEN_FAILED|MODULE_NOT_FOUND|ERR_MODULE_NOT_FOUND|ERR_FILE_NOT_FOUND)/,
    explain: () =>
      'A part of the program is missing or does not fit this computer. Install Afterimage again. Your data has not been touched.',
  },
];
