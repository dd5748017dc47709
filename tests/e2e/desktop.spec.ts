// A good citizen of the desktop: a second start, links, the window's place, menus, notifications, progress, the log.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { projectRoot, startSecondInstance } from '../harness/launch';
import { startConnectProxy } from '../servers/connect-proxy';
import { samplePicture } from '../servers/sample-picture';
import { expect, expectLanded, googleEnvironment, pictures, say, test } from './fixture';

const unknown = '01930000-0000-7000-8000-0000000000ab';

/** Hears of what is shown to the user outside of the window, from Electron itself. */
async function overhear(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ Notification, BrowserWindow }) => {
    const heard: { notices: { title: string; body: string }[]; bars: number[]; click: () => void } = {
      notices: [],
      bars: [],
      click: () => {},
    };
    Object.assign(globalThis, { heard });
    Notification.prototype.show = function show() {
      heard.notices.push({ title: this.title, body: this.body });
      heard.click = () => this.emit('click');
    };
    const { setProgressBar } = BrowserWindow.prototype;
    BrowserWindow.prototype.setProgressBar = function setBar(value, options) {
      heard.bars.push(value);
      setProgressBar.call(this, value, options);
    };
  });
}

function notices(electron: ElectronApplication): Promise<{ title: string; body: string }[]> {
  return electron.evaluate(() => Reflect.get(globalThis, 'heard').notices);
}

test('a second start ends, brings the first to the front, and hands its link over', async ({
  start,
  dataFolder,
  rows,
}) => {
  const { page, electron } = await start();
  await say(page, 'a red fox at dawn');
  await expectLanded(pictures(page));
  const [row] = rows("SELECT id, conversation_id FROM messages WHERE kind = 'image'");
  await page.getByRole('button', { name: 'New chat' }).click();
  await page.getByRole('link', { name: 'Settings' }).click();
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());

  expect(await startSecondInstance(dataFolder, [`afterimage://picture/${row?.['id']}`])).toBe(0);
  await expect(page.locator(`[data-message-id="${row?.['id']}"]`)).toBeInViewport();
  const shown = () =>
    electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.isVisible()),
    );
  expect(await shown()).toEqual([true]);

  await page.getByRole('link', { name: 'Gallery' }).click();
  expect(
    await startSecondInstance(dataFolder, [`afterimage://conversation/${row?.['conversation_id']}`]),
  ).toBe(0);
  await expect(pictures(page)).toBeVisible();

  expect(await startSecondInstance(dataFolder, [`afterimage://conversation/${unknown}`])).toBe(0);
  await expect(page.getByRole('status', { name: 'Notices' })).toContainText('no longer exists');
  await expect(pictures(page)).toBeVisible();
});

test('the first start takes a link too', async ({ start, rows }) => {
  const first = await start();
  await say(first.page, 'a red fox at dawn');
  await expectLanded(pictures(first.page));
  const [row] = rows("SELECT id FROM messages WHERE kind = 'image'");
  await first.page.getByRole('button', { name: 'New chat' }).click();
  await say(first.page, 'hello');
  await first.quit();

  // The app comes first, then what it is given.
  const { page } = await start({ args: [projectRoot, `afterimage://picture/${row?.['id']}`] });
  await expect(page.locator(`[data-message-id="${row?.['id']}"]`)).toBeInViewport();
});

test('a picture whose conversation is gone is shown by itself', async ({ start, dataFolder, rows }) => {
  const { page } = await start();
  await say(page, 'a red fox at dawn');
  await expectLanded(pictures(page));
  const [row] = rows('SELECT id FROM user_images');
  const [message] = rows("SELECT conversation_id FROM messages WHERE kind = 'image'");
  await page.evaluate(
    (conversationId) => window.afterimage.request('conversations:delete', { conversationId }),
    String(message?.['conversation_id']),
  );
  expect(await startSecondInstance(dataFolder, [`afterimage://picture/${row?.['id']}`])).toBe(0);
  await expect(page.getByRole('dialog', { name: 'a red fox at dawn' })).toBeVisible();
});

test('fifty links that mean nothing change nothing', async ({ start, dataFolder, rows }) => {
  const { page, electron } = await start();
  await say(page, 'a red fox at dawn');
  await expectLanded(pictures(page));
  await page.getByRole('link', { name: 'Gallery' }).click();
  const before = { rows: rows('SELECT * FROM messages'), address: page.url() };
  const nonsense = Array.from({ length: 50 }, (_, index) => nonsenseLink(index));
  // As the system hands them over: many at once to a start that ends, and one by one to the one that runs.
  expect(await startSecondInstance(dataFolder, nonsense)).toBe(0);
  await electron.evaluate(({ app }, links) => {
    for (const link of links) {
      app.emit('open-url', { preventDefault: () => {} }, link);
      app.emit('second-instance', {}, [], '', { words: [link], folder: '/' });
    }
    for (const handed of [null, 7, 'x', [], {}, { words: 7 }, { words: [{}], folder: null }]) {
      app.emit('second-instance', {}, [], '', handed);
    }
  }, nonsense);
  // One that is read after all of them, so that they have had their effect.
  await electron.evaluate(
    ({ app }, link) => app.emit('open-url', { preventDefault: () => {} }, link),
    `afterimage://picture/${unknown}`,
  );
  await expect(page.getByRole('status', { name: 'Notices' })).toContainText('no longer exists');
  await expect(page.getByRole('status', { name: 'Notices' }).getByText('no longer exists')).toHaveCount(1);
  expect({ rows: rows('SELECT * FROM messages'), address: page.url() }).toEqual(before);
});

/** Always the same fifty. */
function nonsenseLink(index: number): string {
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
    `${unknown}/full`,
    '../../etc/passwd',
    `${unknown}?x=<script>`,
    "'; DROP TABLE messages; --",
  ];
  return `afterimage://${hosts[index % hosts.length]}/${rests[Math.floor(index / hosts.length)]}`;
}

test('the window is where it was, after a proper end and after a kill', async ({ start, dataFolder }) => {
  const move = (electron: ElectronApplication, bounds: Electron.Rectangle) =>
    electron.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), bounds);
  const place = (electron: ElectronApplication) =>
    electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  const area = { x: 40, y: 30, width: 900, height: 650 };
  const other = { x: 10, y: 60, width: 780, height: 600 };
  const kept = async () => JSON.parse(await readFile(path.join(dataFolder, 'window.json'), 'utf8'));

  const first = await start();
  await move(first.electron, area);
  await expect.poll(() => place(first.electron)).toEqual(area);
  await first.quit();

  const second = await start();
  expect(await place(second.electron)).toEqual(area);
  await move(second.electron, other);
  await expect.poll(kept).toMatchObject({ bounds: other });
  await second.kill();

  const third = await start();
  expect(await place(third.electron)).toEqual(other);
  await third.quit();

  await writeFile(
    path.join(dataFolder, 'window.json'),
    '{"bounds":{"x":99999,"y":-9,"width":1,"height":1e9}',
  );
  const fourth = await start();
  const found = await place(fourth.electron);
  expect(found?.width).toBeGreaterThanOrEqual(640);
  const isSeen = await fourth.electron.evaluate(({ screen }, bounds) => {
    const { workArea } = screen.getPrimaryDisplay();
    return bounds.x >= workArea.x && bounds.x + bounds.width <= workArea.x + workArea.width;
  }, found ?? area);
  expect(isSeen).toBe(true);
});

test('a click with the right button brings the menu that fits', async ({ start }) => {
  const { page, electron } = await start();
  await say(page, 'a red fox at dawn');
  await expectLanded(pictures(page));
  await electron.evaluate(({ Menu }) => {
    const menus: string[][] = [];
    Object.assign(globalThis, { menus });
    // Shown by the system, where a test could not look at it.
    Menu.prototype.popup = function popup() {
      menus.push(this.items.map((item) => item.role ?? item.label));
    };
  });
  const menus = () => electron.evaluate(() => Reflect.get(globalThis, 'menus'));
  await page.getByRole('textbox', { name: 'Message' }).click({ button: 'right' });
  await expect.poll(menus).toHaveLength(1);
  await pictures(page).click({ button: 'right' });
  await expect.poll(menus).toHaveLength(2);
  expect(await menus()).toEqual([
    ['cut', 'copy', 'paste', '', 'selectall'],
    ['Save a copy…', 'Copy image', 'Show in folder'],
  ]);
});

test('the menu leads to the views, and the keys are the ones that the page answers', async ({ start }) => {
  const { page, electron } = await start();
  const choose = (id: string) =>
    electron.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id);
  await choose('gallery');
  await expect(page.getByRole('heading', { name: 'Gallery' })).toBeVisible();
  await choose('settings');
  await expect(page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible();
  await choose('new-chat');
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
  await choose('about');
  await expect(page.getByRole('dialog', { name: 'About Afterimage' })).toContainText('Version');
});

test('a picture that lands while the window is hidden is told of once, and a click leads to it', async ({
  start,
}) => {
  const { page, electron } = await start({ env: { AFTERIMAGE_PAINTER_DELAY_MS: '300' } });
  await overhear(electron);
  await say(page, 'a red fox at dawn');
  await page.getByRole('link', { name: 'Settings' }).click();
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await expect
    .poll(() => notices(electron))
    .toEqual([{ title: 'Your picture is ready', body: 'a red fox at dawn' }]);
  await electron.evaluate(() => Reflect.get(globalThis, 'heard').click());
  await expect(pictures(page)).toBeInViewport();
  expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(
    true,
  );

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('checkbox', { name: 'Show the prompt in notifications' }).uncheck();
  await page.getByRole('link', { name: 'Chat' }).click();
  await say(page, 'a blue boat at noon');
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await expect.poll(() => notices(electron)).toHaveLength(2);
  expect(JSON.stringify((await notices(electron)).slice(1))).not.toContain('boat');
});

test('the taskbar shows how far the pictures are, and nothing afterwards', async ({ start }) => {
  const { page, electron } = await start({ env: { AFTERIMAGE_PAINTER_DELAY_MS: '200' } });
  await overhear(electron);
  await say(page, 'a red fox at dawn');
  await expectLanded(pictures(page).first());
  await say(page, 'a blue boat at noon');
  await expectLanded(pictures(page).nth(1));
  const bars: number[] = await electron.evaluate(() => Reflect.get(globalThis, 'heard').bars);
  expect(bars.at(0)).toBeGreaterThanOrEqual(0);
  expect(bars.filter((bar) => bar === -1)).toHaveLength(2);
  expect(bars.at(-1)).toBe(-1);
});

test('the log holds what went wrong, without prompt and key', async ({ start, google, dataFolder }) => {
  const prompt = 'a very private fox that nobody knows of';
  const running = await start({
    env: {
      ...googleEnvironment(google),
      GEMINI_API_KEY: 'AIzaSyPrivateKey0123456789',
      // So that the generator has something to say.
      NODE_DEBUG: 'net',
    },
  });
  await say(running.page, prompt);
  await expectLanded(pictures(running.page));
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

test('without consent the speller is off; with it on; and so after a restart', async ({ start }) => {
  const isOn = (electron: ElectronApplication) =>
    electron.evaluate(({ session }) => session.defaultSession.isSpellCheckerEnabled());
  const first = await start();
  expect(await isOn(first.electron)).toBe(false);
  // Nothing is to be asked for here: the dictionary is looked for on this machine, where there is none.
  await first.electron.evaluate(({ session }) =>
    session.defaultSession.setSpellCheckerDictionaryDownloadURL('http://127.0.0.1:9/'),
  );
  await first.page.getByRole('link', { name: 'Settings' }).click();
  await first.page.getByRole('checkbox', { name: 'Check spelling' }).check();
  await expect.poll(() => isOn(first.electron)).toBe(true);
  await first.page.getByRole('checkbox', { name: 'Check spelling' }).uncheck();
  await expect.poll(() => isOn(first.electron)).toBe(false);
  await first.quit();
  expect(await isOn((await start()).electron)).toBe(false);
});

test('a picture is asked for by way of the proxy of the system', async ({ start, google }) => {
  const proxy = await startConnectProxy(Number(new URL(google.baseUrl).port));
  try {
    const { page } = await start({
      args: [`--proxy-server=127.0.0.1:${proxy.port}`],
      // A name that nobody but the proxy knows.
      env: { GEMINI_API_KEY: 'test-key', GOOGLE_GEMINI_BASE_URL: 'http://gemini.test' },
    });
    await say(page, 'a red fox at dawn');
    await expectLanded(pictures(page));
    expect(proxy.targets).toContain('gemini.test:80');
  } finally {
    await proxy.close();
  }
});

test('pictures that a start brings along come into the gallery', async ({ start, dataFolder }) => {
  const { page } = await start();
  await say(page, 'a red fox at dawn');
  await expectLanded(pictures(page));
  const file = test.info().outputPath('brought.png');
  await writeFile(file, await samplePicture('1:1'));
  expect(await startSecondInstance(dataFolder, [file])).toBe(0);
  await page.getByRole('link', { name: 'Gallery' }).click();
  await expect(page.locator('[data-image-id]')).toHaveCount(2);
});

test('crash reports and logs stay in the data folder, and nothing is sent', async ({ start, dataFolder }) => {
  const { electron, page } = await start();
  const state = await electron.evaluate(({ app, crashReporter }) => ({
    folder: app.getPath('crashDumps'),
    isSent: crashReporter.getUploadToServer(),
  }));
  expect(state).toEqual({ folder: path.join(dataFolder, 'crashes'), isSent: false });
  await page.getByRole('link', { name: 'Diagnostics' }).click();
  await expect(page.getByRole('button', { name: 'Open the folder of logs' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Open the folder of crash reports' })).toBeVisible();
});
