// A model that the user has chosen for a chat, with the service that offers it.
import { z } from 'zod';
import { maxModels } from './conversations';
import { modelIdSchema, serviceIdSchema } from './services';

export const chosenModelSchema = z.strictObject({ serviceId: serviceIdSchema, model: modelIdSchema });
/** The models of one message, each once. */
export const chosenModelsSchema = z
  .array(chosenModelSchema)
  .min(1)
  .max(maxModels)
  .refine((models) => new Set(models.map(keyOfModel)).size === models.length);
export type ChosenModel = z.infer<typeof chosenModelSchema>;

/** Returns whether two choices are the same. Null: the model of the settings. */
export function isSameModel(a: ChosenModel | null, b: ChosenModel | null): boolean {
  return a?.serviceId === b?.serviceId && a?.model === b?.model;
}

/** Returns a key that is unique for each choice. */
function keyOfModel({ serviceId, model }: ChosenModel): string {
  return `${serviceId} ${model}`;
}
