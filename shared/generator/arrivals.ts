// The facts file beside a provider's bytes, written before anything decodes them.

import { z } from 'zod';
import { answerFactsShape } from '../domain/answer-facts';
import { pictureParamsSchema } from '../domain/models';
import { serviceIdSchema } from '../domain/services';
import { sentenceOrTextSchema } from '../languages/sentence';

export const warningsSchema = z.array(sentenceOrTextSchema).max(20);

/** The content of `arrived/<requestId>.json`, and of `kept/<requestId>.json`. */
export const arrivalSchema = z.object({
  requestId: z.uuid(),
  /** The picture that requested the bytes; null for a prefetch. */
  jobId: z.uuid().nullable(),
  provider: serviceIdSchema,
  model: z.string(),
  prompt: z.string(),
  params: pictureParamsSchema,
  /** Null when the price is unknown. */
  costMicroUsd: z.int().min(0).nullable(),
  /** As the provider declared it, or null. Only a hint: the bytes decide. */
  mimeType: z.string().nullable(),
  /** UTC milliseconds. */
  arrivedAt: z.int().min(0),
  /** How many bytes arrived, which reveals a file that a power failure has cut short. */
  bytes: z.int().min(0).optional(),
  /** How long the provider took, in milliseconds. */
  durationMs: z.int().min(0).optional(),
  ...answerFactsShape,
});
export type Arrival = z.infer<typeof arrivalSchema>;
