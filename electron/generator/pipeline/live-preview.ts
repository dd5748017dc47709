// Keeps the latest look of a picture in the making where the screen can find it, small and for as long as it is made.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { livePreviewFile } from '../../../shared/domain/picture-files';
import { writeWithoutFlush } from '../../files/write-atomically';
import { decode, encodeThumbnail } from './codec';
import { validateImage } from './inspect';

const side = 512;

export type LivePreview = {
  /** @param bytes of a picture in any format. What comes while another is at work waits; of those only the last. */
  show(bytes: Uint8Array): void;
  /** No more is told; resolves when the file is gone. A crash before leaves it to be cleared as any unfinished write. */
  end(): Promise<void>;
};

/** @param tell receives the number of previews so far once the file holds the latest one. */
export function createLivePreview(
  dataFolder: string,
  pictureId: string,
  tell: (count: number) => void,
): LivePreview {
  const file = path.join(dataFolder, livePreviewFile(pictureId));
  let waiting: Uint8Array | null = null;
  let atWork: Promise<void> | null = null;
  let isOver = false;
  let count = 0;

  async function work(): Promise<void> {
    while (waiting && !isOver) {
      const bytes = waiting;
      waiting = null;
      try {
        if (!validateImage(bytes).ok) continue;
        await writeWithoutFlush(file, await encodeThumbnail(await decode(bytes), side));
      } catch (error) {
        // Nothing is lost: the picture itself comes another way.
        console.error('A preview could not be kept:', error);
        continue;
      }
      count += 1;
      if (!isOver) tell(count);
    }
  }

  function start(): void {
    atWork ??= work().then(() => {
      atWork = null;
      if (waiting && !isOver) start();
    });
  }

  return {
    show(bytes) {
      if (isOver) return;
      waiting = bytes;
      start();
    },
    async end() {
      isOver = true;
      await atWork;
      await rm(file, { force: true }).catch(() => {});
    },
  };
}
