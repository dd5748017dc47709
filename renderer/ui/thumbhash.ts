// The blurred preview of a picture, decoded from the ThumbHash in its row.
import { thumbHashToDataURL } from 'thumbhash';

/** Returns a CSS background for a base64 ThumbHash, or `none` if the bytes are not a ThumbHash. */
export function thumbhashBackground(thumbhash: string): string {
  try {
    const bytes = Uint8Array.from(atob(thumbhash), (character) => character.charCodeAt(0));
    return bytes.length < 5 ? 'none' : `url("${thumbHashToDataURL(bytes)}")`;
  } catch {
    return 'none';
  }
}
