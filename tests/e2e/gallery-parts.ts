// Parts of the gallery for its tests, and the way to open it.
import type { Locator, Page } from '@playwright/test';
import { expect } from './fixture';

export const grid = (page: Page) => page.getByRole('grid', { name: 'Gallery' });
export const tiles = (page: Page) => grid(page).locator('[data-image-id]');
export const selectionBar = (page: Page) => page.getByRole('toolbar', { name: 'Selection' });
export const notices = (page: Page) => page.getByRole('status', { name: 'Notices' }).first();

/** Opens the gallery, which may be empty. @returns its tiles. */
export async function openGallery(page: Page): Promise<Locator> {
  await page.getByRole('link', { name: 'Gallery' }).click();
  await expect(page.getByRole('main', { name: 'Gallery' })).toBeVisible();
  return tiles(page);
}

/** Opens the gallery and waits for its first picture. @returns its tiles. */
export async function openFilledGallery(page: Page): Promise<Locator> {
  const found = await openGallery(page);
  await expect(found.first()).toBeVisible();
  return found;
}
