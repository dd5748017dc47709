import { createHash } from 'node:crypto';
import { setImmediate as pause } from 'node:timers/promises';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { everyPicture } from '../../../shared/domain/gallery-query';
import { rememberModels } from '../../../shared/domain/listed-models';
import { newService } from '../../../shared/domain/services';
import { createIndexing, indexSearchWords } from '../gallery/index-search-words';
import { temporaryFolder } from '../test-support/temporary-folder';
import { nativeBinding } from './native-binding';
import { newId } from './new-id';
import { openStore, type Store } from './open';
import { foldingVersion, partsOf, wordsOf } from './search-words';
import { openPlain } from './test-database';
import { readGallery } from './test-gallery';

let file: string;
let store: Store;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  file = `${folder}/afterimage.db`;
  store = openStore({ file, nativeBinding: nativeBinding(process.cwd()) });
  store.transaction(() =>
    store.services.add({ ...newService('own', 'openai-compatible', 'Moorhen Bank'), removedAt: null }),
  );
  onTestFinished(() => {
    rememberModels('own', 'openai-compatible', []);
    store.close();
    remove();
  });
});

function add(count: number, model: string, provider = 'own'): void {
  store.batch(() => {
    for (let index = 0; index < count; index += 1) {
      const id = newId();
      store.userImages.insert({
        ...{ id, messageId: id, file: `images/${id}.png`, width: 3, height: 2, bytes: 1, thumbhash: '' },
        ...{ prompt: 'a fox', provider, model, params: '{}', createdAt: 1_700_000_000_000 },
      });
    }
  });
}

const list = (model: string, label: string) =>
  rememberModels('own', 'openai-compatible', [{ id: model, label, makes: 'pictures' }]);
const found = (text: string) => store.galleryFacets.count({ ...everyPicture, text });
const refresh = () => indexSearchWords({ store, signal: new AbortController().signal, pause });

function write(sql: string): void {
  const plain = openPlain(file);
  plain.exec(sql);
  plain.close();
}

test('finds older pictures by the new name of their model, and no more by the old one', async () => {
  list('house-7', 'Coot');
  add(510, 'house-7');
  add(3, 'house-8');
  await refresh();
  expect([found('coot'), found('grebe')]).toEqual([510, 0]);
  list('house-7', 'Grebe');
  await refresh();
  expect([found('coot'), found('grebe'), found('house-7'), found('fox')]).toEqual([0, 510, 510, 513]);
  expect(store.check('full')).toEqual([]);
});

test('finds older pictures by a name that came after them', async () => {
  add(2, 'house-7');
  await refresh();
  list('house-7', 'Grebe');
  await refresh();
  expect(found('grebe')).toBe(2);
});

test('keeps a name while the list that it is from is not read', async () => {
  list('house-7', 'Coot');
  add(2, 'house-7');
  await refresh();
  rememberModels('own', 'openai-compatible', []);
  await refresh();
  write(`UPDATE user_images SET prompt = 'a wren'`);
  await refresh();
  expect([found('coot'), found('wren coot')]).toEqual([2, 2]);
});

test('finds older pictures by the new name of their service', async () => {
  add(2, 'house-7');
  await refresh();
  const service = store.services.list().find(({ id }) => id === 'own');
  if (!service) throw new Error('The service is missing.');
  store.transaction(() => store.services.write({ ...service, name: 'Heron Lake' }));
  await refresh();
  expect([found('moorhen'), found('heron')]).toEqual([0, 2]);
});

test('a new name writes no picture again', async () => {
  add(120, 'house-7');
  await refresh();
  const before = store.changeCount();
  list('house-7', 'Grebe');
  await refresh();
  // The name itself, and the commands that look for parts to merge.
  expect(store.changeCount() - before).toBeLessThan(10);
  expect(found('grebe')).toBe(120);
});

test('a name that comes while it works is found too', async () => {
  add(60, 'house-7');
  write('INSERT INTO search_queue SELECT order_key FROM user_images');
  let isFirst = true;
  const indexing = createIndexing(
    {
      store,
      signal: new AbortController().signal,
      async pause() {
        if (isFirst) list('house-7', 'Grebe');
        if (isFirst) indexing.wake();
        isFirst = false;
        await pause();
      },
    },
    () => {},
  );
  list('house-7', 'Coot');
  indexing.wake();
  await expect.poll(() => found('grebe')).toBe(60);
  expect(found('coot')).toBe(0);
});

test('an index that could not be written, for example on a full disk, is written later', async () => {
  const logged = vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => logged.mockRestore());
  list('house-7', 'Grebe');
  add(60, 'house-7');
  write('INSERT INTO search_queue SELECT order_key FROM user_images');
  let isFull = true;
  const retries: (() => void)[] = [];
  const batch: Store['batch'] = (work) => {
    if (isFull) throw new Error('full');
    return store.batch(work);
  };
  const options = { store: { ...store, batch }, signal: new AbortController().signal, pause };
  const indexing = createIndexing(options, (_milliseconds, work) => void retries.push(work));
  indexing.wake();
  await expect.poll(() => retries.length).toBe(1);
  isFull = false;
  for (const retry of retries) retry();
  await expect.poll(() => store.searchIndex.unindexed()).toBe(0);
  expect(found('grebe')).toBe(60);
});

test('finds words of the prompt and of names together, and whole words first', async () => {
  list('house-7', 'Grebe');
  add(2, 'house-7');
  add(1, 'grebes');
  add(1, 'house-8');
  await refresh();
  const texts = ['fox gre', 'fox ebe', 'fox grebe moor', 'fox coot'];
  expect(texts.map(found)).toEqual([3, 3, 3, 0]);
  const query = { ...everyPicture, text: 'grebe', sort: 'relevance' } as const;
  expect(readGallery(store, query).map(({ model }) => model)).toEqual(['house-7', 'house-7', 'grebes']);
});

test('finds the words of a name in quotation marks only one after the other', async () => {
  list('house-7', 'Great Crested Grebe');
  add(2, 'house-7');
  await refresh();
  const texts = [
    '"crested grebe"',
    '"great grebe"',
    '"crested gre',
    '"crested gre"',
    '"rested grebe"',
    'moorhen-ba',
  ];
  expect(texts.map(found)).toEqual([2, 0, 2, 0, 0, 2]);
});

test('the number of a source is no word that can be searched for', async () => {
  add(2, 'house-x');
  await refresh();
  expect(['1', '§1', '§', '"§1"'].map(found)).toEqual([0, 0, 0, 0]);
});

test('the same model of another service has the name of that service', async () => {
  store.transaction(() =>
    store.services.add({ ...newService('other', 'openai-compatible', 'Heron Lake'), removedAt: null }),
  );
  add(2, 'house-7');
  add(1, 'house-7', 'other');
  await refresh();
  expect(['heron', 'moorhen', 'house-7'].map(found)).toEqual([1, 2, 3]);
});

test('indexes pictures and messages again that another version has folded', async () => {
  add(2, 'house-7');
  await refresh();
  store.close();
  write(`UPDATE search_folding SET version = 0;
    INSERT INTO picture_words (picture_words) VALUES ('delete-all');
    INSERT INTO picture_parts (picture_parts) VALUES ('delete-all');
    INSERT INTO conversations (id, title, created_at, updated_at) VALUES ('c', 'c', 1, 1);
    INSERT INTO messages (id, conversation_id, role, kind, status, text, created_at, updated_at)
      VALUES ('m', 'c', 'user', 'text', 'ready', 'a lighthouse', 1, 1);
    DELETE FROM message_search_queue;`);
  store = openStore({ file, nativeBinding: nativeBinding(process.cwd()) });
  expect([found('fox'), store.searchIndex.unindexed()]).toEqual([0, 2]);
  await refresh();
  expect([found('fox'), store.searchIndex.unindexed()]).toEqual([2, 0]);
  const index = openPlain(file);
  onTestFinished(() => void index.close());
  const count = (sql: string) => index.prepare(sql).pluck().get();
  expect(count('SELECT version FROM search_folding')).toBe(foldingVersion);
  expect(count(`SELECT count(*) FROM message_words WHERE message_words MATCH 'lighthouse'`)).toBe(1);
});

/** Blocks in which no more characters will be added. */
const blocks = [
  ...[
    [0x20, 0x24f],
    [0x300, 0x36f],
    [0x391, 0x52f],
    [0x5d0, 0x5ea],
    [0x600, 0x6ff],
  ],
  ...[
    [0x904, 0x94d],
    [0xe01, 0xe3a],
    [0x3041, 0x3096],
    [0x30a1, 0x30ff],
    [0x4e00, 0x4fff],
    [0xff01, 0xff9f],
  ],
] as const;

test('the version of folding is counted up whenever a word becomes another one', () => {
  const hash = createHash('sha256');
  for (const [first = 0, last = 0] of blocks)
    for (let code = first; code <= last; code += 1) {
      const text = `a${String.fromCodePoint(code)}b ${String.fromCodePoint(code)}`;
      hash.update(JSON.stringify([wordsOf(text), partsOf(text)]));
    }
  hash.update(JSON.stringify([wordsOf("l'été col·lecció 🦊"), partsOf('a lighthouse of 富士山の夕焼け')]));
  expect({ version: foldingVersion, words: hash.digest('hex').slice(0, 16) }).toEqual({
    version: 1,
    words: '7b2fc559527af11a',
  });
});
