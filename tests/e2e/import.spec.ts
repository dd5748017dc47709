// Imports: dropped or chosen pictures with their recipes, skipped files, cancellation and recovery after a crash.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { createCanvas } from '@napi-rs/canvas';
import type { Locator, Page } from '@playwright/test';
import { pngChunk } from '../../electron/generator/pipeline/test-pictures';
import { expect, expectFullPicture, openSettings, pictures, sendMessage, test } from './fixture';

/** Returns a different picture for each number. */
function picture(number: number, size = 48): Buffer {
  const canvas = createCanvas(size * 2, size);
  const pen = canvas.getContext('2d');
  pen.fillStyle = `hsl(${(number * 37) % 360} 70% ${30 + (number % 5) * 10}%)`;
  pen.fillRect(0, 0, size * 2, size);
  pen.fillStyle = 'white';
  pen.fillText(String(number), 8, 24);
  return canvas.encodeSync('png');
}

/** Adds a recipe as Automatic1111 writes it: https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/Features#png-info */
function withParameters(png: Buffer, text: string): Buffer {
  const chunk = pngChunk('tEXt', Buffer.from(`parameters\0${text}`, 'latin1'));
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

const foxRecipe =
  'a red fox at dawn\nNegative prompt: blurry\nSteps: 20, Seed: 4294967295, Size: 96x48, Model: sd15';

/** Drops files on the window through the browser, because files created by a script have no paths. */
async function drop(page: Page, ...files: string[]): Promise<void> {
  const isChat = await page.getByRole('main', { name: 'Chat' }).isVisible();
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  const at = { x: 400, y: 300, data };
  await session.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at });
  await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...at });
  await expect(page.getByTestId('drop-overlay')).toHaveText(
    isChat ? 'Drop to attach to your message' : 'Drop to import pictures',
  );
  await session.send('Input.dispatchDragEvent', { type: 'drop', ...at });
  await session.detach();
  const [only] = files;
  if (files.length === 1 && only && statSync(only).isDirectory()) await importFolder(page);
}

/** Confirms that the pictures of a folder are to be copied, which is the default. */
async function importFolder(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: /^Import “/ });
  await expect(dialog.getByRole('radio', { name: 'Copy into Afterimage' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Import' }).click();
}

async function openGallery(page: Page): Promise<Locator> {
  await page.getByRole('link', { name: 'Gallery' }).click();
  await expect(page.getByRole('heading', { name: 'Gallery' })).toBeVisible();
  return page.locator('[data-image-id]');
}

const panel = (page: Page) => page.getByRole('region', { name: 'Import' });

/** Waits until an import has ended. @returns the title of its report. */
async function reportOf(page: Page): Promise<string> {
  await expect(panel(page).getByRole('button', { name: 'Close the report' })).toBeVisible({
    timeout: 60_000,
  });
  return (await panel(page).getByRole('status').textContent()) ?? '';
}

/** Returns the path of every file in the folder of pictures. */
function storedFiles(dataFolder: string): string[] {
  const images = path.join(dataFolder, 'images');
  if (!existsSync(images)) return [];
  return readdirSync(images, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

let folder: string;

test.beforeEach(({ dataFolder }) => {
  folder = path.join(dataFolder, '../', `${path.basename(dataFolder)}-dropped`);
  mkdirSync(folder);
});

test.afterEach(async () => {
  const { rm } = await import('node:fs/promises');
  await rm(folder, { recursive: true, force: true });
});

function put(name: string, bytes: Uint8Array | string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}

test('fills the composer from a picture dropped on the chat and adds the picture on request', async ({
  start,
  rows,
  dataFolder,
}) => {
  const file = put('fox.png', withParameters(picture(1), foxRecipe));
  const { page } = await start();
  await page.getByRole('textbox', { name: 'Message' }).fill('what I was writing');
  await drop(page, file);
  await expect(page.getByTestId('drop-overlay')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('a red fox at dawn');
  await expect(page.getByRole('button', { name: 'Shape: Wide 16:9' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Options: seed 4294967295' })).toBeVisible();
  expect(rows('SELECT id FROM user_images')).toEqual([]);

  await page.getByRole('button', { name: 'Add picture to gallery' }).click();
  expect(await reportOf(page)).toBe('1 picture added');
  // The report of an import that went well closes by itself, but not under the pointer.
  await panel(page).hover();
  const [row] = rows('SELECT prompt, provider, model, params, file, created_at FROM user_images');
  expect(row).toMatchObject({ prompt: 'a red fox at dawn', provider: 'imported', model: 'sd15' });
  expect(row?.['created_at']).toBe(Math.round(statSync(file).mtimeMs));
  expect(readFileSync(path.join(dataFolder, String(row?.['file']))).equals(readFileSync(file))).toBe(true);

  await page.getByRole('button', { name: 'Restore my text' }).click();
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('what I was writing');
  await panel(page).getByRole('button', { name: 'Open the gallery' }).click();
  await expect(page.locator('[data-image-id]')).toHaveAccessibleName('a red fox at dawn');
});

test('imports a picture dropped on the gallery at once and shows its recipe', async ({ start }) => {
  const file = put('fox.png', withParameters(picture(1), foxRecipe));
  const { page } = await start();
  const tiles = await openGallery(page);
  await drop(page, file);
  expect(await reportOf(page)).toBe('1 picture added');
  await tiles.click();
  const facts = page.getByRole('complementary', { name: 'Recipe' }).locator('dl > div');
  for (const [name, value] of [
    ['Model', 'sd15'],
    ['Service', 'Imported'],
    ['Recipe from', 'Stable Diffusion web UI'],
    ['Seed', '4294967295'],
    ['Negative prompt', 'blurry'],
    ['Steps', '20'],
  ]) {
    await expect(facts.filter({ has: page.getByText(name ?? '', { exact: true }) })).toHaveText(
      `${name}${value}`,
    );
  }
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Use in composer' }).click();
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('a red fox at dawn');
  // All went well, so the report has nothing more to say.
  await expect(panel(page)).toHaveCount(0);
});

test('imports a folder that is chosen in the dialog', async ({ start }) => {
  for (let index = 0; index < 3; index += 1) put(`inner/${index}.png`, picture(index));
  put('inner/notes.txt', 'Nothing to see.');
  const { electron, page } = await start();
  const tiles = await openGallery(page);
  await electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = (...args: unknown[]) => {
      const isFolder = JSON.stringify(args.at(-1)).includes('openDirectory');
      return Promise.resolve({ canceled: !isFolder, filePaths: isFolder ? [chosen] : [] });
    };
  }, folder);
  await page.getByRole('button', { name: 'Import…' }).click();
  await page
    .getByRole('dialog', { name: 'Import pictures' })
    .getByRole('button', { name: 'A folder…', exact: true })
    .click();
  await importFolder(page);
  expect(await reportOf(page)).toBe('3 pictures added');
  await expect(panel(page).getByRole('listitem')).toContainText('notes.txt');
  await expect(tiles).toHaveCount(3);
});

test('recognises a saved copy with and without its recipe', async ({ start, rows, dataFolder }) => {
  const { electron, page } = await start({ env: { AFTERIMAGE_PROVIDER: 'painter' } });
  await sendMessage(page, 'a lighthouse in a storm');
  await expectFullPicture(pictures(page));
  const copies = [path.join(folder, 'with.webp'), path.join(folder, 'without.webp')];
  async function saveAs(target: string): Promise<void> {
    await electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = (...asked: unknown[]) => {
        process.env['SUGGESTED'] = JSON.stringify(asked.at(-1));
        return Promise.resolve({ canceled: false, filePath });
      };
    }, target);
    await pictures(page).hover();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect.poll(() => existsSync(target)).toBe(true);
    // The name is the one that an export gives, not the picture's id.
    expect(await electron.evaluate(() => process.env['SUGGESTED'])).toMatch(
      /[/\\]\d{4}-\d\d-\d\d a lighthouse in a storm\.\w+"/,
    );
  }
  await saveAs(copies[0] ?? '');
  await openSettings(page, 'Privacy');
  await page.getByRole('switch', { name: 'Put the recipe into saved copies' }).uncheck();
  await page.getByRole('link', { name: 'Chat' }).click();
  await saveAs(copies[1] ?? '');
  const [row] = rows('SELECT image_file AS file, prompt FROM messages WHERE image_file IS NOT NULL');
  const kept = readFileSync(path.join(dataFolder, String(row?.['file'])));
  expect(readFileSync(copies[1] ?? '').equals(kept)).toBe(true);
  expect(readFileSync(copies[0] ?? '').equals(kept)).toBe(false);

  await drop(page, copies[0] ?? '');
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue(String(row?.['prompt']));
  // The gallery has the same picture without the recipe in its file.
  await page.getByRole('button', { name: 'Add picture to gallery' }).click();
  expect(await reportOf(page)).toBe('No new pictures');
  await expect(panel(page)).toContainText('already in the gallery');
  await panel(page).getByRole('button', { name: 'Close the report' }).click();
  // The gallery has a file with the same bytes.
  await openGallery(page);
  await drop(page, copies[1] ?? '');
  expect(await reportOf(page)).toBe('No new pictures');
  await expect(panel(page)).toContainText('already in the gallery');
});

test('skips invalid files and shows the reason for each', async ({ start, rows, dataFolder }) => {
  const whole = picture(1);
  const files = [
    put('whole.png', whole),
    put('again.png', whole),
    put('empty.png', ''),
    put('text.png', 'This is no picture.'),
    put('cut.png', whole.subarray(0, whole.length - 30)),
    put('page.html', '<!doctype html><title>Page</title>'),
  ];
  const { page } = await start();
  const tiles = await openGallery(page);
  await expect(page.getByRole('button', { name: 'Import…' })).toBeVisible();
  await page.getByTestId('import-files').setInputFiles(files);
  expect(await reportOf(page)).toBe('1 picture added');
  for (const [name, reason] of [
    ['empty.png', 'empty'],
    ['text.png', 'not a PNG'],
    ['cut.png', 'incomplete'],
    ['page.html', 'not a PNG'],
  ] as const) {
    await expect(panel(page).getByRole('listitem').filter({ hasText: name })).toContainText(reason);
  }
  await expect(panel(page)).toContainText('already in the gallery');
  await expect(tiles).toHaveCount(1);
  await expect(tiles.locator('img')).toHaveJSProperty('complete', true);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
  expect(rows('SELECT count(*) AS count FROM import_intents')).toEqual([{ count: 0 }]);
  // No temporary file is left beside the picture, its recipe and its thumbnails.
  expect(storedFiles(dataFolder).filter((file) => /\.(arrived|part)/.test(file))).toEqual([]);
});

test('imports a folder of 200 with duplicates, and refuses paths that a page makes up', async ({
  start,
  rows,
}) => {
  for (let index = 0; index < 200; index += 1) put(`${index % 7}/${index}.png`, picture(index % 150));
  const { page } = await start();
  const reply = await page.evaluate(() => window.afterimage.offer([new File(['x'], '/etc/passwd')]));
  expect(reply).toMatchObject({ ok: false, code: 'nothing_dropped' });

  await drop(page, folder);
  // The user can continue to work during the import.
  await sendMessage(page, 'a lighthouse');
  expect(await reportOf(page)).toBe('150 pictures added');
  await expect(panel(page)).toContainText('50 files left out');
  await expectFullPicture(pictures(page));
  const imported = "SELECT count(*) AS count FROM user_images WHERE provider = 'imported'";
  expect(rows(imported)).toEqual([{ count: 150 }]);
  await panel(page).getByRole('button', { name: 'Close the report' }).click();

  await drop(page, folder);
  expect(await reportOf(page)).toBe('No new pictures');
  expect(rows(imported)).toEqual([{ count: 150 }]);
});

test('imports a picture whose metadata is too large to read, and says that its recipe is missing', async ({
  start,
  rows,
}) => {
  put('large.png', withParameters(picture(1), `a fox${'\0'.repeat(5_000_000)}x\nSteps: 20`));
  put('slow.png', withParameters(picture(2), `a lake${'\0'.repeat(1_000_000)}x\nSteps: 20`));
  const { page } = await start();
  await openGallery(page);
  await drop(page, folder);
  expect(await reportOf(page)).toBe('2 pictures added');
  await expect(panel(page)).toContainText(
    '1 picture added without a recipe: the metadata is too large to read',
  );
  await expect(panel(page).getByRole('list', { name: 'Pictures without their recipe' })).toHaveText(
    'large.png',
  );
  expect(rows("SELECT prompt FROM user_images WHERE prompt NOT LIKE 'a lake%'")).toEqual([
    { prompt: 'large' },
  ]);
});

test('imports the rest after a cancelled import', async ({ start, rows }) => {
  for (let index = 0; index < 60; index += 1) put(`${index}.png`, picture(index, 400));
  const { page } = await start();
  await drop(page, folder);
  await panel(page).getByRole('button', { name: 'Cancel' }).click();
  expect(await reportOf(page)).toBe('Import cancelled');
  const [{ count } = {}] = rows('SELECT count(*) AS count FROM user_images');
  expect(Number(count)).toBeLessThan(60);
  expect(rows('SELECT count(*) AS count FROM import_intents')).toEqual([{ count: 0 }]);
  await panel(page).getByRole('button', { name: 'Close the report' }).click();
  await drop(page, folder);
  expect(await reportOf(page)).toBe(`${60 - Number(count)} pictures added`);
});

for (const point of [
  'store: the bytes have arrived',
  'store: the recipe is written',
  'store: the picture has its name',
]) {
  test(`recovers an import killed at “${point}” without losing or duplicating a picture`, async ({
    start,
    rows,
    dataFolder,
  }) => {
    for (let index = 0; index < 12; index += 1) put(`${index}.png`, picture(index));
    const killed = await start({ env: { AFTERIMAGE_FAULT_POINT: point } });
    const exited = new Promise((resolve) => killed.electron.process().once('exit', resolve));
    await drop(killed.page, folder).catch(() => {});
    await exited;
    await killed.kill();
    const intents = rows('SELECT id FROM import_intents');
    expect(intents.length).toBeGreaterThan(0);

    const { page } = await start();
    expect(await reportOf(page)).toBe('The last import was interrupted');
    expect(rows('SELECT id FROM import_intents')).toEqual([]);
    const images = rows('SELECT id, file, bytes FROM user_images');
    for (const { file, bytes } of images) {
      expect(statSync(path.join(dataFolder, String(file))).size).toBe(bytes);
    }
    const ids = new Set(images.map(({ id }) => id));
    const left = storedFiles(dataFolder).map((file) => path.basename(file).split('.')[0]);
    expect(left.filter((id) => !ids.has(id))).toEqual([]);

    await panel(page).getByRole('button', { name: 'Close the report' }).click();
    await drop(page, folder);
    expect(await reportOf(page)).toBe(`${12 - images.length} pictures added`);
    expect(rows('SELECT count(DISTINCT content_hash) AS count FROM user_images')).toEqual([{ count: 12 }]);
  });
}

test('imports pictures of other programs as Chromium shows them, with their recipes', async ({
  start,
  rows,
  dataFolder,
}) => {
  const { page } = await start();
  await openGallery(page);
  const fixtures = path.resolve('tests/fixtures');
  await drop(
    page,
    ...['orientation', 'colour', 'animation', 'recipes', 'formats'].map((name) => path.join(fixtures, name)),
  );
  expect(await reportOf(page)).toBe('17 pictures added');
  const stored = rows('SELECT id, file, width, height, prompt, params FROM user_images');
  for (const { id, file, width, height } of stored) {
    const shown = await page.evaluate(async (image) => {
      const sizes = ['full', '512', '256'].map(async (variant) => {
        const element = new Image();
        element.src = `afterimage://image/${image}/${variant}`;
        await element.decode();
        return [element.naturalWidth, element.naturalHeight] as const;
      });
      return Promise.all(sizes);
    }, String(id));
    expect(shown[0], String(file)).toEqual([width, height]);
    for (const [tileWidth, tileHeight] of shown.slice(1)) {
      expect(tileWidth / tileHeight).toBeCloseTo(Number(width) / Number(height), 1);
    }
  }
  const byPrompt = (prompt: string) => stored.find((row) => row['prompt'] === prompt);
  expect(JSON.parse(String(byPrompt('COMFY64 a fox')?.['params']))).toMatchObject({
    seed: '18446744073709551615',
  });
  // The originals of the converted ones are kept.
  const originals = storedFiles(dataFolder).filter((name) => name.includes('.original.'));
  expect(originals.map((name) => path.extname(name)).toSorted()).toEqual(['.heic', '.heic', '.jxl']);
});
