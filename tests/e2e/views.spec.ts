// The basic functions of gallery, settings and diagnostics, keyboard access and narrow windows.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { settingsEntries, settingsSections } from '../../renderer/state/settings/settings-sections';
import type { Running } from '../harness/launch';
import { misplacedControls } from '../harness/misplaced-controls';
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
  for (const name of ['Chat', 'Gallery', 'Settings', 'Diagnostics', 'New chat', 'Save', 'Message']) {
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
  for (const name of ['Again', 'More actions']) {
    // The icons begin where the picture does; what lights up under the pointer is larger.
    const button = await page.getByRole('figure').getByRole('button', { name }).locator('svg').boundingBox();
    expect(button?.x).toBeGreaterThanOrEqual(picture?.x ?? Number.NaN);
    expect((button?.x ?? 0) + (button?.width ?? 0)).toBeLessThanOrEqual(
      (picture?.x ?? 0) + (picture?.width ?? 0),
    );
  }
});

/** In device-independent pixels; a zoom of 2 halves what the page has. */
const sizes = [
  { width: 640, height: 480, zoom: 1 },
  { width: 640, height: 480, zoom: 2 },
  { width: 860, height: 640, zoom: 1 },
  { width: 1280, height: 800, zoom: 1 },
  { width: 1280, height: 960, zoom: 2 },
  { width: 3840, height: 2160, zoom: 1 },
];

async function resize({ page, electron }: Running, size: (typeof sizes)[number]): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, { width, height, zoom }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setContentSize(width, height);
    window?.webContents.setZoomFactor(zoom);
  }, size);
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(size.width / size.zoom);
}

async function show(page: Page, address: string, name: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${address}`);
  await expect(page.getByRole('main', { name })).toBeVisible();
}

test('every control is in the window and not cut off, from 640 px to 4K and at 200 % zoom', async ({
  start,
}) => {
  test.slow();
  const running = await start();
  const { page } = running;
  // What moves is not yet where it will be.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await sendMessage(page, 'a lighthouse on a bicycle');
  await expectFullPicture(pictures(page));
  const faults: string[] = [];
  for (const size of sizes) {
    await resize(running, size);
    const check = async (where: string) => {
      const found = await misplacedControls(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) found.push(`the page is ${overflow} px too wide`);
      faults.push(...found.map((fault) => `${JSON.stringify(size)} ${where}: ${fault}`));
    };
    await show(page, 'chat', 'Chat');
    await check('chat');
    await page.getByRole('button', { name: 'Shape' }).click();
    await check('shapes');
    await page.keyboard.press('Escape');
    await page.getByTestId('not-drawn').getByRole('button', { name: 'Connect a model' }).click();
    const sheet = page.getByRole('dialog', { name: 'Connect a model' });
    await check('services');
    await sheet.getByRole('searchbox').fill('litellm');
    await page.keyboard.press('Enter');
    await expect(sheet.getByRole('textbox', { name: 'Address' })).toBeVisible();
    await check('connect');
    await sheet.getByRole('button', { name: 'Close' }).click();

    await show(page, 'gallery', 'Gallery');
    const tile = page.getByRole('grid', { name: 'Gallery' }).locator('[data-image-id]');
    await expect(tile).toBeVisible();
    await check('gallery');
    await page.getByRole('button', { name: /^Filter/ }).click();
    await check('filters');
    await page.keyboard.press('Escape');
    await tile.press('x');
    await expect(page.getByRole('toolbar', { name: 'Selection' })).toBeVisible();
    await check('selection');
    await page.keyboard.press('Escape');
    await tile.click();
    const lightbox = page.getByRole('dialog', { name: 'Picture' });
    const recipe = lightbox.getByRole('complementary', { name: 'Recipe' });
    for (let panel = 0; panel < 2; panel += 1) {
      await check(`picture, ${(await recipe.isVisible()) ? 'with' : 'without'} its recipe`);
      await page.keyboard.press('i');
    }
    await lightbox.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(lightbox).toHaveCount(0);

    for (const { id } of settingsSections) {
      await show(page, `settings/${id}`, 'Settings');
      await check(id);
    }
    await page.getByRole('button', { name: 'About Afterimage' }).click();
    await expect(page.getByRole('dialog', { name: 'About Afterimage' })).toBeVisible();
    await check('about Afterimage');
    await page.keyboard.press('Escape');
    await show(page, 'trash', 'Trash');
    await check('trash');
    await show(page, 'diagnostics', 'Diagnostics');
    await expect(page.getByText('Versions and processes')).toBeVisible();
    await check('diagnostics');
    await page.keyboard.press('Control+b');
    await check('the sidebar the other way');
    await page.keyboard.press('Control+b');
  }
  expect(faults).toEqual([]);
});

test('in a narrow window the sidebar opens over the view, keeps the focus, and closes for a choice', async ({
  start,
}) => {
  const running = await start();
  const { page } = running;
  await resize(running, { width: 640, height: 480, zoom: 1 });
  // Each view is a click away, and so is the list of conversations.
  for (const name of ['Chat', 'Gallery', 'Settings', 'Diagnostics']) {
    await expect(page.getByRole('link', { name })).toBeInViewport();
  }
  await page.getByRole('button', { name: 'Open the sidebar' }).click();
  const sidebar = page.getByRole('complementary');
  await expect(sidebar.getByText('No conversations yet')).toBeVisible();
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('Tab');
    expect(
      await sidebar.evaluate(
        (aside) => document.activeElement === document.body || aside.contains(document.activeElement),
      ),
    ).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(sidebar.getByText('No conversations yet')).toHaveCount(0);
  await page.keyboard.press('Control+b');
  await sidebar.getByRole('link', { name: 'Gallery' }).click();
  await expect(page.getByRole('main', { name: 'Gallery' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Open the sidebar' })).toBeVisible();
  // Wide again, the sidebar is as it was.
  await resize(running, { width: 1280, height: 800, zoom: 1 });
  await expect(page.getByRole('button', { name: 'Close the sidebar' })).toBeVisible();
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

test('a change in the settings says that it is saved, and a search finds its section', async ({
  start,
  rows,
}) => {
  const { page } = await start();
  await page.getByRole('link', { name: 'Settings' }).click();
  const search = page.getByRole('searchbox', { name: 'Search settings' });
  await search.fill('trash');
  await search.press('Enter');
  await expect(page.getByRole('radio', { name: '30 days' })).toBeFocused();
  await page.getByText('90 days').click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  expect(rows("SELECT value FROM settings WHERE key = 'trashDays'")).toEqual([{ value: '90' }]);
  await search.fill('nothing of this name');
  await expect(page.getByText('No setting is called')).toBeVisible();
  // Each entry of the search is on its page.
  for (const { id, section } of settingsEntries) {
    await show(page, `settings/${section}/${id}`, 'Settings');
    await expect(page.locator(`[data-setting="${id}"]`)).toBeInViewport();
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // The sections with the most kinds of controls.
    for (const id of ['models', 'limits', 'privacy']) {
      await show(page, `settings/${id}`, 'Settings');
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect(violations.map(({ id: rule, nodes }) => `${id}: ${rule}: ${nodes[0]?.html}`)).toEqual([]);
    }
  }
  // What is refused says why, and changes nothing.
  await openSettings(page, 'Limits & costs');
  const perDay = page.getByRole('textbox', { name: 'Pictures a day' });
  await perDay.fill('1,000');
  await perDay.press('Enter');
  await expect(page.getByRole('alert')).toContainText('without separators');
  await perDay.fill('1000');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await perDay.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
});
