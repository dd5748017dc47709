// How a model supports changing a part of a picture: the single source for composer, editor and services.
import { type Sentence, sentence } from '../languages/sentence';
import type { Edit } from './edits';
import { listedModel } from './listed-models';
import { findModelOf } from './model-lookup';
import { maxReferencesOfKind, needsReferenceByName } from './reference-limits';
import { serviceOf } from './service-directory';
import { serviceKinds } from './service-kinds';
import type { ServiceId } from './services';

/**
 * - `exact`: it takes the mask, and every pixel outside of it stays the same.
 * - `guided`: it takes the mask, but may also change other parts.
 * - `marked`: it takes no mask. A copy of the picture with the part marked goes along as another reference picture.
 * - `described`: it takes no mask and one reference picture only. Words say where the part is.
 * - `none`: it takes no reference picture either.
 */
export type PartSupport = 'exact' | 'guided' | 'marked' | 'described' | 'none';

/** Returns how many reference pictures a model takes. */
export function maxReferencesOf(service: ServiceId, model: string): number {
  return (
    listedModel(service, model)?.references ??
    findModelOf(service, model)?.references ??
    maxReferencesOfKind(serviceOf(service).kind, model)
  );
}

/** Returns whether a model needs a reference picture, and makes nothing from a prompt alone. */
export function needsReference(service: ServiceId, model: string): boolean {
  if (maxReferencesOf(service, model) === 0) return false;
  return (
    listedModel(service, model)?.needsReference ??
    (findModelOf(service, model) === undefined && needsReferenceByName(serviceOf(service).kind, model))
  );
}

/** @param takesMask whether the model takes masks, if its kind does. The default comes from the service's list. */
export function partSupportOf(
  service: ServiceId,
  model: string,
  takesMask: boolean = listedModel(service, model)?.masks ?? true,
): PartSupport {
  const references = maxReferencesOf(service, model);
  if (references === 0) return 'none';
  const { mask } = serviceKinds[serviceOf(service).kind];
  return (takesMask ? mask : null) ?? (references > 1 ? 'marked' : 'described');
}

/** Returns a warning for the user if this model may change more than the painted part; otherwise null. */
export function partSentence(support: PartSupport, { mask }: Pick<Edit, 'mask'>): Sentence | null {
  if (support === 'exact' || support === 'none') return null;
  if (support === 'guided') return sentence('services.part_guided');
  if (mask === undefined) {
    return sentence('services.part_frame_in_words');
  }
  return support === 'marked' ? sentence('services.part_marked') : sentence('services.part_in_words');
}
