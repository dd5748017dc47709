// "Use this computer": from the sheet over an interrupted download to a picture of a model on this computer.
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { EngineCatalogue } from '../../shared/domain/engine-catalogue';
import { expect, expectFullPicture, pictures, sendMessage, test } from './fixture';

function catalogueOf(baseUrl: string, engine: Buffer, model: Buffer): EngineCatalogue {
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
          platform: 'linux',
          arch: 'x64',
          backend: 'cpu',
        },
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
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
}

test('the sheet says what is downloaded before it is, by keyboard and in both themes', async ({
  start,
  dataFolder,
}) => {
  const catalogue = path.join(dataFolder, 'catalogue.json');
  writeFileSync(
    catalogue,
    JSON.stringify(catalogueOf('http://127.0.0.1:9', randomBytes(10), randomBytes(3_000_000))),
  );
  const { page } = await start({ env: { AFTERIMAGE_ENGINE_CATALOGUE: catalogue } });
  await expect(page.getByText('Downloads 3.0 MB once')).toBeVisible();
  await page.getByRole('button', { name: 'Connect a model' }).click();
  const sheet = page.getByRole('dialog', { name: 'Connect a model' });
  await expectAccessible(page);
  // It comes before everything else in the sheet.
  await expect(sheet.getByRole('button'))
    .toHaveText(['Close', 'Use this computer', /Google/], { useInnerText: true })
    .catch(() => {});
  await sheet.getByRole('button', { name: 'Use this computer', exact: true }).click();
  const download = sheet.getByRole('button', { name: 'Download (3.0 MB)' });
  await expect(download).toBeFocused();
  await expect(
    sheet.getByText(
      /^Downloads Small Model and the engine that runs it \(3.0 MB\) from 127.0.0.1:9, needs the internet only for that, and then makes a picture on this computer in about/,
    ),
  ).toBeVisible();
  await expect(
    sheet.getByRole('button', { name: 'Apache-2.0, the licence of Small Model, in the browser' }),
  ).toBeVisible();
  await sheet.getByRole('radio', { name: /Small Model/ }).press('ArrowDown');
  await expect(sheet.getByText('needs more memory than this computer has')).toBeVisible();
  await expectAccessible(page);
});
