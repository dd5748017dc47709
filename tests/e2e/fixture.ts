// Fixtures of all end-to-end tests: an empty data folder, the app, its database and a loopback service.
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import SqliteDatabase from 'better-sqlite3';
import { nativeBinding } from '../../electron/main/db/native-binding';
import { type LaunchOptions, launch, projectRoot, type Running } from '../harness/launch';
import { newMessage } from '../harness/new-message';
import { unlessGone } from '../harness/unless-gone';
import { type GoogleServer, startGoogleServer } from '../servers/google-server';
import { createMadePictures, type MadePictures } from './made-pictures';

type Start = (options?: Omit<LaunchOptions, 'dataFolder'>) => Promise<Running>;
type Row = Record<string, unknown>;

type Fixtures = {
  dataFolder: string;
  /** An empty folder that is not the app's, for what a user saves. */
  userFolder: string;
  /** Starts the app on the test's data folder, or restarts it after `quit` or `kill`. */
  start: Start;
  /**
   * Starts the app on a conversation of these messages that it has answered with the offline painter's pictures. For
   * tests that begin with pictures; it costs a copy of files instead of some seconds.
   */
  startWithPictures: (messages: readonly string[], options?: Parameters<Start>[0]) => Promise<Running>;
  /** Reads from the app's database; works while the app runs. */
  rows: (sql: string) => Row[];
  /** Changes the app's database; works while the app runs. */
  write: (sql: string) => void;
  /** Locks the app's database, as another program would. @returns a function that unlocks it. */
  lock: () => () => void;
  /** A loopback server that speaks Google's protocol. */
  google: GoogleServer;
  /** Scale of both sides of the server's pictures. A half costs a quarter of the work, where size does not matter. */
  pictureScale: number;
};

export const test = base.extend<Fixtures, { display: undefined; madePictures: MadePictures }>({
  display: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
    async ({}, use, { parallelIndex }) => {
      const display = process.env['AFTERIMAGE_TEST_DISPLAYS']?.split(',')[parallelIndex];
      if (display) process.env['DISPLAY'] = display;
      await use(undefined);
    },
    { scope: 'worker', auto: true },
  ],
  madePictures: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
    async ({}, use) => {
      const made = createMadePictures();
      await use(made);
      made.remove();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
  async dataFolder({}, use) {
    await inFolder('afterimage-e2e-', async (folder) => {
      await use(folder);
      reportUncaughtErrors(folder);
    });
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
  async userFolder({}, use) {
    await inFolder('afterimage-user-', use);
  },
  async start({ dataFolder }, use) {
    const started: Running[] = [];
    await use(async (options = {}) => {
      const running = await launch({ dataFolder, ...options });
      started.push(running);
      return running;
    });
    for (const running of started) await running.kill();
  },
  async startWithPictures({ dataFolder, madePictures, start }, use) {
    await use(async (messages, options) => {
      await madePictures.copyTo(dataFolder, messages);
      return start(options);
    });
  },
  async rows({ dataFolder }, use) {
    const binding = nativeBinding(projectRoot);
    await use((sql) => {
      const database = new SqliteDatabase(path.join(dataFolder, 'afterimage.db'), {
        readonly: true,
        ...(binding && { nativeBinding: binding }),
      });
      try {
        return database.prepare<[], Row>(sql).all();
      } finally {
        database.close();
      }
    });
  },
  async write({ dataFolder }, use) {
    const binding = nativeBinding(projectRoot);
    await use((sql) => {
      const file = path.join(dataFolder, 'afterimage.db');
      const database = new SqliteDatabase(file, binding ? { nativeBinding: binding } : {});
      try {
        database.exec(sql);
      } finally {
        database.close();
      }
    });
  },
  async lock({ dataFolder }, use) {
    const binding = nativeBinding(projectRoot);
    const opened: SqliteDatabase.Database[] = [];
    await use(() => {
      const file = path.join(dataFolder, 'afterimage.db');
      const database = new SqliteDatabase(file, binding ? { nativeBinding: binding } : {});
      opened.push(database);
      database.exec('BEGIN IMMEDIATE');
      return () => database.close();
    });
    for (const database of opened) database.close();
  },
  pictureScale: [1, { option: true }],
  async google({ pictureScale }, use) {
    const server = await startGoogleServer({ colourPerPrompt: true, scale: pictureScale });
    await use(server);
    await server.close();
  },
});

/** Prints the errors that the app did not catch. It goes on after them, so that a test may pass in spite of one. */
function reportUncaughtErrors(dataFolder: string): void {
  const logs = path.join(dataFolder, 'logs');
  for (const name of existsSync(logs) ? readdirSync(logs) : []) {
    const entries = readFileSync(path.join(logs, name), 'utf8').split(/^(?=\d{4}-)/m);
    for (const entry of entries) if (entry.includes('was not caught')) console.error(entry);
  }
}

async function inFolder(prefix: string, use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), prefix));
  await use(folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

export { expect, newMessage };

/** One message for `startWithPictures`. Tests that need any picture use the same, which is made once a worker. */
export const redFox = ['a red fox at dawn'];

/** @returns the environment in which the loopback server makes the pictures. */
export function googleEnvironment(server: GoogleServer): Record<string, string> {
  return { GEMINI_API_KEY: 'test-key', GOOGLE_GEMINI_BASE_URL: server.baseUrl };
}

/** Types a message and sends it with Enter. */
export async function sendMessage(page: Page, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Message' });
  await field.fill(text);
  await field.press('Enter');
}

/** Opens an empty chat, for a step of a test that does not need what is there. */
export async function newChat(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New chat' }).click();
  await expect(page.locator('article')).toHaveCount(0);
}

/** Shows a section of the settings. */
export async function openSettings(page: Page, section: string): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: section }).click();
  await expect(page.getByRole('heading', { name: section, level: 2 })).toBeVisible();
}

/** Shows a view, or a part of it, by its address. */
export async function showAddress(page: Page, address: string, name: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${address}`);
  await expect(page.getByRole('main', { name })).toBeVisible();
}

export function pictures(page: Page): Locator {
  return page.getByRole('log', { name: 'Conversation' }).getByTestId('picture');
}

/** Chooses an action from the menu of a picture. @param place contains the one button that opens the menu. */
export async function chooseAction(place: Locator, name: string): Promise<void> {
  await place.getByRole('button', { name: 'More actions' }).click();
  await place
    .page()
    .getByRole('menu', { name: 'Picture' })
    .getByRole('menuitem', { name, exact: true })
    .click();
}

/** Does what ends the app, which may then not answer any more, and waits for its end. */
export async function untilDead(
  { electron }: Pick<Running, 'electron'>,
  act: () => Promise<unknown>,
): Promise<void> {
  const died = once(electron.process(), 'exit');
  await Promise.all([unlessGone(act(), undefined), died]);
}

/** Waits until the full picture is visible and its fade-in has ended. */
export async function expectFullPicture(picture: Locator): Promise<void> {
  await expect(picture).toHaveAttribute('data-visible', 'full');
  await expect(picture).toHaveAttribute('aria-busy', 'false');
  await expect(picture.locator('img')).toHaveCSS('opacity', '1');
}
