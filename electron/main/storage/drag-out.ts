// Drags pictures out of the window into another program.
import { app, nativeImage, type Rectangle, type WebContents } from 'electron';
import { failure, type Result, success } from '../../../shared/domain/errors';

/** Maximum side of the icon that follows the pointer, in pixels. */
const maxIconSide = 128;

/** @param files absolute paths. @param icon the part of the page that becomes the icon. */
export async function dragOut(
  files: readonly string[],
  sender: WebContents,
  icon: Rectangle,
): Promise<Result<null>> {
  const [file] = files;
  if (file === undefined) return failure('file_missing');
  // Captures the page, because the system's decoder reads neither WebP nor AVIF.
  const image = await sender.capturePage(icon).catch(() => nativeImage.createEmpty());
  const { width, height } = image.getSize();
  const side = width >= height ? { width: maxIconSide } : { height: maxIconSide };
  const small = Math.max(width, height) > maxIconSide ? image.resize(side) : image;
  sender.startDrag({ file, files: [...files], icon: small.isEmpty() ? await app.getFileIcon(file) : small });
  return success(null);
}
