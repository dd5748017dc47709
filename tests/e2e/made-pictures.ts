// Data folders in which the app has already made pictures, for tests that begin with some: made once, copied for each.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from '@playwright/test';
import { thumbnailSides } from '../../shared/domain/picture-files';
import { filesOf, waitUntilSettled } from '../faults/checks';
import { launch } from '../harness/launch';

export type MadePictures = {
  /** Puts a conversation into a data folder: these messages, each answered by a picture of the offline painter. */
  copyTo: (dataFolder: string, messages: readonly string[]) => Promise<void>;
  remove: () => void;
};

export function createMadePictures(): MadePictures {
  const made = new Map<string, string>();
  return {
    async copyTo(dataFolder, messages) {
      const key = JSON.stringify(messages);
      const folder = made.get(key) ?? (await makePictures(messages));
      made.set(key, folder);
      cpSync(folder, dataFolder, { recursive: true, preserveTimestamps: true });
    },
    remove() {
      for (const folder of made.values()) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** @returns a new data folder. */
async function makePictures(messages: readonly string[]): Promise<string> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'afterimage-e2e-made-'));
  const { page, quit, kill } = await launch({ dataFolder });
  try {
    const field = page.getByRole('textbox', { name: 'Message' });
    const pictures = page.getByRole('log', { name: 'Conversation' }).getByTestId('picture');
    for (const [index, text] of messages.entries()) {
      await field.fill(text);
      await field.press('Enter');
      await expect(pictures.nth(index)).toHaveAttribute('data-visible', 'full');
    }
    await waitUntilSettled(dataFolder);
    // The largest thumbnail is the last file that a picture gets.
    const thumbnails = () =>
      filesOf(dataFolder).filter((file) => file.endsWith(`.${Math.max(...thumbnailSides)}.webp`));
    await expect.poll(thumbnails).toHaveLength(messages.length);
    await quit();
    return dataFolder;
  } catch (error) {
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    throw error;
  } finally {
    await kill();
  }
}
