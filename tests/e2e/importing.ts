// For tests of imports: pictures in a folder of their own, dropping them, and the report.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import type { Page } from '@playwright/test';
import { dropFiles } from '../harness/drop-files';
import { patient } from '../harness/patient';
import { test as base, expect } from './fixture';

type ImportFixtures = {
  /** An empty folder for what is imported. */
  folder: string;
  /** Writes a file into that folder. @returns its path. */
  put: (name: string, bytes: Uint8Array | string) => string;
};

export const test = base.extend<ImportFixtures>({
  async folder({ dataFolder }, use) {
    const folder = `${dataFolder}-dropped`;
    mkdirSync(folder);
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  async put({ folder }, use) {
    await use((name, bytes) => {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, bytes);
      return file;
    });
  },
});

/** Returns a different picture for each number. */
export function pictureOf(number: number, size = 48): Buffer {
  const canvas = createCanvas(size * 2, size);
  const pen = canvas.getContext('2d');
  pen.fillStyle = `hsl(${(number * 37) % 360} 70% ${30 + (number % 5) * 10}%)`;
  pen.fillRect(0, 0, size * 2, size);
  pen.fillStyle = 'white';
  pen.fillText(String(number), 8, 24);
  return canvas.encodeSync('png');
}

/** Drops files on the view that is open. A single folder is imported as its dialog proposes. */
export async function drop(page: Page, ...files: string[]): Promise<void> {
  const isChat = await page.getByRole('main', { name: 'Chat' }).isVisible();
  await dropFiles(page, files, {
    says: isChat ? 'Drop to attach to your message' : 'Drop to import pictures',
  });
  const [only] = files;
  if (files.length === 1 && only && statSync(only).isDirectory()) await importFolder(page);
}

/** Confirms that the pictures of a folder are to be copied, which is the default. */
export async function importFolder(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: /^Import “/ });
  const copy = dialog.getByRole('radio', { name: 'Copy into Afterimage' });
  await expect(copy).toBeChecked();
  await copy.press('Enter');
}

export const panel = (page: Page) => page.getByRole('region', { name: 'Import' });

/** Waits until an import has ended with this title of its report. */
export async function expectReport(page: Page, title: string): Promise<void> {
  const report = panel(page).filter({ has: page.getByRole('button', { name: 'Close the report' }) });
  await expect(report.getByRole('status')).toHaveText(title, patient);
}

export async function closeReport(page: Page): Promise<void> {
  await panel(page).getByRole('button', { name: 'Close the report' }).click();
  await expect(panel(page)).toHaveCount(0);
}

/** Returns the path of every file in the folder of pictures. */
export function storedFiles(dataFolder: string): string[] {
  const images = path.join(dataFolder, 'images');
  if (!existsSync(images)) return [];
  return readdirSync(images, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
