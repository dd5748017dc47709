// Pictures, as all processes share them, and the URLs from which the renderer loads them.
import type { AspectRatio } from './models';

/** Why a picture is not available as usual. */
export type StoredState = 'trash' | 'missing';
/** `damaged`: the renderer could not open its existing file. */
export type PictureState = StoredState | 'damaged';

/** Whether a picture has no file that could be shown, edited or copied. */
export function lacksFile(state: PictureState | undefined): boolean {
  return state === 'missing' || state === 'damaged';
}

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
  /** UTC milliseconds. Only for display, never for the order. */
  createdAt: number;
  /** Its place in the gallery's order; see gallery-timeline.ts. The picture that was made last has the highest. */
  position: string;
  favourite: boolean;
  /** The picture's file is in a folder of the user's, and stays there. */
  isLinked?: boolean;
  state?: PictureState;
};

/** The sizes that `imageUrl` offers; a number is the longest side in pixels. */
export const imageVariants = ['full', '1024', '512', '256'] as const;
export type ImageVariant = (typeof imageVariants)[number];

export const appScheme = 'afterimage';

/** Returns the id of the picture of an `imageUrl`; null for any other URL. */
export function pictureOfUrl(url: string): string | null {
  const [id = '', variant, ...rest] = url.slice(`${appScheme}://image/`.length).split('/');
  const isVariant = imageVariants.some((known) => known === variant) && rest.length === 0;
  return isVariant && url.startsWith(`${appScheme}://image/`) ? id : null;
}

/** @param previewCount number of previews so far. It makes the URL of each preview unique. */
export function livePreviewUrl(imageId: string, previewCount: number): string {
  return `${appScheme}://image/${imageId}/live?${previewCount}`;
}

/**
 * Returns the URL of the bytes that have arrived for a picture and are being stored.
 *
 * @param requestId the request that brought them. It makes the URL unique, and is not read.
 */
export function arrivedUrl(imageId: string, requestId: string): string {
  return `${appScheme}://image/${imageId}/arrived?${requestId}`;
}

/** Returns the URL of a picture. Its content never changes. */
export function imageUrl(imageId: string, variant: ImageVariant): string {
  return `${appScheme}://image/${imageId}/${variant}`;
}

/** The steps of the program that makes a picture, and the estimated remaining time in seconds. */
export type StepProgress = { done: number; total: number; secondsLeft: number };
