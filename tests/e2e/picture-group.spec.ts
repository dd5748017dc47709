// The pictures of one request: one caption, and actions on all of them.

import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { choosePath } from '../harness/choose-path';
import { accessibilityProblems } from './accessibility';
import {
  chooseAction,
  expect,
  expectFullPicture,
  googleEnvironment,
  newChat,
  pictures,
  sendMessage,
  test,
} from './fixture';

test('the pictures of one request have one caption and actions on all of them', async ({
  start,
  rows,
  userFolder,
}) => {
  // Long enough for a slow computer to look at pictures that are waited for.
  const { page, electron } = await start({ env: { AFTERIMAGE_PAINTER_DELAY_MS: '5000' } });
  const answers = page.locator('article[data-kind="image"]');
  const group = page.getByRole('group', { name: '2 pictures' });
  await page.getByRole('button', { name: /^Options: / }).click();
  await page.getByRole('group', { name: 'How many' }).getByText('2').click();
  // Typing goes into the message, and closes the panel.
  await page.keyboard.type('a red fox at dawn');
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('a red fox at dawn');
  await page.keyboard.press('Enter');
  await expect(group.getByRole('button', { name: 'Compare' })).toBeDisabled();
  await group.getByRole('button', { name: 'Stop all' }).click();
  await expect(answers).toHaveCount(2);
  for (const at of [0, 1]) await expect(answers.nth(at)).toHaveAttribute('data-status', 'cancelled');
  await expect(group.getByRole('button', { name: 'Stop all' })).toHaveCount(0);

  await group.getByRole('button', { name: 'Again' }).click();
  await expect(answers).toHaveCount(4);
  const second = group.nth(1);
  await expect(second).toContainText('Offline sketch · 0 of 2 pictures');
  const place = await second.boundingBox();
  const box = await pictures(page).nth(2).boundingBox();
  for (const at of [2, 3]) await expectFullPicture(pictures(page).nth(at));
  await expect(second).toContainText(/Offline sketch · 2 pictures · [\d.]+\ss · free/);
  // Nothing has moved, and no picture has a caption of its own.
  await expect.poll(() => second.boundingBox()).toEqual(place);
  await expect.poll(() => pictures(page).nth(2).boundingBox()).toEqual(box);
  await expect(page.locator('figcaption')).toHaveCount(0);

  await second.getByRole('button', { name: 'More actions' }).click();
  const menu = page.getByRole('menu', { name: 'Picture' });
  await page.keyboard.press('End');
  await expect(menu.getByRole('menuitem', { name: 'Delete all' })).toBeFocused();
  expect(await accessibilityProblems(page, 'body')).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await expect(second.getByRole('button', { name: 'More actions' })).toBeFocused();

  const out = path.join(userFolder, 'out');
  mkdirSync(out);
  await choosePath({ electron }, out);
  await second.getByRole('button', { name: 'Save all' }).click();
  await expect(page.getByText('2 pictures saved in')).toBeVisible();
  expect(readdirSync(out).toSorted()).toEqual([
    expect.stringMatching(/^\d{4}-\d\d-\d\d a red fox at dawn 2\.\w+$/),
    expect.stringMatching(/^\d{4}-\d\d-\d\d a red fox at dawn\.\w+$/),
  ]);

  await second.getByRole('button', { name: 'Compare' }).click();
  const compare = page.getByRole('dialog', { name: 'Compare 2 pictures' });
  // Beside what each says of itself, the seeds alone differ.
  await expect(compare.locator('[data-pane]').first()).toContainText(/^Offline sketch · free · .*sseed \d+/);
  await compare.getByRole('button', { name: 'Use as reference' }).first().click();
  await expect(compare).toHaveCount(0);
  await expect(page.getByRole('img', { name: 'Reference 1' })).toBeVisible();

  await chooseAction(second, 'Delete all');
  await expect(page.getByText('This picture is in Trash')).toHaveCount(2);
  await expect(second.getByRole('button')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('This picture is in Trash')).toHaveCount(0);
  await expect(second.getByRole('button', { name: 'Compare' })).toBeEnabled();
  await expect.poll(() => rows('SELECT id FROM user_images WHERE deleted_at IS NULL').length).toBe(2);
});

test('under a picture are three labelled actions, and four variations are in its menu with what they cost', async ({
  start,
  google,
}) => {
  const { page } = await start({ env: googleEnvironment(google) });
  await sendMessage(page, 'a red fox at dawn');
  await expectFullPicture(pictures(page));
  const answer = page.locator('article[data-kind="image"]');
  await expect(answer.getByRole('button', { name: 'More actions' })).toBeVisible();
  expect(await answer.locator('button[data-action]').allInnerTexts()).toEqual(['Edit', 'Again', 'Save']);
  await answer.getByRole('button', { name: 'More actions' }).click();
  const variations = page.getByRole('menuitem', { name: '4 variations', exact: true });
  await expect(variations).toContainText('about $0.134');
  await expect(variations).toHaveAccessibleDescription('about $0.134');
  // The shortcut that it shows works in the menu, too.
  await page.keyboard.press('Shift+V');
  await expect(page.locator('article[data-kind="image"][data-status="ready"]')).toHaveCount(5);
  // Over one of several, too, where there is no room for words.
  await pictures(page).last().hover();
  const last = answer.last().locator('button[data-action]');
  await expect(last).toHaveCount(3);
  for (const button of await last.all()) await expect(button.locator('span')).toBeHidden();
  expect(google.requests).toHaveLength(5);

  // Two pictures of the chat are compared in two clicks.
  await chooseAction(page.locator('article[data-kind="image"]').last(), 'Compare with the original');
  await expect(page.getByRole('dialog', { name: 'Compare 2 pictures' }).locator('[data-pane]')).toHaveCount(
    2,
  );
});

test('a portrait and a group of them are seen whole in common windows, and their price is never cut off', async ({
  start,
}) => {
  test.slow();
  const { page, electron } = await start();
  async function resize(width: number, height: number): Promise<void> {
    await electron.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
      { width, height },
    );
    await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
  }

  await page.getByRole('button', { name: /^Shape: / }).click();
  await page.getByText('Tall 9:16').click();
  await page.keyboard.press('Escape');
  await sendMessage(page, 'a lighthouse at sunset');
  await expectFullPicture(pictures(page));
  const answer = page.locator('article[data-kind="image"]');
  for (const [width, height] of [
    [640, 720],
    [900, 720],
    [1280, 720],
    [1920, 1080],
  ] as const) {
    await resize(width, height);
    const [all, form] = [await answer.boundingBox(), await page.locator('form').first().boundingBox()];
    expect(all?.height, `${width} × ${height}`).toBeLessThanOrEqual(form?.y ?? 0);
    // However narrow it is, its buttons say what they do.
    await expect(answer.getByText('Again', { exact: true })).toBeVisible();
    if (width !== 640 && width !== 1280) continue;
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityProblems(page), `${width}, ${colorScheme}`).toEqual([]);
    }
  }

  await newChat(page);
  await page.getByRole('button', { name: /^Options: / }).click();
  await page.getByRole('group', { name: 'How many' }).getByText('4').click();
  await page.keyboard.press('Escape');
  await sendMessage(page, 'a red fox at dawn');
  for (const at of [0, 1, 2, 3]) await expectFullPicture(pictures(page).nth(at));

  /** Returns the height of the pictures with their line, the room above the composer, and what of the line is cut off. */
  const measure = () =>
    page.evaluate(() => {
      const boxes = [...document.querySelectorAll('[data-testid="picture"]')].map((picture) =>
        picture.getBoundingClientRect(),
      );
      const line = document.querySelector('main [role="group"] p')?.closest('[role="group"]');
      const price = line?.querySelector('p span span:last-child');
      const form = document.querySelector('form');
      if (!line || !price || !form) throw new Error('The group is not on screen.');
      const top = Math.min(...boxes.map((box) => box.top));
      const [priceBox, lineBox] = [price.getBoundingClientRect(), line.getBoundingClientRect()];
      return {
        height: Math.round(lineBox.bottom - top),
        room: Math.round(form.getBoundingClientRect().top),
        narrowest: Math.round(Math.min(...boxes.map(({ width }) => width))),
        isPriceCut: priceBox.width === 0 || priceBox.right > lineBox.right + 1,
      };
    });
  for (const [width, height] of [
    [640, 860],
    [900, 800],
    [1280, 720],
    [1280, 860],
    [1920, 1080],
  ] as const) {
    await resize(width, height);
    const measured = await measure();
    expect(measured.height, `${width} × ${height}`).toBeLessThanOrEqual(measured.room);
    expect(measured.narrowest).toBeGreaterThan(90);
    expect(measured.isPriceCut).toBe(false);
  }

  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(640, 860));
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(640);
  for (const language of ['de', 'fr', 'es', 'ja', 'zh'] as const) {
    await page.evaluate((code) => window.afterimage.request('settings:set', { language: code }), language);
    await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`));
    expect((await measure()).isPriceCut, language).toBe(false);
  }
});
