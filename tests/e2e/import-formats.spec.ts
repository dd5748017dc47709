// Imports of pictures that other programs have made, in all formats.
import path from 'node:path';
import { expect } from './fixture';
import { openGallery } from './gallery-parts';
import { drop, expectReport, storedFiles, test } from './importing';

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
  await expectReport(page, '23 pictures added');
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
    ...[...Array.from({ length: 6 }, () => '.heic'), '.jxl', '.jxl', '.jxl'],
  ]);
});
