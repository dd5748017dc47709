// How many attached pictures the model of the next message takes, and the words for it.
import { findModel } from '../../../shared/domain/model-lookup';
import { maxReferencesOf } from '../../../shared/domain/part-support';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { ServiceId } from '../../../shared/domain/services';

/** Says what an attached picture is used for. @param index counted from 0. */
export function useOf(index: number, limit: number): string {
  if (limit > 0 && index >= limit) return 'Left out';
  return index === 0 ? 'To edit' : `Reference ${index + 1}`;
}

/** Says what the model does not do with so many attached pictures; null if it takes them all. */
export function limitNote(count: number, service: ServiceId, pictureModel: string): string | null {
  const limit = maxReferencesOf(service, pictureModel);
  if (limit >= count) return null;
  const model = findModel(pictureModel);
  const name = model && !serviceOf(service).local ? model.label : serviceOf(service).name;
  if (limit === 0) return `${name} takes no reference pictures. Remove them, or use another model.`;
  const rest = count - limit === 1 ? 'the other one is left out' : 'the others are left out';
  return `${name} takes ${limit === 1 ? 'one picture' : `${limit} pictures`}: ${rest}.`;
}
