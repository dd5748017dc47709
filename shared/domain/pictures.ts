// Pictures as every process knows them, and the addresses the renderer loads them from.
import type { AspectRatio } from './models';

/** Where a picture is, when it is not simply there. */
export type PictureState = 'trash' | 'missing';

export type PictureFacts = {
  /** Pixels. */
  width: number;
  height: number;
  bytes: number;
  /** Base64 of a ThumbHash: https://evanw.github.io/thumbhash/ */
  thumbhash: string;
  state?: PictureState;
};

export type GalleryImage = {
  id: string;
  prompt: string;
  provider: string;
  model: string;
  aspectRatio: AspectRatio | null;
  width: number;
  height: number;
  bytes: number;
  thumbhash: string;
  createdAt: number;
  favourite: boolean;
  state?: PictureState;
};

/** Sizes a picture can be asked for by `imageUrl`; a number is the longest side in pixels. */
export const imageVariants = ['full', '512', '256'] as const;
export type ImageVariant = (typeof imageVariants)[number];

export const appScheme = 'afterimage';

/** @param looks how many there have been: the content behind it is the last. */
export function livePreviewUrl(imageId: string, looks: number): string {
  return `${appScheme}://image/${imageId}/live?${looks}`;
}

/** @returns the address that the screen loads a picture from. The content behind it never changes. */
export function imageUrl(imageId: string, variant: ImageVariant): string {
  return `${appScheme}://image/${imageId}/${variant}`;
}
