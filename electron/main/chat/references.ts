// Checks, before anything changes, whether pictures can go with a prompt.

import {
  changedSize,
  changeHereModel,
  type Edit,
  framedSize,
  isTooLargeHere,
  type LocalEdit,
  type MadeChange,
  madeChange,
  maskFile,
  maxEditPixels,
  maxEditSide,
  type Upscale,
} from '../../../shared/domain/edits';
import { type Failure, failure } from '../../../shared/domain/errors';
import { maxReferencesOf, needsReference, partSupportOf } from '../../../shared/domain/part-support';
import { formatOfFile } from '../../../shared/domain/picture-files';
import type { ServiceId } from '../../../shared/domain/services';
import { isUpscaleTooLarge, upscaledSize, upscalerOf } from '../../../shared/domain/upscalers';
import type { ReadStore } from '../db/open';
import type { ChatContext } from './chat-context';

type EditingContext = Pick<ChatContext, 'store' | 'hasFile' | 'activeProvider'>;

/** Returns why a prompt with these references cannot be sent to this model; null if it can. */
export function checkReferences(
  context: { store: ReadStore },
  references: readonly string[],
  service: ServiceId,
  model: string,
): Failure | null {
  if (references.length === 0) return needsReference(service, model) ? failure('reference_needed') : null;
  const max = maxReferencesOf(service, model);
  if (max === 0) return failure('no_references');
  if (references.length > max) return failure('too_many_references');
  return references.every((id) => isAvailable(context, id)) ? null : failure('reference_gone');
}

/** Returns why this part of the first reference picture cannot be changed; null if it can. */
export function checkEdit(
  { store, hasFile, activeProvider }: EditingContext,
  {
    edit,
    references: [imageId] = [],
  }: { edit?: Edit | undefined; references?: readonly string[] | undefined },
): Failure | null {
  if (!edit || imageId === undefined) return null;
  const { id, pictureModel } = activeProvider();
  if (partSupportOf(id, pictureModel) === 'none') return failure('no_edits');
  if (edit.mask !== undefined && !hasFile(maskFile(edit.mask))) return failure('mask_gone');
  const picture = pictureSize(store, imageId);
  if (!picture) return failure('reference_gone');
  const { width, height } = framedSize(picture, edit.frame);
  const isTooLarge = Math.max(width, height) > maxEditSide || width * height > maxEditPixels;
  return edit.frame && isTooLarge ? failure('frame_too_large') : null;
}

/** The change that a message without a prompt requests. */
export type WantedChange = {
  upscale?: Pick<Upscale, 'factor'> | undefined;
  change?: LocalEdit | undefined;
  references?: readonly string[] | undefined;
};

/** Returns how the only reference picture is to be enlarged; undefined if it is not, or is gone. */
export function upscaleFrom(
  { store }: { store: ReadStore },
  { upscale, references: [imageId] = [] }: WantedChange,
): Upscale | undefined {
  const size = upscale && imageId !== undefined ? pictureSize(store, imageId) : undefined;
  return upscale && size && { factor: upscale.factor, width: size.width, height: size.height };
}

/** Returns how this computer changes the only reference picture; undefined if it does not. */
export function changeFrom(
  { store }: { store: ReadStore },
  { change, references: [imageId = ''] = [] }: WantedChange,
): MadeChange | undefined {
  const file = change && (store.messages.imageFile(imageId) ?? store.userImages.file(imageId));
  return change && madeChange(change, file === undefined ? null : formatOfFile(file));
}

/** Returns why the model cannot make the requested change without a prompt; null if it can, or none is requested. */
export function checkChange(
  context: Pick<EditingContext, 'store' | 'activeProvider'>,
  wanted: WantedChange,
): Failure | null {
  const { id, pictureModel } = context.activeProvider();
  // The local "model" makes such changes and nothing else, and no other model makes them.
  if ((id === 'painter' && pictureModel === changeHereModel) !== (wanted.change !== undefined))
    return failure('bad_request');
  if (wanted.change) return checkChangeHere(context, wanted.change, wanted);
  if (!wanted.upscale) return null;
  if (!upscalerOf(id, pictureModel)) return failure('no_upscaler');
  const upscale = upscaleFrom(context, wanted);
  if (!upscale) return failure('reference_gone');
  return isUpscaleTooLarge(upscale) ? failure('upscale_too_large') : null;
}

function checkChangeHere(
  { store }: { store: ReadStore },
  change: LocalEdit,
  { references: [imageId = ''] = [] }: WantedChange,
): Failure | null {
  const picture = pictureSize(store, imageId);
  if (!picture) return failure('reference_gone');
  const size = changedSize(picture, change);
  if (!size) return failure('bad_request');
  return isTooLargeHere(size) ? failure('change_too_large') : null;
}

/**
 * Returns whether a picture can go with a prompt: it is not in Trash, and its file is not missing. A picture that was
 * just made may not be in the gallery yet.
 */
export function isAvailable({ store }: { store: ReadStore }, imageId: string): boolean {
  const message = store.messages.find(imageId);
  const image = message?.kind === 'image' ? message.image : null;
  if (image) return image.state === undefined;
  const inGallery = store.userImages.find(imageId);
  return inGallery !== undefined && inGallery.state === undefined;
}

/** Returns the size of a picture in pixels, upright; undefined if there is no such picture. */
function pictureSize(store: ReadStore, imageId: string): { width: number; height: number } | undefined {
  const message = store.messages.find(imageId);
  return (message?.kind === 'image' ? message.image : null) ?? store.userImages.find(imageId);
}

/** Returns the size that a changed or enlarged picture should have; undefined if the picture is neither. */
export function sizeOfEdit(
  store: ReadStore,
  wanted: WantedChange & { edit?: Edit | undefined },
): { width: number; height: number } | undefined {
  const upscale = upscaleFrom({ store }, wanted);
  if (upscale) return upscaledSize(upscale);
  const { edit, change, references: [imageId] = [] } = wanted;
  const isChanged = edit !== undefined || change !== undefined;
  const size = isChanged && imageId !== undefined ? pictureSize(store, imageId) : undefined;
  if (!size || !change) return size && framedSize(size, edit?.frame);
  return changedSize(size, change) ?? undefined;
}
