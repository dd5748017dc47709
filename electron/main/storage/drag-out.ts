// Drags pictures out of the window into another program.
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { app, nativeImage, type Rectangle, type WebContents } from 'electron';
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { StorageContext } from './storage-context';

/** Maximum side of the icon that follows the pointer, in pixels. */
const maxIconSide = 128;

/** @param icon the part of the page that becomes the icon. */
export async function dragOut(
  { store, dataFolder }: StorageContext,
  sender: WebContents,
  imageIds: readonly string[],
  icon: Rectangle,
): Promise<Result<null>> {
  const files = await existingFiles(
    dataFolder,
    imageIds.map((id) => store.userImages.file(id)),
  );
  const [file] = files;
  if (file === undefined) return failure('file_missing');
  // Captures the page, because the system's own decoder reads neither WebP nor AVIF.
  const image = await sender.capturePage(icon).catch(() => nativeImage.createEmpty());
  const { width, height } = image.getSize();
  const side = width >= height ? { width: maxIconSide } : { height: maxIconSide };
  const small = Math.max(width, height) > maxIconSide ? image.resize(side) : image;
  sender.startDrag({ file, files, icon: small.isEmpty() ? await app.getFileIcon(file) : small });
  return success(null);
}

async function existingFiles(dataFolder: string, files: readonly (string | undefined)[]): Promise<string[]> {
  const found = await Promise.all(
    files.map((file) =>
      file === undefined ? null : realpath(path.join(dataFolder, file)).catch(() => null),
    ),
  );
  return found.filter((file) => file !== null);
}
