// The lightbox: opening and closing, zoom, recipe and actions.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { untilStill } from '../harness/until-still';
import { accessibilityProblems } from './accessibility';
import { chooseAction, expect, pictures, test } from './fixture';
import { openFilledGallery } from './gallery-parts';

const messages = ['draw a whale under the moon', 'draw a red fox at dawn', 'draw a lighthouse in the fog'];

const lightbox = (page: Page) => page.getByRole('dialog').first();
const fullImage = (page: Page) => lightbox(page).locator('img[data-full]');
const action = (page: Page, name: string) => lightbox(page).getByRole('button', { name, exact: true });
const zoomStatus = (page: Page) => lightbox(page).getByRole('status', { name: 'Zoom' });

async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Opens the middle one of the three pictures in the lightbox. */
async function openMiddlePicture(page: Page) {
  const tiles = await openFilledGallery(page);
  await expect(tiles).toHaveCount(3);
  const tile = tiles.nth(1);
  const id = await tile.getAttribute('data-image-id');
  await tile.click();
  await expect(fullImage(page)).toHaveAttribute('data-full', 'true');
  return { tiles, tile, id: id ?? '' };
}

test('the lightbox opens from gallery and chat, zooms, shows the recipe, and offers all actions', async ({
  start,
  startWithPictures,
  rows,
  write,
  dataFolder,
}) => {
  test.slow();
  const first = await startWithPictures(messages);
  const { page, electron } = first;

  await test.step('it opens from a tile, steps through pictures, and returns the focus to the tile', async () => {
    const { tiles, tile } = await openMiddlePicture(page);
    await expect(lightbox(page)).toHaveAccessibleDescription(/fox/);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(tile).toBeFocused();

    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await expect(lightbox(page)).toHaveAccessibleDescription(/whale/);
    await expect(action(page, 'Next picture')).toHaveCount(0);
    await action(page, 'Previous picture').click();
    await expect(lightbox(page)).toHaveAccessibleDescription(/fox/);
    await page.keyboard.press('ArrowLeft');
    await expect(lightbox(page)).toHaveAccessibleDescription(/lighthouse/);
    await page.keyboard.press('Escape');
    await expect(tiles.first()).toBeFocused();
  });

  await test.step('it says which picture is open, and its buttons lie beside the picture at every width', async () => {
    for (const width of [640, 900, 1280, 1920, 3840]) {
      await electron.evaluate(
        ({ BrowserWindow }, [x = 0, y = 0]) => {
          BrowserWindow.getAllWindows()[0]?.setContentSize(x, y);
        },
        [width, Math.round(width * 0.6)],
      );
      await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
      await openMiddlePicture(page);
      await expect(lightbox(page)).toContainText('2 of 3');
      await untilStill(page);
      for (const name of ['Previous picture', 'Next picture']) {
        const isApart = async () => {
          const [shown, button] = [
            await fullImage(page).boundingBox(),
            await action(page, name).boundingBox(),
          ];
          if (!shown || !button) return false;
          return (
            button.x + button.width <= shown.x ||
            button.x >= shown.x + shown.width ||
            button.y >= shown.y + shown.height
          );
        };
        await expect.poll(isApart, `${name} at ${width} px`).toBe(true);
      }
      await action(page, 'Next picture').click();
      await expect(lightbox(page)).toContainText('3 of 3');
      await close(page);
    }
    await electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800),
    );
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(1280);
  });

  await test.step('keys that are pressed while it closes act on no other picture', async () => {
    const { tiles, tile } = await openMiddlePicture(page);
    const session = await page.context().newCDPSession(page);
    await session.send('Animation.enable');
    await session.send('Animation.setPlaybackRate', { playbackRate: 0.01 });
    await page.keyboard.press('Escape');
    await expect(page.locator('dialog[data-leaving]')).toHaveCount(1);
    for (const key of ['ArrowRight', 'Delete', 'f', 'Enter']) await page.keyboard.press(key);
    await expect(page.locator('dialog[data-leaving]')).toHaveAccessibleDescription(/fox/);
    await session.send('Animation.setPlaybackRate', { playbackRate: 1 });
    await session.detach();
    await page.evaluate(() => {
      for (const animation of document.getAnimations()) animation.finish();
    });
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(tile).toBeFocused();
    await expect(tiles).toHaveCount(3);
    await expect(tile.getByRole('button', { name: 'Favourite' })).toHaveAttribute('aria-pressed', 'false');
  });

  await test.step('it zooms to 100% and pans by keys, wheel and double click', async () => {
    await openMiddlePicture(page);
    // The opening animation runs first.
    await untilStill(page);
    const stage = await fullImage(page).boundingBox();
    if (!stage) throw new Error('The picture is not visible.');
    const left = async () => (await fullImage(page).boundingBox())?.x ?? Number.NaN;
    const width = async () => Math.round((await fullImage(page).boundingBox())?.width ?? 0);
    const whole = await width();
    await page.keyboard.press('1');
    await expect(zoomStatus(page)).toHaveText('100%');
    const natural = await fullImage(page).evaluate((image: HTMLImageElement) => image.naturalWidth);
    await expect.poll(width).toBe(natural);

    for (let press = 0; press < 12; press += 1) await page.keyboard.press('+');
    await expect(zoomStatus(page)).toHaveText('800%');
    const before = await left();
    await page.keyboard.press('ArrowRight');
    await expect.poll(left).toBeLessThan(before);
    await expect(lightbox(page)).toHaveAccessibleDescription(/fox/);
    await page.mouse.move(stage.x + 300, stage.y + 200);
    await page.mouse.down();
    await untilStill(page);
    const held = await left();
    await page.mouse.move(stage.x + 360, stage.y + 200, { steps: 3 });
    await page.mouse.up();
    await expect.poll(async () => (await left()) - held).toBeCloseTo(60, 0);
    await page.keyboard.press('0');
    await expect.poll(width).toBe(whole);

    await page.mouse.dblclick(stage.x + 200, stage.y + 150);
    await expect(zoomStatus(page)).toHaveText('100%');
    await page.mouse.dblclick(stage.x + 200, stage.y + 150);
    await expect.poll(width).toBe(whole);
    await page.mouse.wheel(0, -300);
    await expect.poll(width).toBeGreaterThan(whole);
    // The next picture starts fitted to the window.
    await action(page, 'Next picture').click();
    await expect(action(page, 'Zoom out (-)')).toBeDisabled();
    await close(page);
  });

  await test.step('it has no accessibility violations in both themes', async () => {
    await openMiddlePicture(page);
    await expect(lightbox(page).getByRole('complementary')).toContainText('Took');
    for (const theme of ['light', 'dark'] as const) {
      await electron.evaluate(({ nativeTheme }, source) => {
        nativeTheme.themeSource = source;
      }, theme);
      await expect
        .poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
        .toBe(theme === 'dark');
      expect(await accessibilityProblems(page, 'dialog'), theme).toEqual([]);
    }
    await close(page);
  });

  await test.step('it copies the picture in full size', async () => {
    const { id } = await openMiddlePicture(page);
    const [row] = rows(`SELECT width, height FROM user_images WHERE id = '${id}'`);
    await action(page, 'Copy picture').click();
    await expect(page.getByText('Picture copied')).toBeVisible();
    // The promise is wrapped in an object so that it is not awaited before the keys are pressed.
    const pasting = await page.evaluateHandle(() => ({
      file: new Promise<File | undefined>((resolve) =>
        addEventListener('paste', ({ clipboardData }) => resolve(clipboardData?.files[0]), { once: true }),
      ),
    }));
    await page.keyboard.press('Control+v');
    const pasted = await pasting.evaluate(async ({ file }) => {
      const { width, height } = await createImageBitmap((await file) ?? new Blob());
      return { width, height };
    });
    expect(pasted).toEqual({ width: row?.['width'], height: row?.['height'] });
    await close(page);
  });

  await test.step('dragging out of the window starts a system drag with the file', async () => {
    const { id } = await openMiddlePicture(page);
    // A real system drag would end only when a real pointer is released.
    await electron.evaluate(({ webContents }) => {
      const [contents] = webContents.getAllWebContents();
      if (!contents) throw new Error('The app has no window.');
      contents.startDrag = ({ files, icon }) => {
        const size = typeof icon === 'string' ? null : icon.getSize();
        process.env['DRAGGED'] = JSON.stringify({ files, size });
      };
    });
    const box = await fullImage(page).boundingBox();
    if (!box) throw new Error('The picture is not visible.');
    await page.mouse.move(box.x + 100, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 40, box.y + 100, { steps: 3 });
    await page.mouse.move(0, box.y + 100, { steps: 3 });
    await page.mouse.up();
    const [row] = rows(`SELECT file FROM user_images WHERE id = '${id}'`);
    await expect
      .poll(() => electron.evaluate(() => JSON.parse(process.env['DRAGGED'] ?? '{}').files))
      .toEqual([expect.stringMatching(/\/copies\/[^/]+\/\d{4}-\d\d-\d\d [^/]+\.\w+$/)]);
    const [copy] = await electron.evaluate(() => JSON.parse(process.env['DRAGGED'] ?? '{}').files);
    const extension = path.extname(String(row?.['file']));
    expect(path.extname(copy)).toBe(extension);
    expect(copy.startsWith(dataFolder)).toBe(true);
    expect(readFileSync(copy).includes('afterimage:recipe')).toBe(true);
    const size = await electron.evaluate(() => JSON.parse(process.env['DRAGGED'] ?? '{}').size);
    expect(Math.max(size.width, size.height)).toBeGreaterThan(40);
    await close(page);
  });

  await test.step('it leads to the message in the chat and puts the prompt into the composer', async () => {
    const { tile, id } = await openMiddlePicture(page);
    await chooseAction(lightbox(page), 'Show in chat');
    await expect(page.locator(`[data-message-id="${id}"]`)).toBeInViewport({ ratio: 0.5 });
    await openFilledGallery(page);
    await tile.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Use seed' }).click();
    await expect(page.getByRole('button', { name: /^Options.*seed \d+/i })).toBeVisible();
    await openFilledGallery(page);
    await tile.click();
    await chooseAction(lightbox(page), 'Reuse prompt');
    await expect(page.getByRole('button', { name: /^Options.*seed/i })).toHaveCount(0);
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue(/a red fox at dawn/);
  });

  await test.step('it marks a favourite, and goes on to the next picture after one is deleted, and back by undo', async () => {
    const { tiles } = await openMiddlePicture(page);
    await page.keyboard.press('f');
    await expect(action(page, 'Favourite')).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.press('Delete');
    await expect(tiles).toHaveCount(2);
    await expect(lightbox(page)).toHaveAccessibleDescription(/whale/);
    await lightbox(page).getByRole('button', { name: 'Undo' }).click();
    await expect(tiles).toHaveCount(3);
    await expect(lightbox(page)).toHaveAccessibleDescription(/fox/);
    // The last one goes to the one before it.
    await page.keyboard.press('ArrowRight');
    await expect(lightbox(page)).toHaveAccessibleDescription(/whale/);
    await action(page, 'Delete').click();
    await expect(lightbox(page)).toHaveAccessibleDescription(/fox/);
    await expect(action(page, 'Next picture')).toHaveCount(0);
    await page.keyboard.press('Control+z');
    await expect(lightbox(page)).toHaveAccessibleDescription(/whale/);
    await close(page);
  });

  await test.step('the keyboard shows the name of what it has focused', async () => {
    await openMiddlePicture(page);
    const tooltip = page.locator('[popover][data-text]');
    await action(page, 'Favourite').focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await expect(tooltip).toHaveAttribute('data-text', 'Favourite (F)');
    await expect(tooltip).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(tooltip).toHaveAttribute('data-text', /Mark what should change/);
    await action(page, 'Save').click({ trial: true });
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  await test.step('it links to the picture that it was made from', async () => {
    const { id } = await openMiddlePicture(page);
    const [parent] = rows(`SELECT id FROM user_images WHERE prompt LIKE '%whale%'`);
    write(`UPDATE messages SET parent_id = '${parent?.['id']}' WHERE id = '${id}'`);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    await lightbox(page).getByRole('button', { name: 'a whale under the moon' }).click();
    await expect(lightbox(page)).toHaveAccessibleDescription(/whale/);
    await close(page);
  });

  await test.step('the recipe can be hidden', async () => {
    const { id } = await openMiddlePicture(page);
    const recipe = lightbox(page).getByRole('complementary', { name: 'Recipe' });
    const [row] = rows(`SELECT params ->> 'seed' AS seed, width, height FROM user_images WHERE id = '${id}'`);
    await expect(recipe).toContainText('a red fox at dawn');
    await expect(recipe).toContainText(`Seed${row?.['seed']}`);
    await expect(recipe).toContainText(`${row?.['width']} × ${row?.['height']} px`);
    await expect(recipe).toContainText('Offline sketch');
    await expect(recipe).toContainText('Costfree');
    await expect(recipe).toContainText(/Took[\d.]+\ss/);
    await page.keyboard.press('i');
    await expect(recipe).toHaveCount(0);
  });

  await first.quit();
  const { page: again } = await start();

  await test.step('the recipe stays hidden after a restart', async () => {
    const tiles = await openFilledGallery(again);
    await tiles.first().click();
    await expect(fullImage(again)).toHaveAttribute('data-full', 'true');
    await action(again, 'Show the recipe (i)').click();
    await expect(lightbox(again).getByRole('complementary')).toBeVisible();
    await close(again);
  });

  await test.step('it opens from a picture of the chat by a click and by the keyboard, with its neighbours', async () => {
    await again.getByRole('link', { name: 'Chat' }).click();
    await pictures(again).first().click();
    await expect(again.getByRole('dialog', { name: 'Picture', exact: true })).toBeVisible();
    await expect(lightbox(again)).toHaveAccessibleDescription(/whale/);
    await expect(action(again, 'Previous picture')).toHaveCount(0);
    await again.keyboard.press('ArrowRight');
    await expect(lightbox(again)).toHaveAccessibleDescription(/fox/);
    await again.keyboard.press('ArrowRight');
    await expect(lightbox(again)).toHaveAccessibleDescription(/lighthouse/);
    await expect(action(again, 'Next picture')).toHaveCount(0);
    await again.keyboard.press('Escape');
    await expect(again.getByRole('dialog')).toHaveCount(0);

    await again.getByRole('button', { name: 'More actions' }).first().focus();
    await again.keyboard.press('Enter');
    await expect(again.getByRole('menuitem', { name: 'Open' })).toBeFocused();
    await again.keyboard.press('Enter');
    await expect(lightbox(again)).toHaveAccessibleDescription(/whale/);
    await action(again, 'Delete').click();
    await expect(pictures(again).first()).toContainText('This picture is in Trash');
    await expect(lightbox(again)).toHaveAccessibleDescription(/fox/);
    await expect(action(again, 'Previous picture')).toHaveCount(0);
    for (const next of [/lighthouse/, null]) {
      await action(again, 'Delete').click();
      if (next) await expect(lightbox(again)).toHaveAccessibleDescription(next);
    }
    // None is left: the chat is there again.
    await expect(again.getByRole('dialog')).toHaveCount(0);
    // The chat shows what comes back, so nothing opens over it.
    await expect(again.getByText('This picture is in Trash')).toHaveCount(3);
    await again.keyboard.press('Control+z');
    await expect(again.getByText('This picture is in Trash')).toHaveCount(2);
    await expect(again.getByRole('dialog')).toHaveCount(0);
  });
});
