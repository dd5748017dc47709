// What a provider sent, judged by what it is and before anything is unpacked.
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { PictureFormat } from '../../../shared/domain/picture-files';
import { formatOf } from './codec';
import { isWhole } from './is-complete';
import { maxPixels, readSize } from './picture-header';

/** @returns the format, or why these bytes are not opened: `unreadable_picture` or `picture_too_large`. */
export function judge(bytes: Uint8Array): Result<PictureFormat> {
  const format = formatOf(bytes);
  if (!format || !isWhole(bytes, format)) return failure('unreadable_picture');
  const size = readSize(bytes, format);
  if (!size) return failure('unreadable_picture');
  if (size.width * size.height > maxPixels) return failure('picture_too_large');
  return success(format);
}
