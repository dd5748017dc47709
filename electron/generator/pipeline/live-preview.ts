// Writes the latest preview of a picture in progress to a small file, which the renderer loads.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { livePreviewFile } from '../../../shared/domain/picture-files';
import type { StoreContext } from './store-image';

export type LivePreview = {
  /** @param bytes of a picture in any format. Of the previews that arrive during a write, only the last is shown. */
  show(bytes: Uint8Array): void;
  /** Stops, and resolves once the file is removed. After a crash the file is removed like any unfinished write. */
  end(): Promise<void>;
};

/** @param onShown receives the number of previews so far, after the last of them was written. */
export function createLivePreview(
  { dataFolder, codec }: StoreContext,
  pictureId: string,
  onShown: (count: number) => void,
): LivePreview {
  const file = path.join(dataFolder, livePreviewFile(pictureId));
  let waiting: Uint8Array | null = null;
  let writing: Promise<void> | null = null;
  let hasEnded = false;
  let count = 0;

  async function write(): Promise<void> {
    while (waiting && !hasEnded) {
      const bytes = waiting;
      waiting = null;
      if (!(await codec.preview(file, bytes))) continue;
      count += 1;
      if (!hasEnded) onShown(count);
    }
  }

  function start(): void {
    writing ??= write().then(() => {
      writing = null;
      if (waiting && !hasEnded) start();
    });
  }

  return {
    show(bytes) {
      if (hasEnded) return;
      waiting = bytes;
      start();
    },
    async end() {
      hasEnded = true;
      await writing;
      await rm(file, { force: true }).catch(() => {});
    },
  };
}
