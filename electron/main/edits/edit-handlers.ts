// Handles requests about edits: drafts of edits, and changes that this computer makes itself.
import type { RequestInput } from '../../../shared/contract';
import type { editRequests } from '../../../shared/contract/edits';
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { HandlersOf } from '../ipc/handlers';
import { createChangeHere } from './change-here';
import type { EditContext } from './edit-context';
import { hasMask, readMask, writeMask } from './masks';

export function createEditHandlers(context: EditContext): HandlersOf<typeof editRequests> {
  const { store, dataFolder } = context;
  /** Serialises changes of a draft, because writing a mask takes longer than removing it. */
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  }

  async function keep({
    imageId,
    mask,
    frame,
    words,
  }: RequestInput<'edits:keep-draft'>): Promise<Result<null>> {
    const message = store.messages.find(imageId);
    const picture = (message?.kind === 'image' ? message.image : null) ?? store.userImages.find(imageId);
    if (!picture) return failure('not_found');
    if (mask?.bytes) {
      const written = await writeMask(dataFolder, mask.id, mask.bytes, picture);
      if (!written.ok) return written;
    } else if (mask && !hasMask(dataFolder, mask.id)) return failure('mask_gone');
    // The edit may have been sent while its mask was being written, or before this request arrived.
    if (mask && store.editDrafts.isMaskSent(mask.id)) return success(null);
    store.batch(() => store.editDrafts.set({ imageId, mask: mask?.id ?? null, frame, words }));
    return success(null);
  }

  return {
    'edits:change-here': createChangeHere(context),
    'edits:draft': ({ imageId }) =>
      inTurn(async () => {
        return success(store.editDrafts.find(imageId) ?? null);
      }),
    'edits:mask': ({ maskId }) => readMask(dataFolder, maskId),
    'edits:keep-draft': (input) => inTurn(() => keep(input)),
    'edits:forget-draft': ({ imageId }) =>
      inTurn(async () => {
        store.batch(() => store.editDrafts.remove(imageId));
        return success(null);
      }),
  };
}
