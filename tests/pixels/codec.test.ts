// The codec's versions of every picture of the corpus agree with what Chromium shows: tests/e2e/pixels.spec.ts asks Chromium.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { localCodec } from '../../electron/generator/codec/local-codec';
import { pictureId } from '../../electron/generator/pipeline/test-pictures';
import { temporaryFolder } from '../../electron/main/test-support/temporary-folder';
import { displayOf, pictureFile, thumbnailOf } from '../../shared/domain/picture-files';
import { buildCorpus, type CorpusFile } from './corpus';
import { differenceOf, matrixOf, size } from './expected';
import { oddFiles } from './odd-files';
import { readQuarters } from './read-quarters';

const read = async (file: string) => readQuarters(readFileSync(file));

/** Stores a picture and makes every version of it. @returns the first difference. */
async function compare({ extension, bytes, isAnimated, expected }: CorpusFile): Promise<string | null> {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = pictureFile(pictureId, extension);
  const whole = path.join(folder, file);
  mkdirSync(path.dirname(whole), { recursive: true });
  writeFileSync(whole, bytes);
  const measured = await localCodec.measure(whole);
  if (!measured.ok) return measured.message;
  const { width, height } = measured.value;
  const isMeasured = width === expected.width && height === expected.height;
  if (!isMeasured) return `measured as ${width} x ${height}`;
  await localCodec.derive(folder, file, 90);
  const copied = path.join(folder, 'copied.png');
  await localCodec.writePng(whole, copied);
  const tile = { ...expected, width: (width * 256) / size.width, height: (height * 256) / size.width };
  const versions = [
    ['tile', thumbnailOf(file, 256), tile],
    ['large tile', thumbnailOf(file, 512), expected],
    ['copied', 'copied.png', expected],
  ] as const;
  for (const [name, version, wanted] of versions) {
    const difference = differenceOf(await read(path.join(folder, version)), wanted);
    if (difference) return `${name}: ${difference}`;
  }
  const display = await read(path.join(folder, displayOf(file))).catch(() => null);
  if (display && isAnimated) return 'the picture that is shown stands still';
  return display && differenceOf(display, expected);
}

test('the tile, the shown and the copied picture agree with Chromium in size, turn, colours and alpha', async () => {
  const results: (CorpusFile & { difference: string | null })[] = [];
  const files = [...(await buildCorpus()), ...(await oddFiles())];
  for (const file of files) results.push({ ...file, difference: await compare(file) });
  console.info(matrixOf(results));
  const wrong = results
    .filter(({ difference }) => difference !== null)
    .map(({ extension, kind, orientation, colours, difference }) =>
      [extension, kind, orientation, colours, difference].join(', '),
    );
  expect(wrong).toEqual([]);
  expect(results.length).toBeGreaterThan(180);
});
