// "Use this computer": from the sheet over an interrupted download to a picture of a model on this computer.
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { type EngineCatalogue, engineBuildSchema } from '../../shared/domain/engine-catalogue';
import { type DownloadServer, startDownloadServer } from '../servers/downloads';
import { createSdServer, sdServerScript } from '../servers/sd-server';
import { accessibilityProblems } from './accessibility';
import { expect, expectFullPicture, pictures, sendMessage, test } from './fixture';

function catalogueOf(baseUrl: string, engine: Buffer, model: Buffer): EngineCatalogue {
  const { platform, arch } = process;
  const file = (name: string, bytes: Buffer) => ({
    name,
    urls: [`${baseUrl}/${name}`],
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  const common = {
    licence: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    source: 'https://example.com/model',
    isVerified: true,
  };
  const small = {
    ...common,
    id: 'small',
    label: 'Small Model',
    goodAt: 'Small and fast.',
    memoryBytes: 1_000_000,
    videoMemoryBytes: 1_000_000,
    teraflopPerPicture: 1,
    edits: false,
    defaults: { steps: 4, guidance: 1, side: 256 },
    arguments: [],
    files: [{ ...file('model.gguf', model), role: 'model' as const }],
  };
  return {
    version: 1,
    engines: [
      {
        ...common,
        ...{
          id: 'engine',
          label: 'Test engine',
          version: '1',
          backend: 'cpu',
        },
        ...engineBuildSchema.pick({ platform: true, arch: true }).parse({ platform, arch }),
        files: [{ ...file('sd-server', engine), unpack: null }],
        executable: 'sd-server',
      },
    ],
    models: [
      small,
      {
        ...small,
        id: 'huge',
        label: 'Huge Model',
        goodAt: 'Large and slow.',
        memoryBytes: 4_000_000_000_000,
      },
    ],
  };
}

async function expectAccessible(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await accessibilityProblems(page)).toEqual([]);
  // Only this rule depends on the colours.
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await accessibilityProblems(page, undefined, ['color-contrast'])).toEqual([]);
}

type Files = { folder: string; engine: Buffer; model: Buffer; server: DownloadServer };

/** Serves an engine and a model, and writes the catalogue that offers them. @returns the environment of the app. */
function offerModel({ folder, engine, model, server }: Files): Record<string, string> {
  server.serve('/sd-server', engine);
  server.serve('/model.gguf', model);
  const catalogue = path.join(folder, 'catalogue.json');
  writeFileSync(catalogue, JSON.stringify(catalogueOf(server.origin, engine, model)));
  return { AFTERIMAGE_ENGINE_CATALOGUE: catalogue };
}

/** @returns a button of the line that says what the painter could not draw. */
function offerIn(page: Page, name: string): Locator {
  return page.getByTestId('not-drawn').getByRole('button', { name, exact: true });
}

test('a download that a kill interrupts continues, is checked, and makes the picture that was asked for', async ({
  start,
  dataFolder,
}) => {
  const server = await startDownloadServer();
  const program = createSdServer(path.join(dataFolder, 'test-program'));
  const files = { folder: dataFolder, engine: Buffer.from(sdServerScript()), model: randomBytes(6_000_000) };
  const env = { ...offerModel({ ...files, server }), ...program.env };
  // It stands still on its way, so that it can be killed there.
  server.failAlways('/model.gguf', { kind: 'stall', afterBytes: 1_500_000 });
  const first = await start({ env });
  let { page } = first;
  await sendMessage(page, 'a red fox on a bicycle');

  // It is offered in the list of models, and first in the sheet.
  await page.getByRole('button', { name: 'Model: Offline painter' }).click();
  await expect(page.getByRole('option', { name: 'Use this computer' })).toBeVisible();
  await page.keyboard.press('Escape');
  await offerIn(page, 'Connect a model').click();
  const sheetOf = (shown: Page) => shown.getByRole('dialog', { name: 'Connect a model' });
  let sheet = sheetOf(page);
  await expect(sheet.getByRole('button').nth(1)).toHaveText('Use this computer');
  await expectAccessible(page);
  await sheet.getByRole('button', { name: 'Use this computer', exact: true }).click();
  // All facts are shown before the download.
  const download = sheet.getByRole('button', { name: 'Download (6.0 MB)' });
  await expect(download).toBeFocused();
  await expect(
    sheet.getByText(
      /^Downloads Small Model and the engine that runs it \(6.0\sMB\) from 127.0.0.1:\d+, needs the internet only for that, and then makes a picture on this computer in about .+\.$/,
    ),
  ).toBeVisible();
  await expect(
    sheet.getByRole('button', { name: 'Apache-2.0, the licence of Small Model, in the browser' }),
  ).toBeVisible();
  await sheet.getByRole('radio', { name: /Small Model/ }).press('ArrowDown');
  await expect(sheet.getByText('needs more memory than this computer has')).toBeVisible();
  await expect(sheet.getByRole('button', { name: /^Download/ })).toHaveCount(0);
  await sheet.getByRole('radio', { name: /Huge Model/ }).press('ArrowUp');
  await expectAccessible(page);
  // A download from an address that is cancelled leads back to the model that is offered.
  await sheet.getByRole('button', { name: 'Add a model from an address' }).click();
  await sheet.getByRole('textbox', { name: 'Address' }).fill('https://model.invalid/other.gguf');
  await sheet.getByRole('textbox', { name: 'SHA-256' }).fill('a'.repeat(64));
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('progressbar', { name: 'Download of other' })).toBeVisible();
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await expect(download).toBeFocused();
  await download.click();

  const bar = sheet.getByRole('progressbar', { name: 'Download of Small Model' });
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThanOrEqual(20);
  await expect(bar).toHaveAttribute('aria-valuetext', /^\d+%/);
  await expect(sheet.getByRole('button', { name: 'Pause' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Downloading Small Model: \d+%/ })).toBeVisible();

  await first.kill();
  const second = await start({ env });
  page = second.page;
  sheet = sheetOf(page);
  await page.getByRole('button', { name: /^Downloading Small Model: \d+%/ }).click();
  await sheet.getByRole('button', { name: 'Pause' }).click();
  await expect(sheet.getByRole('button', { name: 'Resume' })).toBeFocused();
  await expectAccessible(page);
  // The question is a dialog within the sheet, and closes alone.
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog', { name: 'Delete this download?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Delete this download?' })).toHaveCount(0);
  await sheet.getByRole('button', { name: 'Close' }).click();
  await offerIn(page, 'Use this computer').click();
  server.failAlways('/model.gguf', null);
  await sheet.getByRole('button', { name: 'Resume' }).click();
  await expect(
    sheet.getByRole('status').filter({ hasText: 'Ready. Small Model is on this computer.' }),
  ).toBeVisible();
  const ranges = server.requests
    .filter((request) => request.path === '/model.gguf')
    .map(({ range }) => range);
  expect(ranges[0]).toBeNull();
  expect(ranges.slice(1).every((range) => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1]) >= 1_000_000)).toBe(
    true,
  );
  await expectAccessible(page);
  await expect(sheet.getByRole('button', { name: 'Make a picture' })).toBeFocused();
  program.set({ start: 'hang' });
  await sheet.getByRole('button', { name: 'Make a picture' }).click();
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Model: Small Model, This computer' })).toBeVisible();
  // The prompt that was waiting is sent.
  const picture = pictures(page).nth(1);
  await expect(picture.getByText('Starting the engine…')).toBeVisible();
  program.set({});
  await expectFullPicture(picture);
  await expect(page.getByRole('article').last()).toContainText('Small Model');
  // The model is here, so that the next one is made at once.
  await offerIn(page, 'Make it with Small Model').click();
  await expectFullPicture(pictures(page).nth(2));
  await second.quit();
  expect(program.alive()).toEqual([]);
  await server.close();
});
