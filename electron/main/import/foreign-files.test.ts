// Imports files of other programs: their recipes in the rows, and formats that are converted.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { everyPicture } from '../../../shared/domain/gallery-query';
import { inspect } from '../../../shared/domain/picture-bytes/inspect';
import { originalFile } from '../../../shared/domain/picture-files';
import { buildTiff } from '../../../tests/pixels/build-foreign';
import { raster } from '../../../tests/pixels/corpus';
import { isoBox, sample, withJpegSegment } from '../../generator/pipeline/test-pictures';
import { readGallery } from '../db/test-gallery';
import { createTestImports, samplePng, type TestImports } from './test-imports';

let fixture: TestImports;

beforeEach(() => {
  fixture = createTestImports();
  onTestFinished(fixture.remove);
});

const fixtureFile = (name: string) => path.resolve(import.meta.dirname, '../../../tests/fixtures', name);

/** @returns the parameters in the row of the only picture. */
function params(): Record<string, unknown> {
  const [picture] = fixture.gallery();
  const row = fixture.store.pictureFacts.row(picture?.id ?? '');
  return JSON.parse(row?.params ?? '{}');
}

describe('a picture of another tool', () => {
  test.each([
    [
      'swarmui.png',
      'SWARM a red fox at dawn',
      { source: 'swarmui', negativePrompt: 'blurry', seed: 319_368_368 },
    ],
    [
      'novelai.png',
      'NAI 1girl, red fox, dawn',
      { source: 'novelai', steps: 28, sampler: 'k_euler_ancestral' },
    ],
    [
      'fooocus.png',
      'FOOOCUS a sunflower field',
      { source: 'fooocus', seed: '127589946317439009', guidance: 4 },
    ],
    ['comfy-seed64.png', 'COMFY64 a fox', { source: 'comfyui', seed: '18446744073709551615', model: 'a' }],
  ])('has its recipe in its row: %s', async (name, prompt, expected) => {
    await fixture.importPaths(fixtureFile(`recipes/${name}`));
    expect(fixture.gallery()).toMatchObject([{ prompt }]);
    expect(params()).toMatchObject(expected);
    const [picture] = fixture.gallery();
    expect(fixture.store.pictureFacts.find(picture?.id ?? '')?.imported).toMatchObject(expected);
  });

  test('is found by having a seed, also one that is text', async () => {
    await fixture.importPaths(fixtureFile('recipes/comfy-seed64.png'), fixture.put('plain.png', samplePng));
    const found = readGallery(fixture.store, { ...everyPicture, hasSeed: true });
    expect(found).toMatchObject([{ prompt: 'COMFY64 a fox' }]);
  });

  test('without a recipe keeps what its file says, under its own name', async () => {
    const { withText } = await import('../../generator/recipes/test-recipes');
    await fixture.importPaths(fixture.put('holiday.png', withText('mystery', 'something', samplePng)));
    expect(fixture.gallery()).toMatchObject([{ prompt: 'holiday' }]);
    expect(params()).toEqual({ source: 'none', raw: 'mystery: something' });
  });
});

describe('a file with more than a picture', () => {
  /** Returns the bytes that are stored of the only picture. */
  function storedBytes(): Buffer {
    const file = fixture.store.userImages.file(fixture.gallery()[0]?.id ?? '') ?? '';
    return readFileSync(path.join(fixture.dataFolder, file));
  }

  test('such as a JPEG with a gain map behind it, keeps every byte and has the size of its picture', async () => {
    const picture = sample(64, 48).encodeSync('jpeg');
    const gainMap = withJpegSegment(
      sample(128, 96).encodeSync('jpeg'),
      0xe1,
      Buffer.from(
        'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"/></rdf:RDF></x:xmpmeta>',
      ),
    );
    // CIPA DC-007: the second picture of the file is named in APP2.
    const hdr = Buffer.concat([
      withJpegSegment(picture, 0xe2, Buffer.from('MPF\0MM\0*\0\0\0\x08\0\0', 'latin1')),
      gainMap,
    ]);
    expect(await fixture.importPaths(fixture.put('hdr.jpg', hdr))).toMatchObject({ added: 1, skipped: {} });
    expect(fixture.gallery()).toMatchObject([{ width: 64, height: 48 }]);
    expect(storedBytes().equals(hdr)).toBe(true);
  });

  test('such as an AVIF with content credentials, keeps every byte and is not encoded again', async () => {
    const head = Buffer.from(
      `d8fec3d61b0e483c92975828877ec48100000000${'6d616e696665737400'}${'00'.repeat(8)}`,
      'hex',
    );
    const avif = Buffer.concat([
      sample(64, 48).encodeSync('avif'),
      isoBox('uuid', Buffer.concat([head, isoBox('jumb', Buffer.alloc(40))])),
    ]);
    expect(inspect(avif)).toMatchObject({ hasContentCredentials: true, isComplete: true });
    await fixture.importPaths(fixture.put('signed.avif', avif));
    expect(fixture.gallery()).toMatchObject([{ width: 64, height: 48 }]);
    expect(storedBytes().equals(avif)).toBe(true);
  });
});

describe('a file that is converted', () => {
  test('is imported with those beside it, and one of a kind that is not read is named in the report', async () => {
    const kinds = ['cmyk', 'premultiplied', 'rgb16', 'grey16'] as const;
    const files = kinds.map((kind) => fixture.put(`${kind}.tif`, buildTiff(raster(), kind)));
    const signed = fixture.put('signed.tif', buildTiff(raster(), 'rgb', { sampleFormat: 2 }));
    const progress = await fixture.importPaths(...files, signed);
    expect(progress).toMatchObject({ added: 4, skipped: { unreadable: 1 } });
    expect(
      fixture
        .gallery()
        .map(({ prompt }) => prompt)
        .toSorted(),
    ).toEqual([...kinds].toSorted());
  });

  test('is a picture in the gallery, and stays beside it as it was', async () => {
    await fixture.importPaths(fixtureFile('formats/quarters.heic'));
    const [picture] = fixture.gallery();
    expect(picture).toMatchObject({ prompt: 'quarters', width: 320, height: 240 });
    const id = picture?.id ?? '';
    expect(fixture.store.userImages.file(id)).toMatch(/\.webp$/);
    const original = readFileSync(path.join(fixture.dataFolder, originalFile(id, 'heic')));
    expect(original.equals(readFileSync(fixtureFile('formats/quarters.heic')))).toBe(true);
  });

  test('is recognized when it comes again', async () => {
    await fixture.importPaths(fixtureFile('formats/quarters.heic'));
    const progress = await fixture.importPaths(fixtureFile('formats/quarters.heic'));
    expect(progress).toMatchObject({ added: 0, skipped: { duplicate: 1 } });
  });

  test('has the date of its EXIF before that of the file', async () => {
    const bytes = buildTiff(raster(), 'rgb', { dateTime: '2019:03:04 05:06:07' });
    await fixture.importPaths(fixture.put('scan.tif', bytes));
    expect(fixture.gallery()).toMatchObject([{ createdAt: new Date(2019, 2, 4, 5, 6, 7).getTime() }]);
  });

  test('that breaks off is skipped with a reason and leaves nothing behind', async () => {
    const broken = readFileSync(fixtureFile('formats/quarters.heic')).subarray(0, 500);
    const progress = await fixture.importPaths(fixture.put('broken.heic', broken));
    expect(progress).toMatchObject({ added: 0, skipped: { truncated: 1 } });
    const images = path.join(fixture.dataFolder, 'images');
    const left = existsSync(images) ? readdirSync(images, { recursive: true, withFileTypes: true }) : [];
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
    expect(fixture.store.imports.intents()).toEqual([]);
  });

  test('is converted by the next start if a crash left only the original', async () => {
    await fixture.importPaths(fixtureFile('formats/quarters.heic'));
    const [picture] = fixture.gallery();
    const id = picture?.id ?? '';
    const original = path.join(fixture.dataFolder, originalFile(id, 'heic'));
    const folder = path.dirname(original);
    for (const name of readdirSync(folder)) if (!name.includes('original')) rmSync(path.join(folder, name));
    const other = createTestImports();
    onTestFinished(other.remove);
    other.store.imports.addIntent({ id, name: 'quarters', createdAt: 5 }, '00'.repeat(32));
    const { cpSync } = await import('node:fs');
    cpSync(fixture.dataFolder, other.dataFolder, { recursive: true });
    await other.imports.finishInterrupted();
    expect(other.gallery()).toMatchObject([{ id, prompt: 'quarters', width: 320 }]);
  });
});
