// The ways into the gallery and through it: by link, by the way back, and by keys.
import type { Page } from '@playwright/test';
import { expect, test } from './fixture';
import { openFilledGallery } from './gallery-parts';

const messages = ['a red fox at dawn', 'a lighthouse at dusk', 'an owl in the snow'];

const focusedTile = (page: Page) => page.locator('[role="gridcell"]:focus');

test('the gallery begins anew by its link, says what it filtered by, and keeps it on the way back', async ({
  startWithPictures,
}) => {
  const { page } = await startWithPictures(messages);
  const tiles = await openFilledGallery(page);
  const search = page.getByRole('searchbox', { name: 'Search pictures' });
  const link = page.getByRole('link', { name: 'Gallery' });
  const removed = page.getByText('Filter removed: fox');
  await search.fill('fox');
  await expect(tiles).toHaveCount(1);

  await page.getByRole('link', { name: 'Trash' }).click();
  await page.getByRole('button', { name: /^Back/ }).click();
  await expect(search).toHaveValue('fox');
  await expect(tiles).toHaveCount(1);

  await page.getByRole('link', { name: 'Chat' }).click();
  await link.click();
  await expect(search).toHaveValue('');
  await expect(tiles).toHaveCount(3);
  await expect(removed).toBeVisible();
  await page.getByRole('button', { name: 'Bring back' }).click();
  await expect(search).toHaveValue('fox');
  await expect(tiles).toHaveCount(1);

  // Also where the gallery is on screen already, and by its shortcut.
  await link.click();
  await expect(tiles).toHaveCount(3);
  // It says nothing in another view. Under the pointer no notice goes by itself.
  await removed.hover();
  await page.keyboard.press('Control+1');
  await expect(removed).toHaveCount(0);
  await page.getByRole('link', { name: 'Gallery' }).click();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('dialog', { name: 'Filter' }).getByRole('button', { name: 'Landscape' }).click();
  await page.keyboard.press('Escape');
  const chips = page.getByRole('list', { name: 'Filters in use' }).getByRole('listitem');
  await expect(chips).toHaveCount(1);
  await page.getByRole('link', { name: 'Chat' }).click();
  await page.keyboard.press('Control+2');
  await expect(tiles.first()).toBeVisible();
  await expect(chips).toHaveCount(0);
});

test('arrow keys lead into the pictures at once, and are not taken from fields and dialogs', async ({
  startWithPictures,
}) => {
  const { page } = await startWithPictures(messages);
  const tiles = await openFilledGallery(page);
  await expect(tiles).toHaveCount(3);
  await expect(page.getByRole('link', { name: 'Gallery' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(focusedTile(page)).toHaveAccessibleName(/owl/);
  await page.keyboard.press('ArrowRight');
  await expect(focusedTile(page)).toHaveAccessibleName(/lighthouse/);

  // From a button that uses none of these keys, and to the end.
  await page.getByRole('button', { name: 'Filter', exact: true }).focus();
  await page.keyboard.press('End');
  await expect(focusedTile(page)).toHaveAccessibleName(/red fox/);

  const search = page.getByRole('searchbox', { name: 'Search pictures' });
  await search.fill('snow');
  await expect(tiles).toHaveCount(1);
  for (const key of ['ArrowLeft', 'Home', 'ArrowUp']) await page.keyboard.press(key);
  await expect(search).toBeFocused();
  await search.fill('');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.keyboard.press('ArrowDown');
  await expect(focusedTile(page)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Escape');

  // The choice of pictures to attach has the same ends.
  await page.getByRole('link', { name: 'Chat' }).click();
  await page.getByRole('button', { name: 'Add pictures' }).click();
  await page.getByRole('button', { name: 'From the gallery…' }).click();
  const options = page.getByRole('listbox', { name: 'Pictures' }).getByRole('option');
  await expect(options).toHaveCount(3);
  await options.first().focus();
  await page.keyboard.press('End');
  await expect(options.last()).toBeFocused();
  await page.keyboard.press('Home');
  await expect(options.first()).toBeFocused();
});

test('a click beside the pictures, or in a chat, and a key draw no frame around all of it', async ({
  startWithPictures,
}) => {
  const { page } = await startWithPictures(['a red fox at dawn']);
  const outline = () =>
    page.evaluate(() => document.activeElement && getComputedStyle(document.activeElement).outlineStyle);
  const chat = page.getByRole('log', { name: 'Conversation' });
  await chat.click({ position: { x: 12, y: 200 } });
  await expect(chat).toBeFocused();
  await page.keyboard.press('Shift');
  expect(await outline()).toBe('none');
  // Tab leads to what can be acted on, and shows it; back to the chat, the keys that scroll it are shown to be there.
  await page.keyboard.press('Tab');
  expect(await outline()).toBe('solid');
  await page.keyboard.press('Shift+Tab');
  await expect(chat).toBeFocused();
  expect(await outline()).toBe('solid');

  await openFilledGallery(page);
  const grid = page.getByRole('grid', { name: 'Gallery' });
  await grid.click({ position: { x: 4, y: 4 } });
  await page.keyboard.press('Shift');
  await expect(grid).toHaveCSS('outline-style', 'none');
});
