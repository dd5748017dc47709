// The blurred preview of a picture, decoded from the ThumbHash in its row.
import { thumbHashToDataURL } from 'thumbhash';

/** Returns a CSS background for a base64 ThumbHash, or `none` if the bytes are not a ThumbHash. */
export function thumbhashBackground(thumbhash: string): string {
  try {
    const bytes = bytesOf(thumbhash);
    return bytes.length < 5 ? 'none' : `url("${thumbHashToDataURL(bytes)}")`;
  } catch {
    return 'none';
  }
}

/**
 * Returns whether a picture has transparent parts, which show a checkerboard. The flag is the highest bit of the ThumbHash's
 * third byte. https://evanw.github.io/thumbhash/
 */
export function hasTransparency(thumbhash: string | undefined): boolean {
  try {
    return ((bytesOf(thumbhash ?? '')[2] ?? 0) & 0x80) !== 0;
  } catch {
    return false;
  }
}

/** @throws if the text is not base64. */
function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
