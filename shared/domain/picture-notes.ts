// Notes of a picture: what the user should know about how it differs from what was asked for.

import { z } from 'zod';
import { readTold, toldSchema } from '../languages/sentence';
import {
  aspectRatioSchema,
  type PictureParams,
  type PictureResolution,
  pictureResolutionSchema,
  pictureSizes,
} from './models';

const pixelsSchema = z.int().positive();

/** Maximum number of words that are shown of those that the offline painter does not draw: more would say no more. */
export const maxNotDrawnWords = 8;

export const pictureNoteSchema = z.discriminatedUnion('code', [
  /** What of the prompt the offline painter does not draw, in the prompt's words. */
  z.object({ code: z.literal('not_drawn'), words: z.array(z.string()).min(1) }),
  /** Settings that the service made the picture without, in sentences. */
  z.object({ code: z.literal('settings_left_out'), sentences: readTold.refine((told) => told.length > 0) }),
  /** How the model was told which part should change, if it may have changed more. */
  z.object({ code: z.literal('part_not_exact'), sentence: toldSchema }),
  /** What the answer said beside its pictures. */
  z.object({ code: z.literal('answer_words'), text: z.string().min(1) }),
  /** Pictures of the same answer that could not be kept. */
  z.object({ code: z.literal('answer_incomplete'), lost: z.int().positive() }),
  /** The service made a picture of another shape or size. */
  z.object({
    code: z.literal('other_shape'),
    asked: z.object({ aspectRatio: aspectRatioSchema, resolution: pictureResolutionSchema.optional() }),
    got: z.object({ width: pixelsSchema, height: pixelsSchema }),
  }),
]);
export type PictureNote = z.infer<typeof pictureNoteSchema>;
export type OtherShape = Extract<PictureNote, { code: 'other_shape' }>;

/** Maximum relative difference of a picture's ratio from the one asked for: what rounding to multiples of 64 pixels causes. */
const maxRatioDifference = 0.06;

/** Returns whether a picture has a ratio of width to height, but for rounding. */
export function hasRatio({ width, height }: OtherShape['got'], ratio: number): boolean {
  return factorOf(width / height / ratio) <= 1 + maxRatioDifference;
}

/**
 * Maximum factor between a picture's side and the side asked for. Services call sizes within this range the same: 4K is
 * 3840 × 2160 for one and 5504 × 3072 for another. The next resolution is twice as large.
 */
const maxSideFactor = 1.5;

/** Sides in pixels of a square of each resolution. */
const sides: Readonly<Record<PictureResolution, number>> = { '1K': 1024, '2K': 2048, '4K': 4096 };

/**
 * Returns a note if a picture is not as it was asked for, because some services choose another size without saying so;
 * otherwise null. Without a chosen resolution only the shape counts.
 *
 * @param got pixels.
 * @param wanted pixels; by default the size of the aspect ratio. A change of a part keeps the shape of its picture.
 */
export function otherShape(
  { aspectRatio, resolution }: Pick<PictureParams, 'aspectRatio' | 'resolution'>,
  got: OtherShape['got'],
  wanted: OtherShape['got'] = pictureSizes[aspectRatio],
): OtherShape | null {
  const side = Math.sqrt(got.width * got.height);
  const isOtherRatio = !hasRatio(got, wanted.width / wanted.height);
  const isOtherSize = resolution !== undefined && factorOf(side / sides[resolution]) > maxSideFactor;
  if (!isOtherRatio && !isOtherSize) return null;
  return {
    code: 'other_shape',
    asked: { aspectRatio, ...(resolution !== undefined && { resolution }) },
    got: { width: got.width, height: got.height },
  };
}

/** Returns how many times larger the larger of two values is than the smaller one. */
function factorOf(quotient: number): number {
  return Math.max(quotient, 1 / quotient);
}
