// Windows from 640 px to 4K and with a larger zoom: everything can be reached, and a narrow one has its own sidebar.
import { settingsSections } from '../../renderer/state/settings/settings-sections';
import type { Running } from '../harness/launch';
import { misplacedControls } from '../harness/misplaced-controls';
import { expect, expectFullPicture, pictures, sendMessage, showAddress, test } from './fixture';

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

test('everything can be reached in every window, and a narrow one has its own sidebar', async ({ start }) => {
  test.slow();
  const running = await start();
  const { page } = running;

  await test.step('in a narrow window the sidebar opens over the view, keeps the focus, and closes for a choice', async () => {
    await resize(running, { width: 640, height: 480, zoom: 1 });
    // Each view is a click away, and so is the list of conversations.
    for (const name of ['Chat', 'Gallery', 'Settings', 'Diagnostics']) {
      await expect(page.getByRole('link', { name })).toBeInViewport();
    }
    await page.getByRole('button', { name: 'Open the sidebar' }).click();
    const sidebar = page.getByRole('complementary');
    await expect(sidebar.getByText('No chats yet')).toBeVisible();
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab');
      expect(
        await sidebar.evaluate(
          (aside) => document.activeElement === document.body || aside.contains(document.activeElement),
        ),
      ).toBe(true);
    }
    await page.keyboard.press('Escape');
    await expect(sidebar.getByText('No chats yet')).toHaveCount(0);
    await page.keyboard.press('Control+b');
    await sidebar.getByRole('link', { name: 'Gallery' }).click();
    await expect(page.getByRole('main', { name: 'Gallery' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Open the sidebar' })).toBeVisible();
    // The rail leads to the search and to the chats, whatever the view is, and the focus comes back.
    await page.getByRole('button', { name: 'Search and commands' }).click();
    await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
    await page.keyboard.press('Escape');
    const chats = page.getByRole('button', { name: 'Chats', exact: true });
    await chats.click();
    await expect(sidebar.getByText('No chats yet')).toBeVisible();
    await page.mouse.click(600, 300);
    await expect(chats).toBeFocused();
    await expect(page.getByRole('main', { name: 'Gallery' })).toBeVisible();
    // Wide again, the sidebar is as it was.
    await resize(running, { width: 1280, height: 800, zoom: 1 });
    await expect(page.getByRole('button', { name: 'Close the sidebar' })).toBeVisible();
  });

  await test.step('the list of chats opens over the view, and closes by Escape from anywhere and by a choice', async () => {
    await showAddress(page, 'chat', 'Chat');
    await sendMessage(page, 'two boats on a lake');
    await expectFullPicture(pictures(page));
    // A picture grows with its column.
    await resize(running, { width: 1920, height: 1080, zoom: 1 });
    await expect.poll(async () => (await pictures(page).boundingBox())?.width).toBe(768);
    for (const width of [640, 1280]) {
      await resize(running, { width, height: 800, zoom: 1 });
      if (width === 1280) await page.keyboard.press('Control+b');
      await showAddress(page, 'gallery', 'Gallery');
      const chats = page.getByRole('button', { name: 'Chats', exact: true });
      const field = page.getByRole('searchbox', { name: 'Search chats' });
      await chats.click();
      await expect(field).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(chats).toBeFocused();
      await chats.click();
      await page.evaluate(
        () => document.activeElement instanceof HTMLElement && document.activeElement.blur(),
      );
      await page.keyboard.press('Escape');
      await expect(chats).toBeFocused();
      await chats.click();
      // The search has an Escape of its own before.
      await field.fill('boats');
      await page.keyboard.press('Escape');
      await expect(field).toHaveValue('');
      await field.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('main', { name: 'Chat' })).toBeVisible();
      await expect(field).toHaveCount(0);
    }
    await page.keyboard.press('Control+b');
    await page.getByRole('button', { name: 'New chat' }).click();
  });

  await test.step('every control is in the window and not cut off, from 640 px to 4K and at 200 % zoom', async () => {
    await showAddress(page, 'chat', 'Chat');
    // A moving element is not yet in its final place.
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
      await showAddress(page, 'chat', 'Chat');
      await check('chat');
      await page.getByRole('button', { name: 'Shape' }).click();
      await check('shapes');
      await page.keyboard.press('Escape');
      await page.getByTestId('not-drawn').getByRole('button', { name: 'Connect a model' }).click();
      const sheet = page.getByRole('dialog', { name: 'Connect a model' });
      await expect(sheet).toBeVisible();
      await check('services');
      await sheet.getByRole('combobox').fill('litellm');
      await page.keyboard.press('Enter');
      await expect(sheet.getByRole('textbox', { name: 'Address' })).toBeVisible();
      await check('connect');
      await sheet.getByRole('button', { name: 'Close' }).click();

      await showAddress(page, 'gallery', 'Gallery');
      const tile = page.getByRole('grid', { name: 'Gallery' }).locator('[data-image-id]').first();
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
      await expect(lightbox.locator('img[data-full="true"]')).toBeVisible();
      for (let panel = 0; panel < 2; panel += 1) {
        await check(`picture, ${(await recipe.isVisible()) ? 'with' : 'without'} its recipe`);
        await page.keyboard.press('i');
      }
      await lightbox.getByRole('button', { name: 'Close', exact: true }).click();
      await expect(lightbox).toHaveCount(0);

      for (const { id } of settingsSections) {
        await showAddress(page, `settings/${id}`, 'Settings');
        await check(id);
      }
      await page.getByRole('button', { name: 'About Afterimage' }).click();
      await expect(page.getByRole('dialog', { name: 'About Afterimage' })).toBeVisible();
      await check('about Afterimage');
      await page.keyboard.press('Escape');
      await showAddress(page, 'trash', 'Trash');
      await check('trash');
      await showAddress(page, 'diagnostics', 'Diagnostics');
      await expect(page.getByText('Versions and processes')).toBeVisible();
      await check('diagnostics');
      await page.keyboard.press('Control+b');
      await check('the sidebar the other way');
      await page.keyboard.press('Control+b');
    }
    expect(faults).toEqual([]);
  });
});

test('in German at 200 % zoom nothing is cut off, and the composer covers nothing of the start', async ({
  start,
}) => {
  const running = await start({ env: { AFTERIMAGE_LANGUAGE: 'de' } });
  const { page } = running;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const field = page.getByRole('textbox', { name: 'Nachricht' });
  const connect = page.getByRole('main').getByRole('button', { name: 'Modell verbinden' });
  await field.fill('eine lange Beschreibung\n'.repeat(14));
  const zoomed = { width: 1280, height: 960, zoom: 2 };
  for (const size of [
    { width: 640, height: 600, zoom: 1 },
    { width: 900, height: 800, zoom: 1 },
    { width: 1280, height: 720, zoom: 1 },
    zoomed,
  ]) {
    await resize(running, size);
    // Also where it has to be scrolled to, it is above the composer once it has the focus.
    await connect.focus();
    const composer = page.locator('form', { has: field });
    await expect
      .poll(async () => {
        const [button, form] = [await connect.boundingBox(), await composer.boundingBox()];
        return button && form && button.y + button.height <= form.y;
      })
      .toBe(true);
  }
  await field.fill('ein Leuchtturm');
  await field.press('Enter');
  await expectFullPicture(page.getByTestId('picture'));
  const faults: string[] = [];
  const check = async (where: string) => {
    faults.push(...(await misplacedControls(page)).map((fault) => `${where}: ${fault}`));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overflow > 0) faults.push(`${where}: the page is ${overflow} px too wide`);
  };
  await check('chat');
  await showAddress(page, 'gallery', 'Galerie');
  const tile = page.locator('[data-image-id]');
  await expect(tile).toBeVisible();
  await check('gallery');
  await tile.press('x');
  await check('selection');
  await page.keyboard.press('Escape');
  await tile.click();
  await expect(page.getByRole('dialog', { name: 'Bild', exact: true })).toBeVisible();
  await check('picture');
  await page.keyboard.press('i');
  await check('picture, the panel the other way');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await resize(running, { width: 640, height: 600, zoom: 1 });
  await tile.click();
  const actions = page.getByRole('dialog', { name: 'Bild', exact: true }).getByRole('button');
  await expect(actions.filter({ hasText: 'Speichern' })).toBeVisible();
  await check('picture at 640 px');
  await actions.filter({ hasText: 'Löschen' }).click();
  await showAddress(page, 'trash', 'Papierkorb');
  await expect(page.locator('[data-trash-id]').getByText('Wiederherstellen')).toBeVisible();
  await check('trash');
  await page.keyboard.press('Control+z');
  await resize(running, zoomed);
  for (const { id } of settingsSections) {
    await showAddress(page, `settings/${id}`, 'Einstellungen');
    await check(id);
  }
  expect(faults).toEqual([]);
});
