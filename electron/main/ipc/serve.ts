// The only owner of ipcMain: answers the contract's requests.
import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import { offerChannel, type Reply, type RequestName, requestChannel } from '../../../shared/contract';
import type { Offer } from '../../../shared/contract/import';
import { type ErrorCode, failure, type Result } from '../../../shared/domain/errors';
import type { Handlers } from './handlers';
import { codeOf, isRequestName, parseInput } from './requests';

/**
 * Answers requests: first the sender is checked, then the shape, then the handler runs. Every answer is a
 * value; what a handler throws is a bug, is logged, and reaches the screen as a coded failure.
 *
 * @param isTrusted whether a page at this address may ask at all.
 * @param trouble what the disk is asked, and who is told of each failure's code.
 */
export function serve(
  handlers: Handlers,
  isTrusted: (url: string) => boolean,
  trouble: { isDiskFull: () => boolean; onFailure: (code: ErrorCode) => void },
): void {
  ipcMain.handle(requestChannel, async (event, name: unknown, input: unknown) => {
    if (!isFromTrustedPage(event, isTrusted)) return failure('unknown_sender');
    if (!isRequestName(name)) return failure('bad_request');
    return dispatch(handlers, name, input, event, trouble);
  });
}

async function dispatch<Name extends RequestName>(
  handlers: Handlers,
  name: Name,
  input: unknown,
  event: IpcMainInvokeEvent,
  trouble: Parameters<typeof serve>[2],
): Promise<Reply<Name>> {
  const parsed = parseInput(name, input);
  if (!parsed.ok) return parsed;
  try {
    return await handlers[name](parsed.value, event);
  } catch (error) {
    console.error(`Request ${name} failed:`, error);
    const code = codeOf(error, trouble.isDiskFull);
    trouble.onFailure(code);
    return failure(code);
  }
}

/** Takes the paths of files that a user dropped, from the preload script of a page that may ask. */
export function serveOffers(
  take: (paths: unknown) => Promise<Result<Offer>>,
  isTrusted: (url: string) => boolean,
): void {
  ipcMain.handle(offerChannel, async (event, paths: unknown) => {
    if (!isFromTrustedPage(event, isTrusted)) return failure('unknown_sender');
    try {
      return await take(paths);
    } catch (error) {
      console.error('What was dropped could not be looked at:', error);
      return failure('internal');
    }
  });
}

function isFromTrustedPage(
  { senderFrame }: IpcMainInvokeEvent,
  isTrusted: (url: string) => boolean,
): boolean {
  return senderFrame !== null && senderFrame.parent === null && isTrusted(senderFrame.url);
}
