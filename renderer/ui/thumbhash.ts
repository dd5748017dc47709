// The blurred preview of a picture, from the few bytes in its row.
import { thumbHashToDataURL } from 'thumbhash';

/** @returns a CSS background for a base64 ThumbHash; `none` where the bytes are not one. */
export function thumbhashBackground(thumbhash: string): string {
  try {
    const bytes = Uint8Array.from(atob(thumbhash), (character) => character.charCodeAt(0));
    return bytes.length < 5 ? 'none' : `url("${thumbHashToDataURL(bytes)}")`;
  } catch {
    return 'none';
  }
}
