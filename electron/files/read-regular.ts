// Reads files of the app's own whose place a user may have given to something else: a pipe would be waited for until
// somebody writes into it.
import { openSync, readFileSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';

/** Something that is not a file, such as a folder or a pipe, has the name of one. */
export class NotAFile extends Error {
  override readonly name = 'NotAFile';
  /** As it was asked for. */
  readonly path: string;
  constructor(path: string) {
    // Not shown: a start that fails says it in the user's language.
    super(`${path} is not a file`);
    this.path = path;
  }
}

/**
 * Opens a file for reading. Returns null if it is missing or cannot be opened.
 *
 * @throws NotAFile
 */
export function openRegularSync(file: string): number | null {
  try {
    requireRegularSync(file);
    return openSync(file, 'r');
  } catch (error) {
    if (error instanceof NotAFile) throw error;
    return null;
  }
}

function requireRegularSync(file: string): void {
  if (!statSync(file).isFile()) throw new NotAFile(file);
}

/** As `readFileSync`. @throws NotAFile, or the file system's error. */
export function readRegularSync(file: string): Buffer {
  requireRegularSync(file);
  return readFileSync(file);
}

/** Returns the value of a JSON file. @throws NotAFile, SyntaxError, or the file system's error. */
export function readJsonSync(file: string): unknown {
  return JSON.parse(readRegularSync(file).toString('utf8'));
}

/** As `readFile`. Rejects with NotAFile, or with the file system's error. */
export async function readRegular(file: string): Promise<Buffer> {
  if (!(await stat(file)).isFile()) throw new NotAFile(file);
  return readFile(file);
}
