import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { findXmp } from '../../../shared/domain/picture-bytes/embed-xmp';
import { readXmp } from '../../../shared/domain/xmp';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createFileNamer } from './export-file-names';
import { ExportCancelled, type ExportedPicture, exportPictures } from './export-pictures';
import { createFolderTarget, createZipTarget, type ExportTarget, inChunks } from './export-target';
import { manifestName } from './unfinished-export';

const createdAt = new Date(2026, 10, 22, 14).getTime();
const params = { aspectRatio: '1:1', seed: 7 };
const bytes = createCanvas(8, 8).toBuffer('image/png');
let dataFolder: string;
let out: string;
let pictures: Map<string, ExportedPicture>;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = path.join(folder, 'data');
  out = path.join(folder, 'out');
  mkdirSync(path.join(dataFolder, 'images'), { recursive: true });
  mkdirSync(out);
  pictures = new Map();
});

function add(prompt: string, changes: Partial<ExportedPicture> = {}): string {
  const id = `picture-${pictures.size}`;
  const file = `images/${id}.png`;
  writeFileSync(path.join(dataFolder, file), bytes);
  const common = { provider: 'painter', model: 'painter-1', params: JSON.stringify(params), createdAt };
  const picture = { id, file, prompt, ...common, width: 8, height: 8, favourite: false, ...changes };
  pictures.set(id, picture);
  return id;
}

function run(target: ExportTarget, changes: Partial<Parameters<typeof exportPictures>[0]> = {}) {
  return exportPictures({
    dataFolder,
    imageIds: [...pictures.keys()],
    pictureOf: (id) => pictures.get(id),
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

/** What a program of others reads from a zip. */
function unzipped(file: string): { names: string[]; bytesOf: (name: string) => Buffer } {
  const script = 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; ';
  const python = (rest: string, ...args: string[]) =>
    execFileSync('python3', ['-c', script + rest, file, ...args], { maxBuffer: 1e9 });
  return {
    names: python("print('\\n'.join(z.namelist()))").toString('utf8').trim().split('\n'),
    bytesOf: (name) => python('sys.stdout.buffer.write(z.read(sys.argv[2]))', name),
  };
}

test('a folder has each picture with its recipe, and a manifest', async () => {
  add('a red fox');
  add('a whale: "deep/blue"?', { favourite: true });
  const target = path.join(out, 'export');
  expect(await run(await createFolderTarget(target))).toEqual({ exported: 2, skipped: 0 });
  const names = ['2026-11-22 a red fox.png', '2026-11-22 a whale deep blue.png'];
  expect(readdirSync(target).toSorted()).toEqual([...names, manifestName]);
  expect(readdirSync(out)).toEqual(['export']);
  const xmp = findXmp(readFileSync(path.join(target, names[0] ?? '')));
  expect(readXmp(xmp ?? '')).toMatchObject({ prompt: 'a red fox', params });
  const manifest = readManifest(readFileSync(path.join(target, manifestName), 'utf8'));
  expect(manifest.pictures).toEqual([
    expect.objectContaining({ file: names[0], prompt: 'a red fox', params, favourite: false }),
    expect.objectContaining({ file: names[1], prompt: 'a whale: "deep/blue"?', favourite: true }),
  ]);
});

test('a zip has the same, and another program reads it', async () => {
  add('ひまわりと富士山 🌻');
  add('a red fox');
  const file = path.join(out, 'export.zip');
  const progress: number[] = [];
  await run(await createZipTarget(file), { onProgress: ({ done }) => void progress.push(done) });
  expect(readdirSync(out)).toEqual(['export.zip']);
  const zip = unzipped(file);
  expect(zip.names).toEqual(['2026-11-22 ひまわりと富士山 🌻.png', '2026-11-22 a red fox.png', manifestName]);
  expect(readXmp(findXmp(zip.bytesOf('2026-11-22 a red fox.png')) ?? '')?.prompt).toBe('a red fox');
  expect(readManifest(zip.bytesOf(manifestName).toString('utf8')).pictures).toHaveLength(2);
  expect(progress).toEqual([1, 2]);
});

test('a large picture goes through a zip unchanged', async () => {
  const large = Buffer.alloc(3_000_001, 'afterimage');
  const id = add('large', { file: 'images/large.gif', params: null });
  writeFileSync(path.join(dataFolder, 'images/large.gif'), large);
  const file = path.join(out, 'export.zip');
  await run(await createZipTarget(file), { imageIds: [id] });
  expect(unzipped(file).bytesOf('2026-11-22 large.gif').equals(large)).toBe(true);
});

test('more files than an old zip can count', { timeout: 300_000 }, async () => {
  const file = path.join(out, 'many.zip');
  const target = await createZipTarget(file);
  for (let n = 0; n < 65_600; n += 1) await target.add(`${n}`, inChunks(Buffer.of(n % 256)));
  await target.finish();
  expect(unzipped(file).names).toHaveLength(65_600);
});

test('a zip in the form for more than 4 GB is read too', async () => {
  const file = path.join(out, 'export.zip');
  const target = await createZipTarget(file, { zip64: true });
  await target.add('one', inChunks(Buffer.from('one')));
  await target.finish();
  expect(unzipped(file).bytesOf('one').toString()).toBe('one');
});

test('pictures that are gone or have no file are left out and counted', async () => {
  const there = add('there');
  add('lost', { file: 'images/lost.png' });
  const target = path.join(out, 'export');
  const imageIds = [...pictures.keys(), 'unknown'];
  expect(await run(await createFolderTarget(target), { imageIds })).toEqual({ exported: 1, skipped: 2 });
  const manifest = readManifest(readFileSync(path.join(target, manifestName), 'utf8'));
  expect(manifest.pictures.map(({ id }) => id)).toEqual([there]);
});

describe.each([
  ['a folder', createFolderTarget],
  ['a zip', createZipTarget],
] as const)('into %s', (_, open) => {
  test('stopped in the middle, nothing is left', async () => {
    for (let n = 0; n < 5; n += 1) add('a fox');
    const ending = new AbortController();
    const onProgress = ({ done }: { done: number }) => done === 3 && ending.abort();
    const target = await open(path.join(out, 'export'));
    await expect(run(target, { signal: ending.signal, onProgress })).rejects.toThrow(ExportCancelled);
    expect(readdirSync(out)).toEqual([]);
  });

  test('killed in the middle, there is only what is called .part', async () => {
    const target = await open(path.join(out, 'export'));
    await target.add('one.png', inChunks(bytes));
    expect(readdirSync(out)).toEqual(['export.part']);
    await target.discard();
  });

  test('where nothing can be written it says so', async () => {
    await expect(open(path.join(out, 'nowhere', 'export'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

test('a disk that fills up while a zip is written ends it with that code', async () => {
  // A character device that refuses every byte: https://man7.org/linux/man-pages/man4/full.4.html
  if (process.platform !== 'linux') return;
  const { symlinkSync } = await import('node:fs');
  symlinkSync('/dev/full', path.join(out, 'export.zip.part'));
  add('a fox');
  const target = await createZipTarget(path.join(out, 'export.zip'));
  await expect(run(target)).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(readdirSync(out)).toEqual([]);
  expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
});

describe('a name', () => {
  test.each([
    ['a fox', '2026-11-22 a fox.png'],
    ['a/b\\c:d*e?f"g<h>i|j', '2026-11-22 a b c d e f g h i j.png'],
    ['../../etc/passwd', '2026-11-22 .. .. etc passwd.png'],
    ['ends with dots...', '2026-11-22 ends with dots.png'],
    ['line\nbreak\u0000\u202e', '2026-11-22 line break.png'],
    ['', '2026-11-22.png'],
    ['\ud800', '2026-11-22.png'],
  ])('of %j', (prompt, name) => {
    expect(createFileNamer()(createdAt, prompt, 'png')).toBe(name);
  });

  test('is never longer than a file system takes, nor cut within a character', () => {
    const name = createFileNamer()(createdAt, '🌻'.repeat(500), 'png');
    expect(Buffer.byteLength(name)).toBeLessThan(140);
    expect(name.isWellFormed()).toBe(true);
  });

  test('is given once, whatever its capitals', () => {
    const nameOf = createFileNamer();
    const names = ['A fox', 'a FOX', 'a fox'].map((prompt) => nameOf(createdAt, prompt, 'png'));
    expect(names).toEqual(['2026-11-22 A fox.png', '2026-11-22 a FOX 2.png', '2026-11-22 a fox 3.png']);
  });
});
