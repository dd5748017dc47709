// An answer of a service with several parts: pictures that become rows beside the first, and words.
import { z } from 'zod';
import { maxTextLength } from './conversations';

/** Maximum number of pictures of one answer. More than any service sends; the rest is reported as lost. */
export const maxAnswerPictures = 64;

const costSchema = z.int().min(0).nullable();

/** A picture of an answer that gets a row of its own. Its bytes are the arrival with this id (generator/arrivals.ts). */
const answerPartSchema = z.object({
  /** The id of its message, of its picture and of its bytes. */
  id: z.uuid(),
  /** Its share of the answer's cost; null if unknown. */
  costMicroUsd: costSchema,
  /** Pixels, upright, from its header. Absent if the header is not that of a picture. */
  size: z.object({ width: z.int().positive(), height: z.int().positive() }).optional(),
});
export type AnswerPart = z.infer<typeof answerPartSchema>;

/** Absent for an answer that is one picture, or only words. */
export const answerSchema = z.object({
  /** Cost of the request: the sum of all shares. */
  costMicroUsd: costSchema,
  /** The pictures that get rows of their own, in the answer's order. */
  parts: z.array(answerPartSchema).max(maxAnswerPictures),
  /** Pictures that the answer named and that could not be kept. */
  lost: z.int().min(0),
  /** The words beside a picture. */
  words: z.string().min(1).max(maxTextLength).optional(),
});
export type Answer = z.infer<typeof answerSchema>;

/** The answer that a picture is a part of, in the facts beside its bytes. */
export const partOfSchema = z.object({
  requestId: z.uuid(),
  /** The message that requested the answer; null for a prefetch. */
  jobId: z.uuid().nullable(),
});

/**
 * Splits a cost into whole micro-dollars. The first shares have the remainder, so that they sum exactly to the cost.
 *
 * @param costMicroUsd null if unknown. Every share is then null too.
 */
export function sharesOf(costMicroUsd: number | null, count: number): (number | null)[] {
  if (costMicroUsd === null) return Array.from({ length: count }, () => null);
  const each = Math.floor(costMicroUsd / count);
  return Array.from({ length: count }, (_, index) => each + Number(index < costMicroUsd - each * count));
}
