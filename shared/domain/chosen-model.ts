// A model that the user has chosen for a chat, with the service that offers it.
import { z } from 'zod';
import { modelIdSchema, serviceIdSchema } from './services';

export const chosenModelSchema = z.strictObject({ serviceId: serviceIdSchema, model: modelIdSchema });
export type ChosenModel = z.infer<typeof chosenModelSchema>;

/** Returns whether two choices are the same. Null: the model of the settings. */
export function isSameModel(a: ChosenModel | null, b: ChosenModel | null): boolean {
  return a?.serviceId === b?.serviceId && a?.model === b?.model;
}
