// A gallery of four pictures, to find and to keep.
import type { Page } from '@playwright/test';
import { expect } from './fixture';
import { openGallery, tiles } from './gallery-parts';

export const fourPrompts = [
  'draw a red fox at dawn',
  'draw a whale under the moon',
  'draw a fox and a whale',
  'draw 富士山 at dusk',
];

/** Shows the four pictures in the gallery. */
export async function openFour(page: Page): Promise<void> {
  await openGallery(page);
  await expectFound(page, fourPrompts.length);
}

export const field = (page: Page) => page.getByRole('searchbox', { name: 'Search pictures' });
export const sidebar = (page: Page) => page.getByRole('navigation', { name: 'Collections' });
export const chips = (page: Page) => page.getByRole('list', { name: 'Filters in use' }).getByRole('listitem');

export async function expectFound(page: Page, count: number): Promise<void> {
  await expect(tiles(page)).toHaveCount(count);
}

/** Shows all pictures again, from whatever a step has left. */
export async function clearAll(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expectFound(page, fourPrompts.length);
  await expect(chips(page)).toHaveCount(0);
}
