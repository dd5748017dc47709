// The app as a part of the desktop: its window's place, spelling, notifications, progress and logs.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import {
  expect,
  expectFullPicture,
  googleEnvironment,
  openSettings,
  pictures,
  sendMessage,
  test,
} from './fixture';

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
  await expect.poll(() => placeOf(second.electron)).toEqual(places.area);
  await move(second.electron, places.other);
  await expect.poll(kept).toMatchObject({ bounds: places.other });
  await second.kill();

  const third = await start();
  await expect.poll(() => placeOf(third.electron)).toEqual(places.other);
  await third.kill();

  await writeFile(
    path.join(dataFolder, 'window.json'),
    '{"bounds":{"x":99999,"y":-9,"width":1,"height":1e9}',
  );
  const fourth = await start();
  const isSeen = () =>
    fourth.electron.evaluate(({ BrowserWindow, screen }) => {
      const { workArea } = screen.getPrimaryDisplay();
      const { x, width } = BrowserWindow.getAllWindows()[0]?.getBounds() ?? { x: 0, width: 0 };
      return width >= 640 && x >= workArea.x && x + width <= workArea.x + workArea.width;
    });
  await expect.poll(isSeen).toBe(true);
});

test('tells of pictures outside the window: by notifications while it is hidden, and by progress in the taskbar', async ({
  start,
  google,
}) => {
  // Each picture is made once the window is hidden.
  google.setDefault({ kind: 'hang' });
  const { page, electron } = await start({ env: googleEnvironment(google) });
  await recordNativeInterface(electron);
  const hideWindow = () => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const isVisible = () =>
    electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await sendMessage(page, 'a red fox at dawn');
  await google.received(1);
  await page.getByRole('link', { name: 'Settings' }).click();
  await hideWindow();
  google.release();
  await expect
    .poll(() => notices(electron))
    .toEqual([{ title: 'Your picture is ready', body: 'a red fox at dawn' }]);
  await electron.evaluate(() => Reflect.get(globalThis, 'recorded').click());
  await expect(pictures(page)).toBeInViewport();
  await expect.poll(isVisible).toBe(true);

  await openSettings(page, 'Privacy');
  await page.getByRole('switch', { name: 'Show the prompt in notifications' }).uncheck();
  await page.getByRole('link', { name: 'Chat' }).click();
  await sendMessage(page, 'a blue boat at noon');
  await google.received(2);
  await hideWindow();
  google.release();
  await expect.poll(() => notices(electron)).toHaveLength(2);
  expect(JSON.stringify((await notices(electron)).slice(1))).not.toContain('boat');

  const bars = () => electron.evaluate((): number[] => Reflect.get(globalThis, 'recorded').bars);
  await expect.poll(async () => (await bars()).filter((bar) => bar === -1)).toHaveLength(2);
  expect((await bars()).at(0)).toBeGreaterThanOrEqual(0);
  expect((await bars()).at(-1)).toBe(-1);
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
  await expect.poll(log).toContain('[generator] NET ');
  await running.quit();
  expect(await log()).not.toMatch(/private|AIza/i);
  expect(running.output()).not.toMatch(/very private fox|AIza/);
});
