// Several windows: each with a chat or the gallery of its own, over one database.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { RequestInput } from '../../shared/contract';
import { startSecondInstance } from '../harness/launch';
import { expect, pictures, redFox, sendMessage, test } from './fixture';

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const row = (page: Page, title: string) =>
  page.getByRole('navigation', { name: 'Chats' }).getByRole('button', { name: title, exact: true });
const windowCount = (electron: ElectronApplication) =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

/** Returns the page that an action opens. */
async function newPage(electron: ElectronApplication, act: () => Promise<unknown>): Promise<Page> {
  const [page] = await Promise.all([electron.waitForEvent('window'), act()]);
  await page.waitForLoadState();
  return page;
}

/** Whether the window of a page was the last one to be brought to the front. Xvfb has no window manager. */
async function watchFronts(electron: ElectronApplication): Promise<() => Promise<string[]>> {
  await electron.evaluate(({ BrowserWindow }) => {
    const fronts: string[] = [];
    Object.assign(globalThis, { fronts });
    const { show } = BrowserWindow.prototype;
    BrowserWindow.prototype.show = function shown() {
      fronts.push(this.getTitle());
      show.call(this);
    };
  });
  return () => electron.evaluate(() => Reflect.get(globalThis, 'fronts').splice(0));
}

test('opens chats and the gallery in windows of their own, and restores them after a kill', async ({
  start,
  startWithPictures,
  dataFolder,
}) => {
  const first = await startWithPictures(redFox);
  const { page, electron } = first;
  await expect(pictures(page)).toHaveAttribute('data-visible', 'full');
  await page.getByRole('button', { name: 'New chat' }).click();
  await sendMessage(page, 'a blue boat');
  await expect(pictures(page)).toHaveAttribute('data-visible', 'full');
  const fronts = await watchFronts(electron);

  // The context menu of a chat that is not open here.
  await row(page, 'a red fox at dawn').click({ button: 'right' });
  const fox = await newPage(electron, () =>
    page.getByRole('menuitem', { name: 'Open in a new window' }).click(),
  );
  await expect(pictures(fox)).toHaveAttribute('data-visible', 'full');
  await expect(fox).toHaveTitle('a red fox at dawn – Afterimage');
  await expect(composer(page)).toBeVisible();

  await test.step('a draft is one truth', async () => {
    await composer(fox).fill('now with snow');
    await expect(page.locator('[data-conversation-id]').getByText('Draft', { exact: true })).toHaveCount(1);
    await expect(page.getByRole('img', { name: 'Open in another window' })).toHaveCount(1);
    // Its chat has a window: that one comes to the front, and this one stays as it is.
    await fronts();
    await row(page, 'a red fox at dawn').click();
    await expect.poll(fronts).toEqual(['a red fox at dawn – Afterimage']);
    await expect(page).toHaveTitle('a blue boat – Afterimage');
    await expect(composer(fox)).toHaveValue('now with snow');
  });

  await test.step('a chat that is open here moves to its window with its draft', async () => {
    await composer(page).fill('at night');
    const boat = await newPage(electron, () => row(page, 'a blue boat').click({ modifiers: ['Control'] }));
    await expect(composer(boat)).toHaveValue('at night');
    await expect(composer(page)).toHaveValue('');
    await expect(page).toHaveTitle('Afterimage');
    // After its window has closed, the chat is free, and its draft is what was written there.
    await composer(boat).fill('at night, with stars');
    // Unlike page.close(), this lets the page save what was just typed.
    await electron.evaluate(({ BrowserWindow }) => {
      const windows = BrowserWindow.getAllWindows();
      windows.find((each) => each.getTitle().startsWith('a blue boat'))?.close();
    });
    await expect(page.getByRole('img', { name: 'Open in another window' })).toHaveCount(1);
    await row(page, 'a blue boat').click();
    await expect(composer(page)).toHaveValue('at night, with stars');
  });

  const gallery = await test.step('the gallery in its window shows what another window makes', async () => {
    const opened = await newPage(electron, () =>
      page.getByRole('link', { name: 'Gallery' }).click({ button: 'middle' }),
    );
    await expect(opened.getByRole('grid', { name: 'Gallery' }).locator('[data-image-id]')).toHaveCount(2);
    await composer(page).press('Enter');
    await expect(opened.locator('[data-image-id]')).toHaveCount(3);
    return opened;
  });

  await test.step('settings apply to every window, and a renamed chat has its name in all', async () => {
    await page.evaluate(() => Reflect.get(window, 'afterimage').request('settings:set', { theme: 'dark' }));
    await expect
      .poll(() => fox.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
      .toBe(true);
    await row(page, 'a red fox at dawn').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Winter fox');
    await page.keyboard.press('Enter');
    await expect(fox).toHaveTitle('Winter fox – Afterimage');
  });

  await test.step('every window is closed to navigation, windows and permissions', async () => {
    const opened = await gallery.evaluate(() => window.open('https://example.com') === null);
    expect(opened).toBe(true);
    await gallery.evaluate(() => {
      location.href = 'https://example.com/';
    });
    expect(gallery.url()).toMatch(/^afterimage:\/\/app\/index.html/);
    expect(await gallery.evaluate(() => Notification.permission)).toBe('denied');
  });

  await test.step('a link and a second start lead to the window that has the chat', async () => {
    const id = await page
      .locator('[data-conversation-id]')
      .filter({ hasText: 'Winter fox' })
      .getAttribute('data-conversation-id');
    await fronts();
    expect(await startSecondInstance(dataFolder, [`afterimage://conversation/${id}`])).toBe(0);
    await expect.poll(fronts).toContain('Winter fox – Afterimage');
  });

  await test.step('a crash of one window reloads that one, and offers it if it repeats', async () => {
    await electron.evaluate(({ dialog }) => {
      const offers: unknown[] = [];
      Object.assign(globalThis, { offers });
      dialog.showMessageBox = async (...given: unknown[]) => {
        offers.push(Reflect.get(Object(given.at(-1)), 'message'));
        return { response: 0, checkboxChecked: false };
      };
    });
    const crash = () =>
      electron.evaluate(({ BrowserWindow }) => {
        const window = BrowserWindow.getAllWindows().find((each) => each.getTitle().startsWith('Winter'));
        window?.webContents.forcefullyCrashRenderer();
      });
    const titles = () =>
      electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.getTitle()));
    await crash();
    await expect.poll(() => Promise.resolve(first.output())).toContain('The renderer process ended');
    await expect.poll(titles).toContain('Winter fox – Afterimage');
    await expect(composer(page)).toBeVisible();
    // A crash of a page that is not there yet is none: it is there once its script has run, and answers.
    const isUp = () =>
      electron.evaluate(async ({ BrowserWindow }) => {
        const answers = BrowserWindow.getAllWindows().map(({ webContents }) => {
          if (webContents.isCrashed() || webContents.isLoading()) return false;
          const shows = webContents.executeJavaScript("document.querySelector('textarea') !== null");
          // One that does not answer is asked again.
          const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 1000));
          return Promise.race([shows.catch(() => false), late]);
        });
        return (await Promise.all(answers)).every(Boolean);
      });
    await expect.poll(isUp).toBe(true);
    await crash();
    await expect
      .poll(() => electron.evaluate(() => Reflect.get(globalThis, 'offers')))
      .toEqual(['This window stopped working.']);
    await expect.poll(titles).toContain('Winter fox – Afterimage');
    expect(await windowCount(electron)).toBe(3);
  });

  await test.step('ten windows are the limit', async () => {
    const open = (place: RequestInput<'windows:open'>['place']) =>
      page.evaluate(
        (wanted) => Reflect.get(window, 'afterimage').request('windows:open', { place: wanted }),
        place,
      );
    const ids = () =>
      electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ id }) => id));
    const before = await ids();
    const replies = await Promise.all(Array.from({ length: 10 }, () => open({ kind: 'new-chat' })));
    expect(replies.filter(({ ok }) => ok)).toHaveLength(7);
    expect(replies.at(-1)).toMatchObject({ ok: false, code: 'too_many_windows' });
    expect(await windowCount(electron)).toBe(10);
    const gone = { kind: 'chat' as const, conversationId: '01930000-0000-7000-8000-0000000000ab' };
    expect(await open(gone)).toMatchObject({ ok: false, code: 'not_found' });
    await electron.evaluate(({ BrowserWindow }, kept) => {
      for (const window of BrowserWindow.getAllWindows()) if (!kept.includes(window.id)) window.close();
    }, before);
    await expect.poll(ids).toEqual(before);
  });

  const kept = async () => JSON.parse(await readFile(path.join(dataFolder, 'window.json'), 'utf8'));
  await expect.poll(kept).toMatchObject({ others: [{}, { place: { view: 'gallery' } }] });
  await first.kill();

  const second = await start();
  await expect.poll(() => windowCount(second.electron)).toBe(3);
  await expect
    .poll(() => Promise.all(second.electron.windows().map((each) => each.title())))
    .toEqual(['a blue boat – Afterimage', 'Winter fox – Afterimage', 'Gallery – Afterimage']);
  const [main, again] = second.electron.windows();
  if (!main || !again) throw new Error('The windows did not come back.');
  await expect(composer(again)).toHaveValue('now with snow');

  await test.step('a chat that another window deletes is left, and says so', async () => {
    await row(main, 'Winter fox').click({ button: 'right' });
    await main.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(again.getByText('moved to Trash in another window')).toBeVisible();
    await expect(again).toHaveTitle('Afterimage');
    await expect(row(again, 'Winter fox')).toHaveCount(0);
    // Undo belongs to the window that has deleted it.
    await main.getByRole('button', { name: 'Undo' }).click();
    await expect(main).toHaveTitle('Winter fox – Afterimage');
    await expect(composer(main)).toHaveValue('now with snow');
  });
  await second.quit();
  expect(await kept()).toMatchObject({ others: [{}, { place: { view: 'gallery' } }] });
});
