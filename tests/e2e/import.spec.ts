// Imports: dropped or chosen pictures with their recipes, skipped files, cancellation and recovery after a crash.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { createCanvas } from '@napi-rs/canvas';
import type { Locator, Page } from '@playwright/test';
import { pngChunk } from '../../electron/generator/pipeline/test-pictures';
import { dropFiles } from '../harness/drop-files';
import { patient } from '../harness/patient';
import { expect, expectFullPicture, openSettings, pictures, redFox, sendMessage, test } from './fixture';

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

const recipeOf = (prompt: string) =>
  `${prompt}\nNegative prompt: blurry\nSteps: 20, Seed: 4294967295, Size: 96x48, Model: sd15`;

async function drop(page: Page, ...files: string[]): Promise<void> {
  const isChat = await page.getByRole('main', { name: 'Chat' }).isVisible();
  await dropFiles(page, files, {
    says: isChat ? 'Drop to attach to your message' : 'Drop to import pictures',
  });
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
  await expect(panel(page).getByRole('button', { name: 'Close the report' })).toBeVisible(patient);
  return (await panel(page).getByRole('status').textContent()) ?? '';
}

async function closeReport(page: Page): Promise<void> {
  await panel(page).getByRole('button', { name: 'Close the report' }).click();
  await expect(panel(page)).toHaveCount(0);
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

test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, bytes: Uint8Array | string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}

test('imports pictures that are dropped, chosen or saved before, and skips the others with a reason', async ({
  startWithPictures,
  rows,
  dataFolder,
}) => {
  test.slow();
  const { electron, page } = await startWithPictures(redFox);
  const tiles = page.locator('[data-image-id]');
  const tileOf = (name: string) => page.getByRole('gridcell', { name, exact: true });
  const imported = (columns: string, prompt: string) =>
    rows(`SELECT ${columns} FROM user_images WHERE provider = 'imported' AND prompt = '${prompt}'`);

  await test.step('a picture dropped on the gallery is imported at once and shows its recipe', async () => {
    await openGallery(page);
    await drop(page, put('lake.png', withParameters(picture(1), recipeOf('a lake at noon'))));
    // The notice stays for some seconds only.
    await page.getByRole('button', { name: 'Use in composer' }).click();
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('a lake at noon');
    await page.getByRole('textbox', { name: 'Message' }).fill('');
    await openGallery(page);
    await tileOf('a lake at noon').click();
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
    await page.getByRole('link', { name: 'Chat' }).click();
  });

  const copies = [path.join(folder, 'with.webp'), path.join(folder, 'without.webp')] as const;
  await test.step('a saved copy has the recipe only if the settings say so', async () => {
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
        /[/\\]\d{4}-\d\d-\d\d a red fox at dawn\.\w+"/,
      );
    }
    await saveAs(copies[0]);
    await openSettings(page, 'Privacy');
    await page.getByRole('switch', { name: 'Put the recipe into saved copies' }).uncheck();
    await page.getByRole('link', { name: 'Chat' }).click();
    await saveAs(copies[1]);
    const [row] = rows('SELECT image_file AS file FROM messages WHERE image_file IS NOT NULL');
    const kept = readFileSync(path.join(dataFolder, String(row?.['file'])));
    expect(readFileSync(copies[1]).equals(kept)).toBe(true);
    expect(readFileSync(copies[0]).equals(kept)).toBe(false);
  });

  // All went well, so the report has nothing more to say.
  await expect(panel(page)).toHaveCount(0);

  await test.step('saved copies are recognised with and without their recipe', async () => {
    await drop(page, copies[0]);
    const [row] = rows('SELECT prompt FROM messages WHERE image_file IS NOT NULL');
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue(String(row?.['prompt']));
    // The gallery has the same picture without the recipe in its file.
    await page.getByRole('button', { name: 'Add picture to gallery' }).click();
    expect(await reportOf(page)).toBe('No new pictures');
    await expect(panel(page)).toContainText('already in the gallery');
    await closeReport(page);
    // The gallery has a file with the same bytes.
    await openGallery(page);
    await drop(page, copies[1]);
    expect(await reportOf(page)).toBe('No new pictures');
    await expect(panel(page)).toContainText('already in the gallery');
    await closeReport(page);
  });

  await test.step('a picture dropped on the chat fills the composer and is added on request', async () => {
    const heron = 'a blue heron at dusk';
    const file = put('heron.png', withParameters(picture(2), recipeOf(heron)));
    await page.getByRole('button', { name: 'New chat' }).click();
    await page.getByRole('textbox', { name: 'Message' }).fill('what I was writing');
    await drop(page, file);
    await expect(page.getByTestId('drop-overlay')).toHaveCount(0);
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue(heron);
    await expect(page.getByRole('button', { name: 'Shape: Wide 16:9' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Options: seed 4294967295' })).toBeVisible();
    expect(imported('id', heron)).toEqual([]);

    await page.getByRole('button', { name: 'Add picture to gallery' }).click();
    expect(await reportOf(page)).toBe('1 picture added');
    // The report of an import that went well closes by itself, but not under the pointer.
    await panel(page).hover();
    const [row] = imported('model, params, file, created_at', heron);
    expect(row).toMatchObject({ model: 'sd15', created_at: Math.round(statSync(file).mtimeMs) });
    expect(readFileSync(path.join(dataFolder, String(row?.['file']))).equals(readFileSync(file))).toBe(true);

    await page.getByRole('button', { name: 'Restore my text' }).click();
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('what I was writing');
    await panel(page).getByRole('button', { name: 'Open the gallery' }).click();
    await expect(tileOf(heron)).toBeVisible();
    await closeReport(page);
  });

  await test.step('a folder that is chosen in the dialog is imported', async () => {
    for (let index = 0; index < 3; index += 1) put(`chosen/inner/${index}.png`, picture(10 + index));
    put('chosen/inner/notes.txt', 'Nothing to see.');
    const before = await tiles.count();
    await electron.evaluate(
      ({ dialog }, chosen) => {
        dialog.showOpenDialog = (...args: unknown[]) => {
          const isFolder = JSON.stringify(args.at(-1)).includes('openDirectory');
          return Promise.resolve({ canceled: !isFolder, filePaths: isFolder ? [chosen] : [] });
        };
      },
      path.join(folder, 'chosen'),
    );
    await page.getByRole('button', { name: 'Import…' }).click();
    await page
      .getByRole('dialog', { name: 'Import pictures' })
      .getByRole('button', { name: 'A folder…', exact: true })
      .click();
    await importFolder(page);
    expect(await reportOf(page)).toBe('3 pictures added');
    await expect(panel(page).getByRole('listitem')).toContainText('notes.txt');
    // It covers nothing: each view begins below it.
    for (const [view, width] of [
      ['Settings', 640],
      ['Chat', 900],
      ['Gallery', 1280],
    ] as const) {
      await electron.evaluate(
        ({ BrowserWindow }, wide) => BrowserWindow.getAllWindows()[0]?.setContentSize(wide, 720),
        width,
      );
      await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
      await page.getByRole('link', { name: view }).click();
      const [report, main] = [panel(page), page.getByRole('main', { name: view })];
      await expect(main).toBeVisible();
      const [above, below] = [await report.boundingBox(), await main.boundingBox()];
      expect((above?.y ?? 0) + (above?.height ?? 0), view).toBeLessThanOrEqual((below?.y ?? 0) + 1);
      expect((below?.y ?? 0) + (below?.height ?? 0), view).toBeLessThanOrEqual(721);
    }
    await expect(tiles).toHaveCount(before + 3);
    await closeReport(page);
  });

  await test.step('a picture whose metadata is too large is imported, and its recipe said to be missing', async () => {
    const files = [
      put('large.png', withParameters(picture(3), `a fox${'\0'.repeat(5_000_000)}x\nSteps: 20`)),
      put('slow.png', withParameters(picture(4), `a lake${'\0'.repeat(1_000_000)}x\nSteps: 20`)),
    ];
    await drop(page, ...files);
    expect(await reportOf(page)).toBe('2 pictures added');
    await expect(panel(page).getByText('1 note on an added picture')).toBeVisible();
    await expect(panel(page).getByRole('list', { name: 'Notes on added pictures' })).toHaveText(
      'large.pngwithout its recipe: the metadata is too large to read',
    );
    const newest = 'SELECT prompt FROM user_images ORDER BY id DESC LIMIT 2';
    expect(rows(`SELECT prompt FROM (${newest}) WHERE prompt NOT LIKE 'a lake%'`)).toEqual([
      { prompt: 'large' },
    ]);
    await closeReport(page);
  });

  await test.step('invalid files are skipped with a reason for each', async () => {
    const whole = picture(5);
    const files = [
      put('whole.png', whole),
      put('again.png', whole),
      put('empty.png', ''),
      put('text.png', 'This is no picture.'),
      put('cut.png', whole.subarray(0, whole.length - 30)),
      put('page.html', '<!doctype html><title>Page</title>'),
    ];
    const before = await tiles.count();
    await expect(page.getByRole('button', { name: 'Import…' })).toBeVisible();
    await page.getByTestId('import-files').setInputFiles(files);
    expect(await reportOf(page)).toBe('1 picture added');
    // More than a few wait behind their summary.
    await panel(page).getByText(/files left out/).click();
    for (const [name, reason] of [
      ['empty.png', 'empty'],
      ['text.png', 'not a PNG'],
      ['cut.png', 'incomplete'],
      ['page.html', 'not a PNG'],
    ] as const) {
      await expect(panel(page).getByRole('listitem').filter({ hasText: name })).toContainText(reason);
    }
    await expect(panel(page)).toContainText('already in the gallery');
    await expect(tiles).toHaveCount(before + 1);
    await expect(page.getByRole('gridcell', { name: /^(whole|again)$/ }).locator('img')).toHaveJSProperty(
      'complete',
      true,
    );
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
    expect(rows('SELECT count(*) AS count FROM import_intents')).toEqual([{ count: 0 }]);
    // No temporary file is left beside the picture, its recipe and its thumbnails.
    expect(storedFiles(dataFolder).filter((file) => /\.(arrived|part)/.test(file))).toEqual([]);
  });
});

test('imports a folder with duplicates, after a cancelled import the rest, and refuses paths that a page makes up', async ({
  start,
  rows,
}) => {
  test.slow();
  const distinct = 30;
  for (let index = 0; index < 40; index += 1) put(`${index % 7}/${index}.png`, picture(index % distinct));
  // Each picture takes a while, so that the import is still running when the user does something else.
  const { page } = await start({ env: { AFTERIMAGE_SLOW_POINT: 'store: the bytes have arrived 100' } });
  const reply = await page.evaluate(() => window.afterimage.offer([new File(['x'], '/etc/passwd')]));
  expect(reply).toMatchObject({ ok: false, code: 'nothing_dropped' });
  const countImported = () =>
    Number(rows("SELECT count(*) AS count FROM user_images WHERE provider = 'imported'")[0]?.['count']);

  let before = 0;
  await test.step('a cancelled import keeps what it has imported', async () => {
    await drop(page, folder);
    await panel(page).getByRole('button', { name: 'Cancel' }).click();
    expect(await reportOf(page)).toBe('Import cancelled');
    before = countImported();
    expect(before).toBeLessThan(distinct);
    expect(rows('SELECT count(*) AS count FROM import_intents')).toEqual([{ count: 0 }]);
    await closeReport(page);
  });

  await test.step('the next one imports the rest, and the user can continue to work meanwhile', async () => {
    await drop(page, folder);
    await sendMessage(page, 'a lighthouse');
    expect(await reportOf(page)).toBe(`${distinct - before} pictures added`);
    await expect(panel(page)).toContainText(`${40 - distinct + before} files left out`);
    await expectFullPicture(pictures(page));
    expect(countImported()).toBe(distinct);
    await closeReport(page);
  });

  await test.step('another one imports nothing', async () => {
    await drop(page, folder);
    expect(await reportOf(page)).toBe('No new pictures');
    expect(countImported()).toBe(distinct);
  });
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
    const count = 5;
    const files = Array.from({ length: count }, (_, index) => put(`${index}.png`, picture(index)));
    const killed = await start({ env: { AFTERIMAGE_FAULT_POINT: point } });
    const exited = new Promise((resolve) => killed.electron.process().once('exit', resolve));
    await openGallery(killed.page);
    // The app may be gone before it has answered that the files were let go.
    await drop(killed.page, ...files).catch((error: unknown) => {
      if (!killed.page.isClosed()) throw error;
    });
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

    await closeReport(page);
    await openGallery(page);
    await drop(page, ...files);
    expect(await reportOf(page)).toBe(`${count - images.length} pictures added`);
    expect(rows('SELECT count(DISTINCT content_hash) AS count FROM user_images')).toEqual([{ count }]);
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
  expect(await reportOf(page)).toBe('22 pictures added');
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
  expect(originals.map((name) => path.extname(name)).toSorted()).toEqual([
    ...[...Array.from({ length: 5 }, () => '.heic'), '.jxl', '.jxl', '.jxl'],
  ]);
});
