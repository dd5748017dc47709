// The only owner of ipcMain: answers the contract's requests.
import { setTimeout as wait } from 'node:timers/promises';
import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import { offerChannel, type Reply, type RequestName, requestChannel } from '../../../shared/contract';
import type { Offer } from '../../../shared/contract/import';
import { type ErrorCode, failure, type Result } from '../../../shared/domain/errors';
import type { Handlers } from './handlers';
import { codeOf, isFromTrustedPage, isRequestName, parseInput, retryWhileBusy } from './requests';

/**
 * Answers requests: checks the sender, then the input, then runs the handler. Every reply is a value. What a handler
 * throws is a bug: it is logged, and the renderer receives a coded failure.
 *
 * @param isTrusted returns whether a page at this address may send requests.
 * @param failures says whether the disk is full, and receives the code of each thrown failure.
 */
export function serve(
  handlers: Handlers,
  isTrusted: (url: string) => boolean,
  failures: { isDiskFull: () => boolean; onFailure: (code: ErrorCode) => void },
): void {
  ipcMain.handle(requestChannel, async (event, name: unknown, input: unknown) => {
    if (!isFromTrustedPage(event, isTrusted)) return failure('unknown_sender');
    if (!isRequestName(name)) return failure('bad_request');
    return dispatch(handlers, name, input, event, failures);
  });
}

async function dispatch<Name extends RequestName>(
  handlers: Handlers,
  name: Name,
  input: unknown,
  event: IpcMainInvokeEvent,
  failures: Parameters<typeof serve>[2],
): Promise<Reply<Name>> {
  const parsed = parseInput(name, input);
  if (!parsed.ok) return parsed;
  try {
    return await retryWhileBusy(() => handlers[name](parsed.value, event), wait);
  } catch (error) {
    console.error(`Request ${name} failed:`, error);
    const code = codeOf(error, failures.isDiskFull);
    failures.onFailure(code);
    return failure(code);
  }
}

/** Receives the paths of dropped files from the preload script of a trusted page. */
export function serveOffers(
  take: (paths: unknown) => Promise<Result<Offer>>,
  isTrusted: (url: string) => boolean,
): void {
  ipcMain.handle(offerChannel, async (event, paths: unknown) => {
    if (!isFromTrustedPage(event, isTrusted)) return failure('unknown_sender');
    try {
      return await take(paths);
    } catch (error) {
      console.error('Dropped files could not be offered for import:', error);
      return failure('internal');
    }
  });
}
