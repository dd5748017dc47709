// Selects the parts of another tool's recipe that can be sent from here.

import { pictureParamsSchema, seedSchema } from '../../../shared/domain/models';

/** Returns null for a seed that is larger than any that the services here take, and for none. */
export function fittingSeed(seed: number | string | undefined): number | null {
  return seedSchema.safeParse(seed).data ?? null;
}

/** Returns undefined for a negative prompt that is longer than any that is sent from here, and for none. */
export function fittingNegative(text: string | undefined): string | undefined {
  return text ? pictureParamsSchema.shape.negativePrompt.safeParse(text).data : undefined;
}
