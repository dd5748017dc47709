import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { sample } from '../../generator/pipeline/test-pictures';
import { createTestStorage, type TestStorage } from '../storage/test-storage';
import { formatDay } from './export-file-names';
import { copyName, saveCopies } from './save-copy';

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

const save = () => saveCopies(storage.chat.store, storage.folder, ids, out);

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
