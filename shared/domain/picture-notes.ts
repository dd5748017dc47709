// Notes of a picture: how it differs from what the user requested.

import { z } from 'zod';
import { sentenceOrTextSchema, sentencesOrTextsSchema } from '../languages/sentence';
import {
  aspectRatioSchema,
  type PictureParams,
  type PictureResolution,
  pictureResolutionSchema,
  pictureSizes,
} from './models';

const pixelsSchema = z.int().positive();

/** Maximum number of shown words that the offline painter does not draw. */
export const maxNotDrawnWords = 8;

export const pictureNoteSchema = z.discriminatedUnion('code', [
  /** Words of the prompt that the offline painter does not draw. */
  z.object({ code: z.literal('not_drawn'), words: z.array(z.string()).min(1) }),
  /** Sentences about settings that the service did not apply. */
  z.object({
    code: z.literal('settings_left_out'),
    sentences: sentencesOrTextsSchema.refine((told) => told.length > 0),
  }),
  /** How the model was told which part should change, if it may have changed more. */
  z.object({ code: z.literal('part_not_exact'), sentence: sentenceOrTextSchema }),
  /** The answer's text beside its pictures. */
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

/** Maximum relative difference from the requested ratio: the effect of rounding to multiples of 64 pixels. */
const maxRatioDifference = 0.06;

/** Returns whether a picture has a ratio of width to height, apart from rounding. */
export function hasRatio({ width, height }: OtherShape['got'], ratio: number): boolean {
  return factorOf(width / height / ratio) <= 1 + maxRatioDifference;
}

/**
 * Maximum factor between a picture's side and the requested side. Services call sizes within this range the same: 4K is
 * 3840 × 2160 for one and 5504 × 3072 for another. The next resolution is twice as large.
 */
const maxSideFactor = 1.5;

/** Sides in pixels of a square of each resolution. */
const sides: Readonly<Record<PictureResolution, number>> = { '1K': 1024, '2K': 2048, '4K': 4096 };

/**
 * Returns a note if a picture does not have the requested size, because some services choose another one silently; otherwise
 * null. Without a chosen resolution, only the shape counts.
 *
 * @param got pixels.
 * @param wanted pixels. By default the size of the aspect ratio; an edit of a part keeps the shape of its picture.
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
