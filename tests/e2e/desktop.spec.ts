// Desktop integration: second instances, deep links, the window's state, menus, notifications, progress and logs.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { projectRoot, startSecondInstance } from '../harness/launch';
import { samplePicture } from '../servers/sample-picture';
import {
  expect,
  expectFullPicture,
  googleEnvironment,
  openSettings,
  pictures,
  redFox,
  sendMessage,
  test,
} from './fixture';

const unknownId = '01930000-0000-7000-8000-0000000000ab';

const places = {
  area: { x: 40, y: 30, width: 900, height: 650 },
  other: { x: 10, y: 60, width: 780, height: 600 },
};

const move = (electron: ElectronApplication, bounds: Electron.Rectangle) =>
  electron.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), bounds);
const placeOf = (electron: ElectronApplication) =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());

/** Records the notifications and progress bars that Electron shows outside the window. */
async function recordNativeInterface(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ Notification, BrowserWindow }) => {
    const recorded: { notices: { title: string; body: string }[]; bars: number[]; click: () => void } = {
      notices: [],
      bars: [],
      click: () => {},
    };
    Object.assign(globalThis, { recorded });
    Notification.prototype.show = function show() {
      recorded.notices.push({ title: this.title, body: this.body });
      recorded.click = () => this.emit('click');
    };
    const { setProgressBar } = BrowserWindow.prototype;
    BrowserWindow.prototype.setProgressBar = function setBar(value, options) {
      recorded.bars.push(value);
      setProgressBar.call(this, value, options);
    };
  });
}

function notices(electron: ElectronApplication): Promise<{ title: string; body: string }[]> {
  return electron.evaluate(() => Reflect.get(globalThis, 'recorded').notices);
}

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
    await expect(page.getByRole('button', { name: 'Open the folder of logs' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Open the folder of crash reports' })).toBeVisible();
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
    expect(await visibility()).toEqual([true]);

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
    await expect(noticesInPage).toContainText('no longer exists');
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

test('the window’s place and the choice about spelling survive a quit, a kill and a damaged file', async ({
  start,
  dataFolder,
}) => {
  test.slow();
  const isChecking = (electron: ElectronApplication) =>
    electron.evaluate(({ session }) => session.defaultSession.isSpellCheckerEnabled());
  const kept = async () => JSON.parse(await readFile(path.join(dataFolder, 'window.json'), 'utf8'));

  const first = await start();
  await test.step('spelling is checked only with consent', async () => {
    expect(await isChecking(first.electron)).toBe(false);
    // For each language of a session, also of one without a page, Chromium downloads a dictionary.
    const languages = await first.electron.evaluate(({ session }) =>
      [session.defaultSession, session.fromPartition('electron-updater', { cache: false })].map((each) =>
        each.getSpellCheckerLanguages(),
      ),
    );
    expect(languages).toEqual([[], []]);
    // Keeps the test offline: nothing listens at this address.
    await first.electron.evaluate(({ session }) =>
      session.defaultSession.setSpellCheckerDictionaryDownloadURL('http://127.0.0.1:9/'),
    );
    await openSettings(first.page, 'Privacy');
    await first.page.getByRole('switch', { name: 'Check spelling' }).check();
    await expect.poll(() => isChecking(first.electron)).toBe(true);
    await first.page.getByRole('switch', { name: 'Check spelling' }).uncheck();
    await expect.poll(() => isChecking(first.electron)).toBe(false);
  });
  await move(first.electron, places.area);
  await expect.poll(() => placeOf(first.electron)).toEqual(places.area);
  await first.quit();

  const second = await start();
  expect(await isChecking(second.electron)).toBe(false);
  expect(await placeOf(second.electron)).toEqual(places.area);
  await move(second.electron, places.other);
  await expect.poll(kept).toMatchObject({ bounds: places.other });
  await second.kill();

  const third = await start();
  expect(await placeOf(third.electron)).toEqual(places.other);
  await third.kill();

  await writeFile(
    path.join(dataFolder, 'window.json'),
    '{"bounds":{"x":99999,"y":-9,"width":1,"height":1e9}',
  );
  const fourth = await start();
  const found = await placeOf(fourth.electron);
  expect(found?.width).toBeGreaterThanOrEqual(640);
  const isSeen = await fourth.electron.evaluate(({ screen }, bounds) => {
    const { workArea } = screen.getPrimaryDisplay();
    return bounds.x >= workArea.x && bounds.x + bounds.width <= workArea.x + workArea.width;
  }, found ?? places.area);
  expect(isSeen).toBe(true);
});

test('tells of pictures outside the window: by notifications while it is hidden, and by progress in the taskbar', async ({
  start,
}) => {
  const { page, electron } = await start({ env: { AFTERIMAGE_PAINTER_DELAY_MS: '300' } });
  await recordNativeInterface(electron);
  await sendMessage(page, 'a red fox at dawn');
  await page.getByRole('link', { name: 'Settings' }).click();
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await expect
    .poll(() => notices(electron))
    .toEqual([{ title: 'Your picture is ready', body: 'a red fox at dawn' }]);
  await electron.evaluate(() => Reflect.get(globalThis, 'recorded').click());
  await expect(pictures(page)).toBeInViewport();
  expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(
    true,
  );

  await openSettings(page, 'Privacy');
  await page.getByRole('switch', { name: 'Show the prompt in notifications' }).uncheck();
  await page.getByRole('link', { name: 'Chat' }).click();
  await sendMessage(page, 'a blue boat at noon');
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await expect.poll(() => notices(electron)).toHaveLength(2);
  expect(JSON.stringify((await notices(electron)).slice(1))).not.toContain('boat');

  const bars: number[] = await electron.evaluate(() => Reflect.get(globalThis, 'recorded').bars);
  expect(bars.at(0)).toBeGreaterThanOrEqual(0);
  expect(bars.filter((bar) => bar === -1)).toHaveLength(2);
  expect(bars.at(-1)).toBe(-1);
});

test('logs errors without prompt and key', async ({ start, google, dataFolder }) => {
  const prompt = 'a very private fox that nobody knows of';
  const running = await start({
    env: {
      ...googleEnvironment(google),
      GEMINI_API_KEY: 'AIzaSyPrivateKey0123456789',
      // Makes the generator write to its console.
      NODE_DEBUG: 'net',
    },
  });
  await sendMessage(running.page, prompt);
  await expectFullPicture(pictures(running.page));
  await running.electron.evaluate(
    (_electron, words) =>
      console.error(new Error(`Could not ask for ${words}`), {
        prompt: words,
        apiKey: 'AIzaSyPrivateKey0123456789',
      }),
    prompt,
  );
  const log = () => readFile(path.join(dataFolder, 'logs', 'afterimage.log'), 'utf8');
  await expect.poll(log).toContain('Could not ask for [prompt]');
  expect(await log()).toContain('[generator] NET ');
  await running.quit();
  expect(await log()).not.toMatch(/private|AIza/i);
  expect(running.output()).not.toMatch(/very private fox|AIza/);
});
