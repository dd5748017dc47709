import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { findXmp } from '../../../shared/domain/picture-bytes/embed-xmp';
import { readXmp } from '../../../shared/domain/xmp';
import { temporaryFolder } from '../test-support/temporary-folder';
import { ExportCancelled, type ExportedPicture, exportPictures } from './export-pictures';
import { type ExportTarget, splitIntoChunks } from './export-target';
import { createFolderTarget } from './folder-target';
import { manifestName } from './partial-export';
import { createZipTarget } from './zip-target';

const createdAt = new Date(2026, 10, 22, 14).getTime();
const params = { aspectRatio: '1:1', seed: 7 };
const bytes = createCanvas(8, 8).toBuffer('image/png');
let dataFolder: string;
let exportFolder: string;
let pictures: Map<string, ExportedPicture>;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = path.join(folder, 'data');
  exportFolder = path.join(folder, 'out');
  mkdirSync(path.join(dataFolder, 'images'), { recursive: true });
  mkdirSync(exportFolder);
  pictures = new Map();
});

function add(prompt: string, changes: Partial<ExportedPicture> = {}): string {
  const id = `picture-${pictures.size}`;
  const file = `images/${id}.png`;
  writeFileSync(path.join(dataFolder, file), bytes);
  const common = { provider: 'painter', model: 'painter-1', params: JSON.stringify(params), createdAt };
  const place = { bytes: bytes.length, linked_path: null, linked_modified_at: null };
  const picture = { id, file, place, prompt, ...common, width: 8, height: 8, favourite: false, ...changes };
  pictures.set(id, picture);
  return id;
}

function run(target: ExportTarget, changes: Partial<Parameters<typeof exportPictures>[0]> = {}) {
  return exportPictures({
    dataFolder,
    imageIds: [...pictures.keys()],
    findPicture: (id) => pictures.get(id),
    target,
    embedRecipes: true,
    signal: new AbortController().signal,
    onProgress: () => {},
    ...changes,
  });
}

const manifestSchema = z.object({
  application: z.literal('Afterimage'),
  version: z.literal(1),
  pictures: z.array(z.object({ file: z.string(), prompt: z.string() }).loose()),
});

function readManifest(text: string) {
  return manifestSchema.parse(JSON.parse(text));
}

/** Reads a zip file with Python. */
function unzipped(file: string): { names: string[]; bytesOf: (name: string) => Buffer } {
  const script = 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; ';
  const python = (rest: string, ...args: string[]) =>
    execFileSync('python3', ['-c', script + rest, file, ...args], { maxBuffer: 1e9 });
  return {
    names: python("print('\\n'.join(z.namelist()))").toString('utf8').trim().split('\n'),
    bytesOf: (name) => python('sys.stdout.buffer.write(z.read(sys.argv[2]))', name),
  };
}

test('writes each picture with its recipe and a manifest into a folder', async () => {
  add('a red fox');
  add('a whale: "deep/blue"?', { favourite: true });
  const target = path.join(exportFolder, 'export');
  expect(await run(await createFolderTarget(target))).toEqual({ exported: 2, skipped: 0 });
  const names = ['2026-11-22 a red fox.png', '2026-11-22 a whale deep blue.png'];
  expect(readdirSync(target).toSorted()).toEqual([...names, manifestName]);
  expect(readdirSync(exportFolder)).toEqual(['export']);
  const xmp = findXmp(readFileSync(path.join(target, names[0] ?? '')));
  expect(readXmp(xmp ?? '')).toMatchObject({ prompt: 'a red fox', params });
  const manifest = readManifest(readFileSync(path.join(target, manifestName), 'utf8'));
  expect(manifest.pictures).toEqual([
    expect.objectContaining({ file: names[0], prompt: 'a red fox', params, favourite: false }),
    expect.objectContaining({ file: names[1], prompt: 'a whale: "deep/blue"?', favourite: true }),
  ]);
});

test('writes the same into a zip file that Python can read', async () => {
  add('ひまわりと富士山 🌻');
  add('a red fox');
  const file = path.join(exportFolder, 'export.zip');
  const progress: number[] = [];
  await run(await createZipTarget(file), { onProgress: ({ done }) => void progress.push(done) });
  expect(readdirSync(exportFolder)).toEqual(['export.zip']);
  const zip = unzipped(file);
  expect(zip.names).toEqual(['2026-11-22 ひまわりと富士山 🌻.png', '2026-11-22 a red fox.png', manifestName]);
  expect(readXmp(findXmp(zip.bytesOf('2026-11-22 a red fox.png')) ?? '')?.prompt).toBe('a red fox');
  expect(readManifest(zip.bytesOf(manifestName).toString('utf8')).pictures).toHaveLength(2);
  expect(progress).toEqual([1, 2]);
});

test('writes a large picture into a zip file unchanged', async () => {
  const large = Buffer.alloc(3_000_001, 'afterimage');
  const id = add('large', { file: 'images/large.gif', params: null });
  writeFileSync(path.join(dataFolder, 'images/large.gif'), large);
  const file = path.join(exportFolder, 'export.zip');
  await run(await createZipTarget(file), { imageIds: [id] });
  expect(unzipped(file).bytesOf('2026-11-22 large.gif').equals(large)).toBe(true);
});

test('writes more files into a zip file than the original format allows', { timeout: 900_000 }, async () => {
  const file = path.join(exportFolder, 'many.zip');
  const target = await createZipTarget(file);
  for (let n = 0; n < 65_600; n += 1) await target.add(`${n}`, splitIntoChunks(Buffer.of(n % 256)));
  await target.finish();
  expect(unzipped(file).names).toHaveLength(65_600);
});

test('writes a Zip64 file that Python can read', async () => {
  const file = path.join(exportFolder, 'export.zip');
  const target = await createZipTarget(file, { zip64: true });
  await target.add('one', splitIntoChunks(Buffer.from('one')));
  await target.finish();
  expect(unzipped(file).bytesOf('one').toString()).toBe('one');
});

test('skips and counts pictures without a row or a file', async () => {
  const existing = add('existing');
  add('lost', { file: 'images/lost.png' });
  const target = path.join(exportFolder, 'export');
  const imageIds = [...pictures.keys(), 'unknown'];
  expect(await run(await createFolderTarget(target), { imageIds })).toEqual({ exported: 1, skipped: 2 });
  const manifest = readManifest(readFileSync(path.join(target, manifestName), 'utf8'));
  expect(manifest.pictures.map(({ id }) => id)).toEqual([existing]);
});

describe.each([
  ['a folder', createFolderTarget],
  ['a zip file', createZipTarget],
] as const)('an export into %s', (_, open) => {
  test('leaves nothing behind when cancelled', async () => {
    for (let n = 0; n < 5; n += 1) add('a fox');
    const cancelling = new AbortController();
    const onProgress = ({ done }: { done: number }) => done === 3 && cancelling.abort();
    const target = await open(path.join(exportFolder, 'export'));
    await expect(run(target, { signal: cancelling.signal, onProgress })).rejects.toThrow(ExportCancelled);
    expect(readdirSync(exportFolder)).toEqual([]);
  });

  test('leaves only a .part when killed', async () => {
    const target = await open(path.join(exportFolder, 'export'));
    await target.add('one.png', splitIntoChunks(bytes));
    expect(readdirSync(exportFolder)).toEqual(['export.part']);
    await target.discard();
  });

  test('fails if the parent folder does not exist', async () => {
    await expect(open(path.join(exportFolder, 'nowhere', 'export'))).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});

test('fails with ENOSPC if the disk fills up while a zip file is written', async () => {
  // A character device that refuses every byte: https://man7.org/linux/man-pages/man4/full.4.html
  if (process.platform !== 'linux') return;
  const { symlinkSync } = await import('node:fs');
  symlinkSync('/dev/full', path.join(exportFolder, 'export.zip.part'));
  add('a fox');
  const target = await createZipTarget(path.join(exportFolder, 'export.zip'));
  await expect(run(target)).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(readdirSync(exportFolder)).toEqual([]);
  expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
});
