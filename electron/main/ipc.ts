// The only owner of ipcMain: serves the contract's requests and broadcasts its events.
import { BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { type Failure, failure, type Result } from '../../shared/errors';
import {
  type EventName,
  type Events,
  eventChannel,
  type Replies,
  type RequestInput,
  type RequestName,
  requestChannel,
  requestSchemas,
} from '../../shared/ipc';

/** One function a request. It gets what the schema let through. */
export type Handlers = {
  [Name in RequestName]: (
    input: RequestInput<Name>,
    caller: IpcMainInvokeEvent,
  ) => Result<Replies[Name]> | Promise<Result<Replies[Name]>>;
};

/**
 * Answers requests: first the sender is checked, then the shape, then the handler runs. Every answer is a
 * value; what a handler throws is a bug, is logged, and reaches the screen as a coded failure.
 *
 * @param isTrusted whether a page at this address may ask at all.
 */
export function serve(handlers: Handlers, isTrusted: (url: string) => boolean): void {
  ipcMain.handle(requestChannel, async (event, name: unknown, input: unknown) => {
    const frame = event.senderFrame;
    if (!frame || frame.parent !== null || !isTrusted(frame.url)) return failure('unknown_sender');
    if (!isRequestName(name)) return failure('bad_request');
    return dispatch(handlers, name, input, event);
  });
}

async function dispatch<Name extends RequestName>(
  handlers: Handlers,
  name: Name,
  input: unknown,
  event: IpcMainInvokeEvent,
): Promise<Result<Replies[Name]>> {
  const parsed = parseInput(name, input);
  if (!parsed.ok) return parsed;
  try {
    return await handlers[name](parsed.value, event);
  } catch (error) {
    console.error(`Request ${name} failed:`, error);
    return failure(isDiskTrouble(error) ? 'not_saved' : 'internal');
  }
}

/** Checks that `input` has the shape of a request. */
export function parseInput<Name extends RequestName>(name: Name, input: unknown): Result<RequestInput<Name>> {
  const parsed = requestSchemas[name].safeParse(input);
  // The schema of `name` yields the input of `name`; TypeScript does not follow that through the index.
  if (parsed.success) return { ok: true, value: parsed.data as RequestInput<Name> };
  const [issue] = parsed.error.issues;
  const where = issue && issue.path.length > 0 ? ` (${issue.path.join('.')}: ${issue.message})` : '';
  return badShape(where);
}

function badShape(detail: string): Failure {
  const { code, message } = failure('bad_request');
  return failure(code, `${message}${detail}`);
}

function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(requestSchemas, name);
}

/** SQLite's codes for a disk that is full, failing or not to be written: https://www.sqlite.org/rescode.html */
function isDiskTrouble(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(SQLITE_(FULL|IOERR|READONLY|CANTOPEN)|ENOSPC|EROFS|EACCES|EDQUOT)/.test(code);
}

/** Tells every window. One that has no page yet asks for all of it when it has. */
export function broadcast<Name extends EventName>(name: Name, event: Events[Name]): void {
  for (const window of BrowserWindow.getAllWindows()) {
    if (!window.isDestroyed()) window.webContents.send(eventChannel, name, event);
  }
}
