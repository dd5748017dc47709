// The only owner of ipcMain: answers the contract's requests.
import { setTimeout as wait } from 'node:timers/promises';
import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import {
  attachChannel,
  offerChannel,
  type Reply,
  type RequestName,
  requestChannel,
} from '../../../shared/contract';
import type { AttachedPicture, Offer } from '../../../shared/contract/import';
import { type ErrorCode, failure, type Result } from '../../../shared/domain/errors';
import type { Handlers } from './handlers';
import { codeOf, isFromTrustedPage, isRequestName, parseInput, retryWhileBusy } from './requests';
import type { TellOthers } from './tell-other-windows';

/** How requests interact with the safety of the data. */
export type RequestSafety = {
  isDiskFull: () => boolean;
  /** Receives the code of each thrown failure. */
  onFailure: (code: ErrorCode) => void;
  /** Tracks requests that wait for a locked database, so that quitting waits for them. */
  unsavedWork: { add: (request: object) => void; remove: (request: object) => void };
};

/**
 * Answers requests: checks the sender, then the input, then runs the handler. Every reply is a value. What a handler
 * throws is a bug: it is logged, and the renderer receives a coded failure.
 *
 * @param isTrusted returns whether a page at this address may send requests.
 * @param tellOthers called with each request that has succeeded.
 */
export function serve(
  handlers: Handlers,
  isTrusted: (url: string) => boolean,
  safety: RequestSafety,
  tellOthers: TellOthers,
): void {
  async function answer<Name extends RequestName>(
    name: Name,
    input: unknown,
    event: IpcMainInvokeEvent,
  ): Promise<Reply<Name>> {
    const parsed = parseInput(name, input);
    if (!parsed.ok) return parsed;
    const waitForLock = (milliseconds: number) => {
      safety.unsavedWork.add(event);
      return wait(milliseconds);
    };
    try {
      const reply = await retryWhileBusy(() => handlers[name](parsed.value, event), waitForLock);
      if (reply.ok) tellSafely(() => tellOthers(event.sender, name, parsed.value, reply.value), name);
      return reply;
    } catch (error) {
      console.error(`Request ${name} failed:`, error);
      return noteFailure(error, safety);
    } finally {
      safety.unsavedWork.remove(event);
    }
  }

  ipcMain.handle(requestChannel, async (event, name: unknown, input: unknown) => {
    if (!isFromTrustedPage(event, isTrusted)) return failure('unknown_sender');
    return isRequestName(name) ? answer(name, input, event) : failure('bad_request');
  });
}

type Failures = Pick<RequestSafety, 'isDiskFull' | 'onFailure'>;

function noteFailure(error: unknown, { isDiskFull, onFailure }: Failures): Result<never> {
  const code = codeOf(error, isDiskFull);
  onFailure(code);
  return failure(code);
}

/** The request has succeeded, so its reply stands even if the other windows cannot be told. */
function tellSafely(tell: () => void, name: RequestName): void {
  try {
    tell();
  } catch (error) {
    console.error(`The other windows were not told of ${name}:`, error);
  }
}

/** Receivers of files that the preload script of a trusted page sends: dropped, pasted and chosen ones. */
export type FileReceivers = {
  offer: (paths: unknown) => Promise<Result<Offer>>;
  attach: (picture: unknown) => Promise<Result<AttachedPicture>>;
};

/** Receives files. Only the preload script names their paths. */
export function serveFiles(
  { offer, attach }: FileReceivers,
  isTrusted: (url: string) => boolean,
  failures: Failures,
): void {
  const receive = <Value>(channel: string, take: (sent: unknown) => Promise<Result<Value>>) =>
    ipcMain.handle(channel, async (event, sent: unknown) => {
      if (!isFromTrustedPage(event, isTrusted)) return failure('unknown_sender');
      try {
        return await take(sent);
      } catch (error) {
        console.error(`Files sent to ${channel} could not be taken:`, error);
        return noteFailure(error, failures);
      }
    });
  receive(offerChannel, offer);
  receive(attachChannel, attach);
}
