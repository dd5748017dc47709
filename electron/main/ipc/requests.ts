// Validates a request's sender and input, and maps what a handler throws to an error code. Independent of Electron.

import { contract, type RequestInput, type RequestName } from '../../../shared/contract';
import { type ErrorCode, failure, type Result } from '../../../shared/domain/errors';
import { isBusy } from '../../../shared/domain/is-busy';
import { sentence } from '../../../shared/languages/sentence';

/** The sender of a request, as Electron describes it. The frame is null if it has been removed meanwhile. */
export type Sender = {
  readonly senderFrame: { readonly url: string; readonly parent: object | null } | null;
};

/**
 * Returns whether a request comes from our page in the top frame of a window. A frame inside a page is never trusted.
 *
 * @param isTrusted returns whether a page at this address may send requests.
 */
export function isFromTrustedPage({ senderFrame }: Sender, isTrusted: (url: string) => boolean): boolean {
  return senderFrame !== null && senderFrame.parent === null && isTrusted(senderFrame.url);
}

/** Checks a request's input against its schema. */
export function parseInput<Name extends RequestName>(name: Name, input: unknown): Result<RequestInput<Name>> {
  const parsed = contract[name].input.safeParse(input);
  // The schema of `name` returns the input of `name`, which TypeScript does not infer through the index.
  if (parsed.success) return { ok: true, value: parsed.data as RequestInput<Name> };
  const [issue] = parsed.error.issues;
  if (!issue || issue.path.length === 0) return failure('bad_request');
  const detail = `${issue.path.join('.')}: ${issue.message}`;
  const explanation = sentence('errors.bad_request');
  return failure('bad_request', sentence('services.with_detail', { explanation, detail }));
}

export function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(contract, name);
}

/**
 * Returns the error code for what a handler threw.
 *
 * SQLite's codes: https://www.sqlite.org/rescode.html
 *
 * @param isDiskFull called if the error is ambiguous: SQLite, for example, reports a lack of space for its shared
 * memory as a plain I/O error.
 */
export function codeOf(error: unknown, isDiskFull: () => boolean): ErrorCode {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) return 'disk_full';
  if (isBusy(error)) return 'database_busy';
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return 'database_damaged';
  if (!/^(SQLITE_(IOERR|READONLY|CANTOPEN)|EROFS|EACCES|EIO)/.test(code)) return 'internal';
  return isDiskFull() ? 'disk_full' : 'not_saved';
}

/** Maximum time that a request waits for a database that another program has locked (ms). */
const maxBusyWaitMs = 4000;
const busyIntervalMs = 50;

/**
 * Runs a handler again while another program has locked the database. SQLite's own timeout would block the main process;
 * this leaves it free in between. A handler can be run again because what it throws has rolled its transaction back.
 *
 * @param wait resolves after a number of milliseconds.
 * @throws what the handler throws; the lock's error if it lasts.
 */
export async function retryWhileBusy<Value>(
  handle: () => Value | Promise<Value>,
  wait: (milliseconds: number) => Promise<unknown>,
): Promise<Value> {
  for (let waitedMs = 0; ; waitedMs += busyIntervalMs) {
    try {
      return await handle();
    } catch (error) {
      if (!isBusy(error) || waitedMs >= maxBusyWaitMs) throw error;
      await wait(busyIntervalMs);
    }
  }
}
