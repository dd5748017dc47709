// Recognises that another program has locked the database.

/** Returns whether an operation failed because the database was locked: https://www.sqlite.org/rescode.html#busy */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^SQLITE_(BUSY|LOCKED)/.test(String(error.code));
}
