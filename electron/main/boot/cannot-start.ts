// Explains to the user why the app cannot start, for every failure before the first window.

import { format } from 'node:util';
import type { MessageId } from '../../../shared/languages/en';
import { type Sentence, sayInEnglish, sentence } from '../../../shared/languages/sentence';
import { NotAFile } from '../../files/read-regular';
import { InvalidEnvironment } from '../config/environment';
import { DatabaseFromTheFuture } from '../db/migrate';

/** Thrown when the app cannot start. `reason` is shown to the user. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
  readonly reason: Sentence;
  constructor(reason: Sentence) {
    super(sayInEnglish(reason));
    this.reason = reason;
  }
}

/**
 * Returns what happened and what to do about it, without any key or prompt.
 *
 * Codes: https://nodejs.org/api/errors.html#common-system-errors and https://www.sqlite.org/rescode.html
 *
 * @param error what the start threw; anything.
 * @param dataFolder null if the start failed before it was known.
 */
export function explainStartFailure(error: unknown, dataFolder: string | null): Sentence {
  if (error instanceof CannotStart) return error.reason;
  // The message stays in English: it names environment variables.
  if (error instanceof InvalidEnvironment)
    return sentence('desktop.start_in_words', { words: error.message });
  if (error instanceof DatabaseFromTheFuture) {
    return sentence('desktop.start_database_newer', { found: error.found, known: error.known });
  }
  const file = placeOfNoFile(error);
  if (file !== null) return sentence('desktop.start_not_a_file', { file });
  const folder =
    dataFolder === null
      ? sentence('desktop.data_folder')
      : sentence('desktop.data_folder_named', { folder: dataFolder });
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  for (const { codes, id } of causes) if (codes.test(code)) return sentence(id, { folder });
  return sentence('desktop.start_unknown', { error: describeError(error) });
}

/** Returns the path where a folder, a pipe or the like has the name of a file; null for any other error. */
function placeOfNoFile(error: unknown): string | null {
  if (error instanceof NotAFile) return error.path;
  if (!(error instanceof Error && 'code' in error && error.code === 'EISDIR')) return null;
  // A file that was written could not be renamed to it.
  const place = 'dest' in error ? error.dest : 'path' in error ? error.path : null;
  return typeof place === 'string' ? place : null;
}

/** Returns an error's name and message without its stack, or any other thrown value as text. Never throws. */
export function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : format('%s', error);
}

const causes: readonly { codes: RegExp; id: MessageId }[] = [
  {
    codes: /^(ENOSPC|EDQUOT|SQLITE_FULL)/,
    id: 'desktop.start_disk_full',
  },
  {
    codes: /^(EROFS|EACCES|EPERM|SQLITE_(READONLY|PERM|CANTOPEN|AUTH))/,
    id: 'desktop.start_not_writable',
  },
  {
    codes: /^(ENOTDIR|EEXIST|ENOENT|ENAMETOOLONG|ELOOP|EINVAL)$/,
    id: 'desktop.start_not_created',
  },
  {
    codes: /^(EBUSY|ETXTBSY|SQLITE_(BUSY|LOCKED))/,
    id: 'desktop.start_database_in_use',
  },
  {
    codes: /^(EIO|ENXIO|ENODEV|ESTALE|ENOTCONN|EHOSTDOWN|ETIMEDOUT|SQLITE_(IOERR|NOLFS|PROTOCOL))/,
    id: 'desktop.start_disk_failing',
  },
  {
    codes: /^(EMFILE|ENFILE|ENOMEM|EAGAIN|SQLITE_NOMEM)/,
    id: 'desktop.start_no_memory',
  },
  {
    codes: /^(SQLITE_(CORRUPT|NOTADB|SCHEMA|ERROR))/,
    id: 'desktop.start_database_damaged',
  },
  {
    codes: /^(ERR_DLOPEN_FAILED|MODULE_NOT_FOUND|ERR_MODULE_NOT_FOUND|ERR_FILE_NOT_FOUND)/,
    id: 'desktop.start_program_damaged',
  },
];
