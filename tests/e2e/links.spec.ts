// Links, files and menus: second instances, deep links, and what leads into the running app or into one that starts.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot, startSecondInstance } from '../harness/launch';
import { samplePicture } from '../servers/sample-picture';
import { expect, expectFullPicture, pictures, redFox, sendMessage, test } from './fixture';

const unknownId = '01930000-0000-7000-8000-0000000000ab';

test('links, files and menus lead into the running app, and links into one that starts', async ({
  start,
  startWithPictures,
  dataFolder,
  rows,
}) => {
  test.slow();
  const first = await startWithPictures(redFox);
  const { page, electron } = first;
  await expectFullPicture(pictures(page));
  const [row] = rows("SELECT id, conversation_id FROM messages WHERE kind = 'image'");
  const noticesInPage = page.getByRole('status', { name: 'Notices' });

  await test.step('crash reports and logs are kept in the data folder, and nothing is uploaded', async () => {
    const state = await electron.evaluate(({ app, crashReporter }) => ({
      folder: app.getPath('crashDumps'),
      isSent: crashReporter.getUploadToServer(),
    }));
    expect(state).toEqual({ folder: path.join(dataFolder, 'crashes'), isSent: false });
    await page.getByRole('link', { name: 'Diagnostics' }).click();
    await expect(page.getByRole('button', { name: 'Open the logs folder' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Open the crash reports folder' })).toBeVisible();
    await page.getByRole('link', { name: 'Chat' }).click();
  });

  await test.step('text has the system’s context menu, and a picture the page’s own one', async () => {
    await electron.evaluate(({ Menu }) => {
      const menus: string[][] = [];
      Object.assign(globalThis, { menus });
      // Playwright cannot read native menus.
      Menu.prototype.popup = function popup() {
        menus.push(this.items.map((item) => item.role ?? item.label));
      };
    });
    const menus = () => electron.evaluate(() => Reflect.get(globalThis, 'menus'));
    await page.getByRole('textbox', { name: 'Message' }).click({ button: 'right' });
    await expect.poll(menus).toHaveLength(1);
    await pictures(page).click({ button: 'right' });
    const menu = page.getByRole('menu', { name: 'Picture' });
    await expect(menu.getByRole('menuitem', { name: 'Open' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(menu).toHaveCount(0);
    expect(await menus()).toEqual([['cut', 'copy', 'paste', '', 'selectall']]);
  });

  await test.step('a link of a second instance opens in the first one, which comes to the front', async () => {
    await page.getByRole('button', { name: 'New chat' }).click();
    await page.getByRole('link', { name: 'Settings' }).click();
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
    expect(await startSecondInstance(dataFolder, [`afterimage://picture/${row?.['id']}`])).toBe(0);
    await expect(page.locator(`[data-message-id="${row?.['id']}"]`)).toBeInViewport();
    const visibility = () =>
      electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => window.isVisible()),
      );
    await expect.poll(visibility).toEqual([true]);

    await page.getByRole('link', { name: 'Gallery' }).click();
    expect(
      await startSecondInstance(dataFolder, [`afterimage://conversation/${row?.['conversation_id']}`]),
    ).toBe(0);
    await expect(pictures(page)).toBeVisible();

    // The notice may be gone when the second instance has ended.
    const [, code] = await Promise.all([
      expect(noticesInPage).toContainText('no longer exists'),
      startSecondInstance(dataFolder, [`afterimage://conversation/${unknownId}`]),
    ]);
    expect(code).toBe(0);
    await expect(pictures(page)).toBeVisible();
  });

  await test.step('pictures that a second instance is given are imported', async () => {
    const file = test.info().outputPath('imported.png');
    await writeFile(file, await samplePicture('1:1'));
    expect(await startSecondInstance(dataFolder, [file])).toBe(0);
    await page.getByRole('link', { name: 'Gallery' }).click();
    await expect(page.locator('[data-image-id]')).toHaveCount(2);
  });

  await test.step('fifty invalid links are ignored', async () => {
    // A page that starts again has no notice.
    await page.reload();
    await expect(page.locator('[data-image-id]')).toHaveCount(2);
    await expect(noticesInPage).toBeEmpty();
    const before = { rows: rows('SELECT * FROM messages'), address: page.url() };
    const invalidLinks = Array.from({ length: 50 }, (_, index) => invalidLink(index));
    // The system passes links to a second instance, and on macOS to the running one.
    expect(await startSecondInstance(dataFolder, invalidLinks)).toBe(0);
    await electron.evaluate(({ app }, links) => {
      for (const link of links) {
        app.emit('open-url', { preventDefault: () => {} }, link);
        app.emit('second-instance', {}, [], '', { args: [link], workingFolder: '/' });
      }
      for (const data of [null, 7, 'x', [], {}, { args: 7 }, { args: [{}], workingFolder: null }]) {
        app.emit('second-instance', {}, [], '', data);
      }
    }, invalidLinks);
    // The effect of this link shows that all of those before it were handled.
    await electron.evaluate(
      ({ app }, link) => app.emit('open-url', { preventDefault: () => {} }, link),
      `afterimage://picture/${unknownId}`,
    );
    await expect(noticesInPage.getByText('no longer exists')).toHaveCount(1);
    expect({ rows: rows('SELECT * FROM messages'), address: page.url() }).toEqual(before);
  });

  await test.step('the app menu opens views', async () => {
    const choose = (id: string) =>
      electron.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id);
    await choose('settings');
    await expect(page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible();
    await choose('gallery');
    await expect(page.getByRole('heading', { name: 'Gallery' })).toBeVisible();
    await choose('new-chat');
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
    await choose('about');
    await expect(page.getByRole('dialog', { name: 'About Afterimage' })).toContainText('Version');
    await page.keyboard.press('Escape');
  });

  await sendMessage(page, 'hello');
  await expect(page.locator('article[data-role="assistant"][data-status="ready"]')).toBeVisible();
  await first.kill();
  // The first argument is the app's folder.
  const second = await start({ args: [projectRoot, `afterimage://picture/${row?.['id']}`] });

  await test.step('a link that a start is given opens', async () => {
    await expect(second.page.locator(`[data-message-id="${row?.['id']}"]`)).toBeInViewport();
  });

  await test.step('a picture opens without its deleted conversation', async () => {
    await second.page.evaluate(
      (conversationId) => window.afterimage.request('conversations:delete', { conversationId }),
      String(row?.['conversation_id']),
    );
    expect(await startSecondInstance(dataFolder, [`afterimage://picture/${row?.['id']}`])).toBe(0);
    await expect(
      second.page.getByRole('dialog', { name: 'Picture', description: 'a red fox at dawn' }),
    ).toBeVisible();
  });
});

/** Returns one of fifty fixed links. */
function invalidLink(index: number): string {
  const hosts = [
    'app',
    'image',
    'conversation',
    'picture',
    'settings',
    'CONVERSATION',
    '..',
    '%2e%2e',
    '',
    'a b',
  ];
  const rests = [
    'index.html',
    `${unknownId}/full`,
    '../../etc/passwd',
    `${unknownId}?x=<script>`,
    "'; DROP TABLE messages; --",
  ];
  return `afterimage://${hosts[index % hosts.length]}/${rests[Math.floor(index / hosts.length)]}`;
}
