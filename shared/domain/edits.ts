// Changing a part of a picture: its mask, the frame by which it grows, and changes that this computer makes itself.
import { z } from 'zod';
import type { PictureFormat } from './picture-files';

/** Longest side of a picture that can be edited, in pixels, with its frame. */
export const maxEditSide = 16_384;

const distance = z.int().min(0).max(maxEditSide);

/** The pixels by which a picture grows on each side. A model fills the new area. */
export const frameSchema = z
  .strictObject({ left: distance, top: distance, right: distance, bottom: distance })
  .refine(({ left, top, right, bottom }) => left + top + right + bottom > 0);
export type Frame = z.infer<typeof frameSchema>;

/** Maximum number of pixels of a picture with its frame. Larger ones are not opened. */
export const maxEditPixels = 100_000_000;
/**
 * Maximum number of pixels that a diffusion engine changes at once. Models of about a megapixel repeat their subjects in
 * much larger pictures, so only a region of those is changed.
 */
export const maxEngineEditPixels = 1_600_000;

/** The id of a mask: in lower case, because it names a file. */
export const maskIdSchema = z.uuid().toLowerCase();

export const masksFolder = 'masks';

/**
 * The one format of masks: a PNG of 8-bit gray with no other chunks than IHDR, IDAT and IEND, not interlaced, of the
 * picture's own size (without its frame), upright. White is what changes, black what stays, gray a soft edge. It lies
 * under this path in the data folder.
 */
export function maskFile(maskId: string): string {
  return `${masksFolder}/${maskId.toLowerCase()}.png`;
}

/** Returns the size of a picture with its frame, in pixels. */
export function framedSize(
  { width, height }: { width: number; height: number },
  frame: Frame | undefined,
): { width: number; height: number } {
  if (!frame) return { width, height };
  return { width: width + frame.left + frame.right, height: height + frame.top + frame.bottom };
}

/** The part of the first reference picture to change. Stored with the parameters of the new picture. */
export const editSchema = z
  .strictObject({
    /** The id of a mask, made by the renderer as a UUIDv7. Absent: nothing was painted. */
    mask: maskIdSchema.optional(),
    frame: frameSchema.optional(),
  })
  .refine(({ mask, frame }) => mask !== undefined || frame !== undefined);
export type Edit = z.infer<typeof editSchema>;

export const upscaleFactors = [2, 4] as const;

/** The factor by which a model enlarges the first reference picture: see upscalers.ts. */
export const wantedUpscaleSchema = z.strictObject({ factor: z.union([z.literal(2), z.literal(4)]) });

/** Adds the size of that picture in pixels, upright. Stored with the parameters of the new picture. */
export const upscaleSchema = wantedUpscaleSchema.extend({
  width: distance.min(1),
  height: distance.min(1),
});
export type Upscale = z.infer<typeof upscaleSchema>;

/** The model of changes that this computer makes. It belongs to the offline painter. */
export const changeHereModel = 'change-here';

/** An unfinished edit, which survives a restart. */
export type EditDraft = {
  imageId: string;
  mask: string | null;
  frame: Frame | null;
  /** The user's description of the change. */
  words: string;
};

/**
 * A change that this computer makes by itself, in this order: turned, mirrored, straightened, cropped. It costs nothing and
 * makes a new picture.
 */
export const localEditSchema = z.strictObject({
  /** Clockwise. */
  quarterTurns: z.int().min(0).max(3),
  mirrored: z.boolean(),
  /** Degrees, clockwise. The size stays, and the picture is enlarged about its centre by `straightenScale`. */
  straighten: z.number().min(-45).max(45),
  /** Pixels of the picture after the previous steps; null for all of it. */
  crop: z
    .strictObject({
      left: distance,
      top: distance,
      width: distance.min(1),
      height: distance.min(1),
    })
    .nullable(),
  /** 1 keeps the size. */
  scale: z.union([z.literal(1), z.literal(2), z.literal(4)]),
});
export type LocalEdit = z.infer<typeof localEditSchema>;

export const unchanged: LocalEdit = {
  ...{ quarterTurns: 0, mirrored: false, straighten: 0, crop: null, scale: 1 },
};

/** Returns whether the change only moves pixels, by turning or mirroring. */
export function isOnlyTurned({
  straighten,
  crop,
  scale,
}: Omit<LocalEdit, 'quarterTurns' | 'mirrored'>): boolean {
  return straighten === 0 && crop === null && scale === 1;
}

/** Returns whether a picture is enlarged and nothing else. */
export function isOnlyEnlarged({ quarterTurns, mirrored, scale, ...rest }: LocalEdit): boolean {
  return quarterTurns === 0 && !mirrored && scale > 1 && isOnlyTurned({ ...rest, scale: 1 });
}

/** Returns the size of a picture after quarter turns. Mirroring and straightening leave it as it is. */
export function turnedSize(
  { width, height }: { width: number; height: number },
  { quarterTurns }: Pick<LocalEdit, 'quarterTurns'>,
): { width: number; height: number } {
  return quarterTurns % 2 === 0 ? { width, height } : { width: height, height: width };
}

/**
 * Returns the factor by which a picture that is turned about its centre has to be enlarged, so that it still fills the
 * corners of its old outline.
 */
export function straightenScale(
  { width, height }: { width: number; height: number },
  degrees: number,
): number {
  const angle = (Math.abs(degrees) * Math.PI) / 180;
  return Math.cos(angle) + (Math.max(width, height) / Math.min(width, height)) * Math.sin(angle);
}

/** Maximum number of pixels of a picture that this computer makes from another one. */
export const maxLocalPixels = 64_000_000;

/** Returns whether a picture would be too large for this computer to make. */
export function isTooLargeHere({ width, height }: { width: number; height: number }): boolean {
  return Math.max(width, height) > maxEditSide || width * height > maxLocalPixels;
}

/** Returns the size of a changed picture; null if the crop is not inside the picture. */
export function changedSize(
  picture: { width: number; height: number },
  change: LocalEdit,
): { width: number; height: number } | null {
  const turned = turnedSize(picture, change);
  const { left, top, width, height } = change.crop ?? { left: 0, top: 0, ...turned };
  if (left + width > turned.width || top + height > turned.height) return null;
  return { width: width * change.scale, height: height * change.scale };
}

/** The change that was made, as stored in the recipe. `jpeg`: encoded again, almost without loss. */
export const madeChangeSchema = localEditSchema.extend({ saved: z.enum(['lossless', 'jpeg']) });
export type MadeChange = z.infer<typeof madeChangeSchema>;

/** Adds how the result is saved. @param format that of the original, and of the result if the codec can write it. */
export function madeChange(change: LocalEdit, format: PictureFormat | null): MadeChange {
  return { ...change, saved: format === 'jpg' && !isOnlyTurned(change) ? 'jpeg' : 'lossless' };
}
