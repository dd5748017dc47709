// Pictures that look alike: "More like this", and near duplicates as a stack.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { drawShapes, duplicates, relatives } from '../alike/corpus';
import { dropFiles } from '../harness/drop-files';
import { accessibilityProblems } from './accessibility';
import { expect, showAddress, test } from './fixture';

const tiles = (page: Page) => page.getByRole('grid', { name: 'Gallery' }).getByRole('gridcell');
const stack = (page: Page) => page.getByRole('gridcell', { name: /, stack of 2 pictures$/ });
const notices = (page: Page) => page.getByRole('status', { name: 'Notices' }).first();

/** Imports a picture, a smaller copy of it, one that is mirrored, and another picture. */
async function importFour(page: Page, folder: string): Promise<void> {
  const one = drawShapes(1);
  const bytesOf = (made: ReturnType<(typeof duplicates)[string]> | undefined) =>
    Buffer.isBuffer(made) ? made : (made?.encodeSync('png') ?? Buffer.alloc(0));
  const files = {
    'shapes.png': bytesOf(one),
    'small.jpg': bytesOf(duplicates['half the size, as a JPEG']?.(one)),
    'mirrored.png': bytesOf(relatives['mirrored']?.(one)),
    'other.png': bytesOf(drawShapes(4)),
  };
  mkdirSync(folder);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(folder, name), bytes);
  await dropFiles(
    page,
    Object.keys(files).map((name) => path.join(folder, name)),
    { says: 'Drop to import pictures' },
  );
  await page.getByRole('button', { name: 'Close the report' }).click();
}

test('shows near duplicates as one stack, finds what looks alike, and deletes no more than is asked for', async ({
  start,
  dataFolder,
  rows,
}) => {
  const folder = `${dataFolder}-dropped`;
  const running = await start();
  const { page } = running;
  await showAddress(page, 'gallery', 'Gallery');
  await importFour(page, folder);
  rmSync(folder, { recursive: true });

  // A new picture joins its stack soon after it has landed.
  await expect(stack(page)).toHaveAccessibleName('shapes, stack of 2 pictures');
  await expect(tiles(page)).toHaveCount(3);
  expect(await accessibilityProblems(page, 'main')).toEqual([]);

  // After leaving the stack, the focus is on it.
  expect(await tiles(page).nth(0).getAttribute('aria-label')).not.toContain('stack');
  await stack(page).focus();
  await page.keyboard.press('k');
  await expect(tiles(page)).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(stack(page)).toBeFocused();
  await page.keyboard.press('k');
  await expect(tiles(page)).toHaveCount(2);
  await expect(page.getByRole('list', { name: 'Filters in use' })).toHaveText('Stack of this picture');
  await page.getByRole('gridcell', { name: 'small' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Not a duplicate' }).click();
  await expect(tiles(page)).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(tiles(page)).toHaveCount(4);
  await notices(page).getByRole('button', { name: 'Undo' }).click();
  await expect(tiles(page)).toHaveCount(3);

  // Selecting the stack means both of its pictures.
  await stack(page).click({ modifiers: ['ControlOrMeta'] });
  await expect(page.getByRole('status', { name: 'Selection' })).toHaveText('2 pictures in 1 stack');
  await page.keyboard.press('Escape');

  await stack(page).focus();
  await page.keyboard.press('m');
  await expect(page.getByRole('list', { name: 'Filters in use' })).toHaveText('Like this picture');
  await expect(tiles(page)).toHaveCount(2);
  await expect
    .poll(() => tiles(page).evaluateAll((found) => found.map((tile) => tile.ariaLabel)))
    .toEqual(['small', 'mirrored']);
  await page.getByRole('searchbox', { name: 'Search pictures' }).fill('mirr');
  await expect(tiles(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(tiles(page)).toHaveCount(3);

  // The choice is kept.
  const stacking = (at: Page) => at.getByRole('button', { name: 'Stack near duplicates' });
  await stacking(page).click();
  await expect(tiles(page)).toHaveCount(4);
  await running.quit();
  const again = await start();
  await showAddress(again.page, 'gallery', 'Gallery');
  await expect(tiles(again.page)).toHaveCount(4);
  await expect(stacking(again.page)).toHaveAttribute('aria-pressed', 'false');
  await stacking(again.page).click();
  await expect(tiles(again.page)).toHaveCount(3);

  const question = again.page.getByRole('dialog', { name: 'Delete the whole stack?' });
  const lightbox = again.page.getByRole('dialog', { name: 'Picture' });
  // Cancelling returns to the open picture.
  await stack(again.page).click();
  await expect(lightbox.getByText('1 more picture is in stacks')).toBeVisible();
  await again.page.keyboard.press('Delete');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toHaveCount(0);
  await expect(lightbox).toBeVisible();
  await again.page.keyboard.press('Escape');
  await expect(lightbox).toHaveCount(0);
  await stack(again.page).focus();
  await again.page.keyboard.press('Delete');
  await expect(question).toContainText('There is 1 near duplicate under what you see.');
  await question.getByRole('button', { name: 'Only the one on top' }).click();
  await expect(again.page.getByRole('gridcell', { name: 'small' })).toBeVisible();
  await expect(tiles(again.page)).toHaveCount(3);
  await expect
    .poll(() => rows('SELECT prompt FROM user_images WHERE deleted_at IS NOT NULL'))
    .toEqual([{ prompt: 'shapes' }]);
});
