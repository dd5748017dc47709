import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { failure, success } from '../../../shared/domain/errors';
import { findXmp } from '../../../shared/domain/picture-bytes/embed-xmp';
import { formatOf } from '../../../shared/domain/picture-bytes/format-of';
import { type PictureFormat, pictureFile, type WrittenFormat } from '../../../shared/domain/picture-files';
import { readXmp } from '../../../shared/domain/xmp';
import { performCodecTask } from '../../generator/codec/perform-task';
import { sample } from '../../generator/pipeline/test-pictures';
import { openPlain } from '../db/test-database';
import { createTestStorage, type TestStorage } from '../storage/test-storage';
import { removeTemporaryCopies, writeDragCopies } from './drag-copies';
import { formatDay } from './export-file-names';
import { copyName, saveCopies, saveCopy } from './save-copy';

let storage: TestStorage;
let ids: string[];
let out: string;
/** Each test picture was made five milliseconds after 1970 and shows a fox. */
const name = `${formatDay(5)} a fox`;

beforeEach(() => {
  storage = createTestStorage();
  onTestFinished(() => storage.remove());
  const pictures = [1, 2, 3].map(() => storage.picture());
  for (const { file } of pictures) {
    writeFileSync(path.join(storage.folder, file), sample(3, 2).toBuffer('image/png'));
  }
  ids = pictures.map(({ id }) => id);
  out = path.join(storage.folder, 'out');
  mkdirSync(out);
});

/** Converts like the codec process, in this one. */
const context = () => ({
  store: storage.chat.store,
  dataFolder: storage.folder,
  generator: {
    async convert(file: string, target: string, format: WrittenFormat, quality: number) {
      const task = { kind: 'convert', file, target, format, quality } as const;
      return (await performCodecTask(task)) === true ? success(null) : failure('copy_not_converted');
    },
  },
});

const save = () => saveCopies(context(), ids, out);

test('a copy has the name that an export gives', () => {
  expect(copyName(storage.chat.store, ids[0] ?? '')).toBe(`${name}.png`);
  expect(copyName(storage.chat.store, 'none')).toBeUndefined();
});

test('saves several copies under different names and over no other file', async () => {
  writeFileSync(path.join(out, `${name.toUpperCase()}.PNG`), 'mine');
  expect(await save()).toEqual({ ok: true, value: { path: out, saved: 3, skipped: 0 } });
  expect(readdirSync(out).toSorted()).toEqual(
    [`${name.toUpperCase()}.PNG`, `${name} 2.png`, `${name} 3.png`, `${name} 4.png`].toSorted(),
  );
  expect(readFileSync(path.join(out, `${name.toUpperCase()}.PNG`), 'utf8')).toBe('mine');
  expect(readFileSync(path.join(out, `${name} 2.png`)).includes('a fox')).toBe(true);
});

test('skips pictures that are missing or deleted', async () => {
  rmSync(path.join(storage.folder, storage.chat.store.userImages.file(ids[1] ?? '') ?? ''));
  ids.push('none');
  expect(await save()).toMatchObject({ value: { saved: 2, skipped: 2 } });
});

test('says that a folder which is gone cannot be written', async () => {
  rmSync(out, { recursive: true });
  expect(await save()).toMatchObject({ ok: false, code: 'copy_not_saved' });
});

/** Saves the first picture under a name. @returns the names in the folder, and the copy's format and prompt. */
async function saveAs(chosen: string) {
  const [id = ''] = ids;
  const source = path.join(storage.folder, storage.chat.store.userImages.file(id) ?? '');
  const saved = await saveCopy(context(), id, { path: source, format: 'png' }, path.join(out, chosen));
  if (!saved.ok) return saved.code;
  const bytes = readFileSync(saved.value.path);
  return [
    path.basename(saved.value.path),
    formatOf(bytes),
    readXmp(findXmp(bytes) ?? '')?.prompt,
    readdirSync(out).includes(path.basename(saved.value.path)),
  ];
}

test.each([
  ['fox.png', 'fox.png', 'png'],
  ['fox.PNG', 'fox.PNG', 'png'],
  ['fox.jpg', 'fox.jpg', 'jpg'],
  ['fox.JPEG', 'fox.JPEG', 'jpg'],
  ['fox.jfif', 'fox.jfif', 'jpg'],
  ['a.b.webp', 'a.b.webp', 'webp'],
  ['fox', 'fox.png', 'png'],
  ['Mr. Fox', 'Mr. Fox.png', 'png'],
])('saves %j in the format of its ending, with the recipe', async (chosen, name, format) => {
  expect(await saveAs(chosen)).toEqual([name, format, 'a fox', true]);
  // Nothing of a conversion is left.
  const temporary = path.join(storage.folder, 'copies');
  expect(existsSync(temporary) ? readdirSync(temporary) : []).toEqual([]);
});

test.each(['fox.tiff', 'fox.gif', 'fox.avif', 'fox.svg', 'fox.txt'])(
  'says what can be written instead of %j, and writes nothing',
  async (chosen) => {
    expect(await saveAs(chosen)).toBe('format_not_written');
    expect(readdirSync(out)).toEqual([]);
  },
);

/** Makes the first picture one whose file stays in a folder of the user's, under a name that the user gave it. */
function keepElsewhere(name: string, format: PictureFormat, bytes: Uint8Array): void {
  const [id = ''] = ids;
  const own = path.join(storage.folder, name);
  writeFileSync(own, bytes);
  const database = openPlain(storage.databaseFile);
  database
    .prepare(
      `UPDATE user_images SET file = ?, linked_path = ?, linked_modified_at = ?, bytes = ?, message_id = NULL WHERE id = ?`,
    )
    .run(pictureFile(id, format), own, Math.round(statSync(own).mtimeMs), bytes.length, id);
  database.close();
  storage.chat.store.settings.write({ embedRecipes: false });
}

const jpeg = () => sample(3, 2).toBuffer('image/jpeg');
const gif = () => Buffer.from('R0lGODlhAQABAIAAAP8AAAAAACwAAAAAAQABAAACAkQBADs=', 'base64');

test.each([
  ['IMG_1.JPG', 'jpg', jpeg],
  ['photo.jpeg', 'jpg', jpeg],
  ['photo.png', 'jpg', jpeg],
  ['MOVING.GIF', 'gif', gif],
  ['moving.jpg', 'gif', gif],
  ['no ending', 'gif', gif],
] as const)(
  'copies %j of a folder of the user’s as it is, as the %s that it holds',
  async (name, format, bytesOf) => {
    const bytes = bytesOf();
    keepElsewhere(name, format, bytes);
    ids = ids.slice(0, 1);
    expect(await save()).toMatchObject({ value: { saved: 1, skipped: 0 } });
    const copies = readdirSync(out);
    expect(copies).toEqual([`${formatDay(5)} a fox.${format}`]);
    expect(readFileSync(path.join(out, copies[0] ?? '')).equals(bytes)).toBe(true);
  },
);

test('does not replace a file that the dialog did not ask about', async () => {
  writeFileSync(path.join(out, 'fox.png'), 'mine');
  expect(await saveAs('fox')).toEqual(['fox 2.png', 'png', 'a fox', true]);
  expect(readFileSync(path.join(out, 'fox.png'), 'utf8')).toBe('mine');
});

test('puts a transparent picture on white as a JPEG, by the quality of the settings', async () => {
  const sizes: number[] = [];
  for (const copyQuality of [60, 100]) {
    storage.chat.store.settings.write({ copyQuality });
    await saveAs('fox.jpg');
    sizes.push(readFileSync(path.join(out, 'fox.jpg')).length);
  }
  expect(sizes[0]).toBeLessThan(sizes[1] ?? 0);
  const [id = ''] = ids;
  const source = path.join(storage.folder, storage.chat.store.userImages.file(id) ?? '');
  writeFileSync(source, createCanvas(8, 8).toBuffer('image/png'));
  await saveAs('clear.jpg');
  const picture = await loadImage(path.join(out, 'clear.jpg'));
  const pen = createCanvas(8, 8).getContext('2d');
  pen.drawImage(picture, 0, 0);
  expect(Array.from(pen.getImageData(4, 4, 1, 1).data)).toEqual([255, 255, 255, 255]);
});

test('drags copies out with the names of an export and with their recipes', async () => {
  rmSync(path.join(storage.folder, storage.chat.store.userImages.file(ids[1] ?? '') ?? ''));
  const copies = await writeDragCopies(storage.chat.store, storage.folder, [...ids, 'none']);
  expect(copies.map((file) => path.basename(file))).toEqual([`${name}.png`, `${name} 3.png`]);
  for (const file of copies) expect(readXmp(findXmp(readFileSync(file)) ?? '')?.prompt).toBe('a fox');

  storage.chat.store.settings.write({ embedRecipes: false });
  const [plain = ''] = await writeDragCopies(storage.chat.store, storage.folder, ids);
  expect(findXmp(readFileSync(plain))).toBeNull();
  // The program that they were dragged to may not have read the first ones yet.
  for (const file of copies) expect(existsSync(file)).toBe(true);
  await removeTemporaryCopies(storage.folder);
  for (const file of [...copies, plain]) expect(existsSync(file)).toBe(false);
});

test('drags a large selection out in its order, each picture with its recipe', async () => {
  const many = Array.from({ length: 51 }, () => {
    const { id, file } = storage.picture();
    writeFileSync(path.join(storage.folder, file), sample(3, 2).toBuffer('image/png'));
    return id;
  });
  const copies = await writeDragCopies(storage.chat.store, storage.folder, many);
  expect(copies.map((file) => path.basename(file))).toEqual(
    many.map((_, at) => (at === 0 ? `${name}.png` : `${name} ${at + 1}.png`)),
  );
  for (const file of copies) expect(readXmp(findXmp(readFileSync(file)) ?? '')?.prompt).toBe('a fox');
});
