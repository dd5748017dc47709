// Restores a saved copy to the bytes before its recipe was embedded, so that the picture is recognized as a
// duplicate.
import { removeXmp } from '../../../shared/domain/picture-bytes/remove-xmp';
import type { PictureFormat } from '../../../shared/domain/picture-files';
import { readXmp } from '../../../shared/domain/xmp';
import { readTexts } from './picture-texts';

/** Returns all files from which the copy can have been made; none if it has no recipe of ours. */
export function withoutRecipe(bytes: Uint8Array, format: PictureFormat): Uint8Array[] {
  const { xmp } = readTexts(bytes, format);
  return xmp !== null && readXmp(xmp) ? removeXmp(bytes) : [];
}
