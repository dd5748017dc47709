// For tests of the gallery: a folder filled as `npm run seed` does it, a copy for each test.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { projectRoot } from '../harness/launch';
import { expect, test } from './fixture';

/** Call it once in a file: each of its tests starts with so many pictures. */
export function withSeededFolder(pictures: number): void {
  let filled: string;
  test.beforeAll(() => {
    filled = mkdtempSync(path.join(tmpdir(), 'afterimage-e2e-filled-'));
    // In a process of its own: Playwright itself cannot load the SQL that the store imports.
    const counts = ['--pictures', String(pictures), '--messages', '20', '--files', '24'];
    execFileSync(process.execPath, ['scripts/app/run-bundled.mjs', 'tests/seed/run.ts', ...counts], {
      cwd: projectRoot,
      env: { ...process.env, AFTERIMAGE_DATA_DIR: filled },
      stdio: 'pipe',
    });
  });
  test.afterAll(() => rmSync(filled, { recursive: true, force: true }));
  test.beforeEach(({ dataFolder }) => cpSync(filled, dataFolder, { recursive: true }));
}

export async function openGallery(page: Page): Promise<Locator> {
  await page.getByRole('link', { name: 'Gallery' }).click();
  const tiles = page.getByRole('grid', { name: 'Gallery' }).locator('[data-image-id]');
  await expect(tiles.first()).toBeVisible();
  return tiles;
}
