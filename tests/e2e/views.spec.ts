// The basic functions of gallery, settings and diagnostics, keyboard access and empty views.
import { expect, expectFullPicture, openSettings, pictures, sendMessage, test } from './fixture';

test('the gallery shows, finds and opens pictures', async ({ start }) => {
  const { page } = await start();
  await page.getByRole('link', { name: 'Gallery' }).click();
  await expect(page.getByText('No pictures yet')).toBeVisible();
  await page.getByRole('link', { name: 'Chat' }).click();
  await sendMessage(page, 'a red fox at dawn');
  await expectFullPicture(pictures(page).nth(0));
  await sendMessage(page, 'a whale under the moon');
  await expectFullPicture(pictures(page).nth(1));

  await page.getByRole('link', { name: 'Gallery' }).click();
  const grid = page.getByRole('grid', { name: 'Gallery' });
  await expect(grid.locator('[data-image-id]')).toHaveCount(2);
  await page.getByRole('searchbox', { name: 'Search pictures' }).fill('whale');
  await expect(grid.locator('[data-image-id]')).toHaveCount(1);
  await page.getByRole('searchbox', { name: 'Search pictures' }).fill('100% "_" 🦊');
  await expect(page.getByText('No picture has')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search pictures' }).fill('');
  await expect(grid.locator('[data-image-id]')).toHaveCount(2);

  await grid.locator('[data-image-id]').first().click();
  const lightbox = page.getByRole('dialog', { name: 'Picture', description: 'a whale under the moon' });
  await expect(lightbox.getByRole('img')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('dialog', { name: 'Picture', description: 'a red fox at dawn' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a new picture appears in the open gallery', async ({ start }) => {
  const { page } = await start({ env: { AFTERIMAGE_PAINTER_DELAY_MS: '1500' } });
  await sendMessage(page, 'a red fox at dawn');
  await page.getByRole('link', { name: 'Gallery' }).click();
  await expect(page.getByRole('grid', { name: 'Gallery' }).locator('[data-image-id]')).toHaveCount(1);
  await page.getByRole('link', { name: 'Chat' }).click();
  await expectFullPicture(pictures(page));
});

test('settings persist, and a theme applies immediately', async ({ start }) => {
  const first = await start();
  await openSettings(first.page, 'Appearance');
  const background = () => first.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await first.page.getByText('Light', { exact: true }).click();
  await expect
    .poll(() => first.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
    .toBe(false);
  const light = await background();
  await first.page.getByText('Dark', { exact: true }).click();
  await expect
    .poll(() => first.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
    .toBe(true);
  expect(await background()).not.toBe(light);
  await openSettings(first.page, 'Models & keys');
  await first.page.getByText('Google', { exact: true }).click();
  await expect(first.page.getByText('Google makes the pictures')).toBeVisible();
  await first.quit();

  const { page } = await start();
  expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('radio', { name: 'Google', exact: true })).toBeChecked();
});

test('diagnostics show counts and timings', async ({ start, dataFolder }) => {
  const { page } = await start();
  await sendMessage(page, 'a red fox at dawn');
  await expectFullPicture(pictures(page));
  await page.getByRole('link', { name: 'Diagnostics' }).click();
  await expect(page.getByText(dataFolder)).toBeVisible();
  await expect(page.getByRole('row', { name: /Show the answer to a message/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Settle a job/ })).toBeVisible();
  await expect(page.getByText('Ready (started 1 time)')).toBeVisible();
});

test('all controls can be reached by keyboard', async ({ start }) => {
  const { page } = await start();
  await sendMessage(page, 'a red fox at dawn');
  await expectFullPicture(pictures(page));
  const reached = new Set<string>();
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
    );
    reached.add(name);
  }
  for (const name of ['Chat', 'Gallery', 'Settings', 'Diagnostics', 'New chat', 'Save a copy', 'Message']) {
    expect([...reached]).toContain(name);
  }
  await page.keyboard.press('Control+2');
  await expect(page.getByRole('heading', { name: 'Gallery' })).toBeVisible();
  await page.keyboard.press('Control+n');
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await page.keyboard.press('Control+b');
  await expect(page.getByRole('button', { name: 'Open the sidebar' })).toBeVisible();
});

test('the caption of a narrow picture fits its width and contains its actions', async ({ start }) => {
  const { page } = await start();
  await page.getByRole('button', { name: 'Shape' }).click();
  await page.getByText('9:16').click();
  await sendMessage(page, 'draw a tall lighthouse');
  await expectFullPicture(pictures(page));
  const picture = await pictures(page).boundingBox();
  const line = await page.locator('figcaption').boundingBox();
  expect(line).toMatchObject({ x: picture?.x, width: picture?.width });
  await pictures(page).hover();
  for (const name of ['Make another', 'Delete']) {
    const button = await page.getByRole('figure').getByRole('button', { name }).boundingBox();
    expect(button?.x).toBeGreaterThanOrEqual(picture?.x ?? Number.NaN);
    expect((button?.x ?? 0) + (button?.width ?? 0)).toBeLessThanOrEqual(
      (picture?.x ?? 0) + (picture?.width ?? 0),
    );
  }
});

test('an empty gallery and an empty Trash say why, and lead on', async ({ start }) => {
  const { page } = await start();
  await sendMessage(page, 'a lighthouse');
  await expectFullPicture(pictures(page));
  await page.getByRole('link', { name: 'Gallery' }).click();
  const tile = page.getByRole('grid', { name: 'Gallery' }).locator('[data-image-id]');
  await page.getByRole('searchbox', { name: 'Search pictures' }).fill('whale');
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(tile).toHaveCount(1);
  await tile.press('Delete');
  await expect(page.getByText('Your only picture is in Trash.')).toBeVisible();
  await page.getByRole('button', { name: 'Open Trash' }).click();
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText('Trash is empty.')).toBeVisible();
  await page.getByRole('button', { name: 'Back to the gallery' }).click();
  await expect(tile).toHaveCount(1);
});
