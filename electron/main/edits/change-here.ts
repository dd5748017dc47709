// Makes a gallery picture from another one without a service: the generator writes its files, then its row is
// inserted.
import type { RequestInput } from '../../../shared/contract';
import { changedSize, madeChange } from '../../../shared/domain/edits';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { nearestAspectRatio } from '../../../shared/domain/nearest-aspect-ratio';
import { formatOfFile } from '../../../shared/domain/picture-files';
import type { GalleryImage } from '../../../shared/domain/pictures';
import type { Recipe } from '../../../shared/domain/recipe';
import { findOriginal } from '../../files/find-original';
import type { ReadStore } from '../db/open';
import type { EditContext } from './edit-context';

type Input = RequestInput<'edits:change-here'>;

/**
 * The files are complete before the row is written. After a crash in between, the picture is not in the gallery, and
 * repeating the request makes it again; otherwise reconciling moves the files to the recovery folder. The original is
 * never touched.
 *
 * @returns a function that answers `edits:change-here`.
 */
export function createChangeHere(context: EditContext): (input: Input) => Promise<Result<GalleryImage>> {
  const running = new Map<string, Promise<Result<GalleryImage>>>();

  return (input) => {
    const known = running.get(input.newImageId);
    if (known) return known;
    const done = change(context, input).finally(() => running.delete(input.newImageId));
    running.set(input.newImageId, done);
    return done;
  };
}

async function change(
  { store, dataFolder, outbox, generator, broadcast, now, signal }: EditContext,
  { imageId, newImageId, change }: Input,
): Promise<Result<GalleryImage>> {
  outbox.drainAll();
  const made = store.userImages.find(newImageId);
  if (made) return success(made);
  const original = store.userImages.find(imageId);
  const place = store.userImages.place(imageId);
  if (!original || !place || original.state === 'trash') return failure('not_found');
  if (original.state === 'missing') return failure('file_missing');
  const file = await findOriginal(dataFolder, place);
  if (file === null) return failure('linked_file_gone');
  const size = changedSize(original, change);
  if (!size) return failure('bad_request');
  const startedAt = now();
  const { prompt, provider, model } = original;
  const own = paramsOf(store, original);
  const shape = 'aspectRatio' in own ? { aspectRatio: nearestAspectRatio(size) } : {};
  const params = { ...own, ...shape, change: madeChange(change, formatOfFile(place.file)) };
  const origin = { prompt, provider, model, params, parentId: imageId };
  const changed = await generator.changeHere({
    ...{ newImageId, file, change },
    origin: { ...origin, createdAt: startedAt, durationMs: 0 },
  });
  if (!changed.ok) return changed;
  if (signal.aborted) return failure('internal');
  store.transaction(() => {
    store.userImages.insert({
      ...{ id: newImageId, messageId: newImageId, prompt, provider, model, parentId: imageId },
      ...{ ...changed.value, params: JSON.stringify(params), createdAt: startedAt },
    });
  });
  const image = store.userImages.find(newImageId);
  if (!image) return failure('not_saved');
  broadcast('gallery:added', [image]);
  return success(image);
}

/** Returns the original's parameters, without those that only applied to making it. */
function paramsOf(store: ReadStore, original: GalleryImage): Recipe['params'] {
  const facts = store.pictureFacts.find(original.id);
  if (facts?.imported) return facts.imported;
  if (!facts?.params) return { aspectRatio: nearestAspectRatio(original), seed: 0 };
  const {
    references: _references,
    repeats: _repeats,
    edit: _edit,
    upscale: _upscale,
    ...params
  } = facts.params;
  return params;
}
