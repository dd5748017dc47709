import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { filesIn } from '../../generator/pipeline/test-pictures';
import {
  createTestImports,
  pictureWithText,
  samplePicture,
  samplePng,
  type TestImports,
} from './test-imports';

let fixture: TestImports;

beforeEach(() => {
  fixture = createTestImports();
  onTestFinished(fixture.remove);
});

/** @returns the gallery's id of the attached picture. */
async function attached(picture: unknown): Promise<string> {
  const reply = await fixture.imports.attach(picture);
  if (!reply.ok) throw new Error(reply.message);
  return reply.value.imageId;
}

const pasted = (bytes: Uint8Array, name = 'image.png') => ({ name, bytes: new Uint8Array(bytes) });

/** A HEIC with a map of its depth. */
function withDepth(): Buffer {
  const bytes = readFileSync(path.resolve('tests/fixtures/formats/quarters-alpha.heic'));
  bytes.write('2', bytes.indexOf('auxid:1') + 'auxid:'.length);
  return bytes;
}

function leftBehind(): string[] {
  const folder = path.join(fixture.dataFolder, 'pasted');
  return existsSync(folder) ? readdirSync(folder) : [];
}

describe('a file', () => {
  test('is in the gallery with its own bytes, name and time', async () => {
    const id = await attached({ path: fixture.put('holiday.png', samplePng) });
    const [picture] = fixture.gallery();
    expect(picture).toMatchObject({ id, prompt: 'holiday', createdAt: 1_700_000_000_000 });
    const file = fixture.store.userImages.file(id) ?? '';
    expect(readFileSync(path.join(fixture.dataFolder, file)).equals(samplePng)).toBe(true);
    expect(fixture.broadcasts['gallery:added']).toHaveLength(1);
    expect(fixture.broadcasts['import:progress']).toEqual([]);
    expect(fixture.store.imports.intents()).toEqual([]);
  });

  test('keeps the recipe that it carries', async () => {
    await attached({ path: fixture.put('fox.png', pictureWithText('a red fox\nSteps: 20, Seed: 7')) });
    expect(fixture.gallery()).toMatchObject([{ prompt: 'a red fox' }]);
  });

  test('with the same bytes is the same picture, under any name and also at once', async () => {
    const [one, two] = [fixture.put('one.png', samplePng), fixture.put('two.png', samplePng)];
    const ids = await Promise.all([
      ...[one, two, one].map((file) => attached({ path: file })),
      attached(pasted(samplePng)),
    ]);
    expect(new Set(ids).size).toBe(1);
    expect(fixture.gallery()).toHaveLength(1);
  });

  test('that was imported before is the imported picture', async () => {
    const file = fixture.put('one.png', samplePng);
    await fixture.importPaths(file);
    const [imported] = fixture.gallery();
    expect(await attached({ path: file })).toBe(imported?.id);
  });

  test('of which not all is shown says what it is without, the first time', async () => {
    const moving = readFileSync(path.resolve('tests/fixtures/formats/moving.jxl'));
    const file = fixture.put('moving.jxl', moving);
    const notes = async () => {
      const reply = await fixture.imports.attach({ path: file });
      return reply.ok && reply.value.notes;
    };
    expect(await notes()).toEqual(['frames']);
    expect(await notes()).toEqual([]);
    const bytes = await fixture.imports.attach(pasted(withDepth(), 'deep.heic'));
    expect(bytes).toMatchObject({ ok: true, value: { notes: ['depth'] } });
  });

  test('comes back from Trash', async () => {
    const file = fixture.put('one.png', samplePng);
    const id = await attached({ path: file });
    fixture.store.transaction(() => fixture.store.trash.add(id, 5));
    expect(fixture.gallery()).toEqual([]);
    expect(await fixture.imports.attach({ path: file })).toEqual({
      ok: true,
      value: { imageId: id, wasInTrash: true, notes: [] },
    });
    expect(fixture.gallery()).toMatchObject([{ id }]);
  });

  test('can be attached while an import is running', async () => {
    for (let seed = 0; seed < 5; seed += 1) fixture.put(`folder/${seed}.png`, samplePicture(seed));
    const importing = fixture.importPaths(path.join(fixture.droppedFolder, 'folder'));
    const id = await attached({ path: fixture.put('own.png', samplePng) });
    await importing;
    expect(fixture.gallery()).toHaveLength(6);
    expect(fixture.store.userImages.find(id)).toBeDefined();
  });

  const cut = samplePng.subarray(0, samplePng.length - 20);
  test.each([
    [
      'notes.pdf',
      Buffer.from('%PDF-1.7'),
      'it is not a PNG, JPEG, WebP, AVIF, GIF, HEIC, JPEG XL, TIFF, BMP or SVG.',
    ],
    ['page.html', Buffer.from('<img src="https://example.org/a.png">'), 'it is not a PNG'],
    ['empty.png', Buffer.alloc(0), 'it is empty.'],
    ['cut.png', cut, 'it is incomplete.'],
    ['broken.png', Buffer.concat([samplePng.subarray(0, 60), Buffer.alloc(200)]), 'it '],
  ])('such as %s is refused with a sentence and changes nothing', async (name, bytes, why) => {
    for (const picture of [{ path: fixture.put(name, bytes) }, pasted(bytes, name)]) {
      const reply = await fixture.imports.attach(picture);
      expect(reply).toMatchObject({ ok: false, code: 'not_attached' });
      if (!reply.ok) expect(reply.message).toContain(`“${name}” was not attached: ${why}`);
    }
    expect(fixture.gallery()).toEqual([]);
    expect(filesIn(fixture.dataFolder)).toEqual([]);
    expect(leftBehind()).toEqual([]);
    expect(fixture.store.imports.intents()).toEqual([]);
    expect(fixture.broadcasts['gallery:added']).toEqual([]);
  });

  test('that is a folder or missing is refused, and a link is followed', async () => {
    const folder = path.join(fixture.droppedFolder, 'folder.png');
    mkdirSync(folder);
    const link = path.join(fixture.droppedFolder, 'link.png');
    symlinkSync(fixture.put('own.png', samplePng), link);
    for (const file of [folder, path.join(fixture.droppedFolder, 'missing.png')]) {
      expect(await fixture.imports.attach({ path: file })).toMatchObject({ ok: false, code: 'not_attached' });
    }
    expect(fixture.gallery()).toEqual([]);
    await attached({ path: link });
    expect(fixture.gallery()).toMatchObject([{ prompt: 'link' }]);
  });

  test('that makes the importer exit is refused, and the next one is attached', async () => {
    const [harmful, good] = [
      fixture.put('harmful.png', samplePicture(1)),
      fixture.put('good.png', samplePng),
    ];
    fixture.importer.shouldExit = (task) => task.type === 'read' && task.path === harmful;
    const [first, second] = await Promise.all([
      fixture.imports.attach({ path: harmful }),
      fixture.imports.attach({ path: good }),
    ]);
    expect(first).toMatchObject({
      ok: false,
      message: '“harmful.png” was not attached: it cannot be opened.',
    });
    expect(second).toMatchObject({ ok: true });
    expect(fixture.gallery()).toHaveLength(1);
  });
});

describe('bytes without a file', () => {
  test('are in the gallery, and leave nothing behind', async () => {
    const id = await attached(pasted(samplePng));
    expect(fixture.gallery()).toMatchObject([{ id, prompt: 'Pasted picture' }]);
    const file = fixture.store.userImages.file(id) ?? '';
    expect(readFileSync(path.join(fixture.dataFolder, file)).equals(samplePng)).toBe(true);
    expect(leftBehind()).toEqual([]);
  });

  test.each([
    ['../../fox.png', 'fox'],
    ['a/b\\c.webp', 'b\\c'],
    ['', 'Pasted picture'],
  ])('named %j have the name %j, which is no path', async (name, prompt) => {
    await attached(pasted(samplePng, name));
    expect(fixture.gallery()).toMatchObject([{ prompt }]);
  });

  test('have a maximum size', async () => {
    const bytes = new Uint8Array(100 * 1024 * 1024 + 1);
    expect(await fixture.imports.attach({ name: 'a.png', bytes })).toMatchObject({
      ok: false,
      code: 'pasted_too_large',
    });
  });

  test('that a crash has left are added by the next start, once, and what is no picture is removed', async () => {
    const folder = path.join(fixture.dataFolder, 'pasted');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'whole'), samplePng);
    writeFileSync(path.join(folder, 'whole-too'), samplePng);
    writeFileSync(path.join(folder, 'half'), samplePng.subarray(0, 40));
    await fixture.imports.finishInterrupted();
    expect(fixture.gallery()).toMatchObject([{ prompt: 'Pasted picture' }]);
    expect(leftBehind()).toEqual([]);
  });

  test('stay for the next start if the app quits meanwhile', async () => {
    fixture.importer.shouldExit = () => {
      fixture.quitting.abort();
      return true;
    };
    await fixture.imports.attach(pasted(samplePng)).catch(() => {});
    expect(leftBehind()).toHaveLength(1);
  });
});

test.each([
  null,
  7,
  'fox.png',
  {},
  { path: 'relative.png' },
  { path: '' },
  { name: 'a.png' },
  { name: 'a.png', bytes: 'text' },
  { name: 'a.png', bytes: [1, 2] },
  { path: '/tmp/a.png', name: 'a.png', bytes: new Uint8Array(3) },
])('refuses %j', async (picture) => {
  expect(await fixture.imports.attach(picture)).toMatchObject({ ok: false, code: 'bad_request' });
});
