// A full disk: the message stays in the composer, and a banner explains why until there is room.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fillDisk, mountSmallDisk, unmountSmallDisk } from '../faults/full-disk';
import { expect, expectFullPicture, googleEnvironment, pictures, sendMessage, test } from './fixture';

test('a full disk loses neither a typed message nor a paid picture, and the app quits once there is room', async ({
  dataFolder,
  start,
  google,
}) => {
  const disk = path.join(dataFolder, 'disk');
  const ballast = path.join(disk, 'ballast');
  const problem = mountSmallDisk(disk);
  // biome-ignore lint/suspicious/noSkippedTests: only root may mount; the skip message says so.
  test.skip(problem !== null, `The small disk could not be mounted: ${problem}`);
  const env = { ...googleEnvironment(google), AFTERIMAGE_DATA_DIR: disk };
  try {
    const { page, electron } = await start({ env });
    const banner = page.getByRole('region', { name: 'The disk is full' });
    const field = page.getByRole('textbox', { name: 'Message' });
    const generating = page.locator('article[data-status="generating"]');

    await test.step('a picture that arrives on a full disk waits for room without a second request', async () => {
      google.setDefault({ kind: 'hang' });
      await sendMessage(page, 'a red fox at dawn');
      await google.received(1);
      await expect(generating).toHaveCount(1);
      await expect(banner).toHaveCount(0);
      fillDisk(ballast);
      google.release();
      await expect(banner).toBeVisible();
      await expect(pictures(page)).toHaveAttribute('aria-busy', 'true');

      rmSync(ballast);
      await expectFullPicture(pictures(page));
      await expect(banner).toHaveCount(0);
      expect(google.requests).toHaveLength(1);
    });

    await test.step('a full disk keeps the typed message, shows a banner, and sends once there is room', async () => {
      google.setDefault({ kind: 'picture' });
      fillDisk(ballast);
      const text = `draw a lighthouse in a storm, ${'very '.repeat(2000)}tall`;
      await sendMessage(page, text);
      await expect(banner).toBeVisible();
      await expect(field).toHaveValue(text);
      await expect(page.locator('article')).toHaveCount(2);

      rmSync(ballast);
      await expect(banner).toHaveCount(0);
      await field.press('Enter');
      await expectFullPicture(pictures(page).nth(1));
      expect(google.requests).toHaveLength(2);
    });

    await test.step('a mask that a full disk cannot take is told, and there when the editor opens again', async () => {
      const editor = page.getByRole('dialog', { name: 'Edit picture' });
      const open = async () => {
        await pictures(page).first().click();
        await page.getByRole('dialog', { name: 'Picture', exact: true }).press('e');
        await expect(editor.locator('canvas')).toBeFocused();
      };
      await open();
      fillDisk(ballast);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect(page.getByText(/could be saved/).first()).toBeVisible();
      const marked = editor.getByLabel('Marked');
      await expect(marked).not.toHaveText('Nothing marked');
      const amount = (await marked.textContent()) ?? '';
      // The rectangle first, then the editor, then the picture.
      for (const left of [editor, editor, page.getByRole('dialog')]) {
        await page.keyboard.press('Escape');
        if (left !== editor) await expect(left).toHaveCount(0);
      }
      await open();
      await expect(marked).toHaveText(amount);
      rmSync(ballast);
      await editor.getByRole('button', { name: 'Discard' }).click();
      await expect(editor).toHaveCount(0);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(banner).toHaveCount(0);
    });

    await test.step('quitting closes the windows first and ends once a received picture is stored', async () => {
      google.setDefault({ kind: 'hang' });
      await page.getByRole('button', { name: 'New chat' }).click();
      await expect(pictures(page)).toHaveCount(0);
      await sendMessage(page, 'a blue boat at noon');
      await google.received(3);
      await expect(generating).toHaveCount(1);
      fillDisk(ballast);
      google.release();
      await expect(banner).toBeVisible();

      const ended = electron.waitForEvent('close');
      const visible = await electron.evaluate(({ app, BrowserWindow }) => {
        app.quit();
        return BrowserWindow.getAllWindows().map((window) => window.isVisible());
      });
      expect(visible).toEqual([false]);
      rmSync(ballast);
      await ended;

      const again = await start({ env });
      await expect(again.page.locator('article[data-kind="image"]')).toHaveAttribute('data-status', 'ready');
      await expectFullPicture(pictures(again.page));
      expect(google.requests).toHaveLength(3);
      await again.kill();
    });
  } finally {
    unmountSmallDisk(disk);
  }
});
