import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { ExportProgress } from '../../../shared/contract/export';
import { draftSchema } from '../../../shared/domain/draft';
import { maskFile } from '../../../shared/domain/edits';
import { everyPicture } from '../../../shared/domain/gallery-query';
import { findXmp } from '../../../shared/domain/picture-bytes/embed-xmp';
import {
  derivedFilesOf,
  factsOf,
  keptFile,
  keptFolder,
  originalFile,
  pictureFile,
} from '../../../shared/domain/picture-files';
import { readXmp } from '../../../shared/domain/xmp';
import { sample } from '../../generator/pipeline/test-pictures';
import { newId } from '../db/new-id';
import { openPlain } from '../db/test-database';
import { createTestStorage, type TestStorage } from '../storage/test-storage';
import { archiveName } from './archive-format';
import { ExportCancelled } from './export-pictures';
import { createFolderTarget } from './folder-target';
import { recordPartialExport, removePartialExport } from './partial-export';
import { importArchive, NewerArchive, NoArchive, nothingImported } from './read-archive';
import { createExportRunner } from './run-export';
import { writeArchive } from './write-archive';

let here: TestStorage;
let there: TestStorage;
let folder: string;
let chat: string;
let ids: string[];

const usedInk = { id: 'ink', name: 'Ink', prompt: 'ink, {prompt}', negativePrompt: '', values: { a: 'b' } };

const tables = [
  ['conversations', 'id'],
  ['messages', 'id'],
  ['drafts', 'conversation_id'],
  ['user_images', 'id'],
  ['collections', 'id'],
  ['collection_images', 'collection_id, image_id'],
  ['charges', 'id'],
  ['image_generation_log', 'id'],
  ['workflows', 'name'],
  ['styles', 'id'],
  ['edit_drafts', 'image_id'],
  ['settings', 'key'],
] as const;

beforeEach(() => {
  here = createTestStorage();
  there = createTestStorage();
  onTestFinished(() => {
    here.remove();
    there.remove();
  });
  folder = path.join(here.folder, 'out', 'Afterimage');
  mkdirSync(path.dirname(folder));
  const { store } = here.chat;
  chat = newId();
  store.conversations.insert({ id: chat, title: 'Foxes / and: Łódź', createdAt: 3 });
  ids = Array.from({ length: 5 }, () => here.picture({ conversationId: chat }).id);
  for (const [at, id] of ids.entries()) {
    const file = store.userImages.file(id) ?? '';
    writeFileSync(path.join(here.folder, file), sample(3 + at, 2).toBuffer('image/png'));
    writeFileSync(path.join(here.folder, file.replace('.png', '.json')), `{"recipe":${at}}`);
  }
  const [first = '', second = '', third = '', fourth = ''] = ids;
  store.userImages.setFavourite(first, true);
  store.trash.add(second, 9);
  rmSync(path.join(here.folder, store.userImages.file(third) ?? ''));
  const [collection, search] = [newId(), newId()];
  store.transaction(() => {
    store.collections.create(collection, 'Best', null, 4);
    store.collections.add(collection, [fourth, first], 5);
    store.collections.create(search, 'Search', { ...everyPicture, text: 'fox' }, 6);
  });
  store.settings.write({ theme: 'dark', trashDays: 90, hiddenStarters: ['pixel_art'] });
  store.transaction(() =>
    store.styles.save({
      id: newId(),
      name: 'Ink "wash"',
      prompt: '{prompt},\n墨',
      negativePrompt: 'x',
      pictureId: first,
    }),
  );
  sql(
    here,
    `INSERT INTO messages (id, conversation_id, role, kind, status, text, styles, created_at, updated_at)
             VALUES ('${newId()}', '${chat}', 'user', 'text', 'ready', '# a "question"\n\n- 日本',
                     '${JSON.stringify([usedInk])}', 7, 8)`,
  );
  sql(here, `INSERT INTO drafts VALUES ('${chat}', '${newId()}', '{"text":"an owl"}')`);
  // In a chat in which nothing was sent yet.
  sql(here, `INSERT INTO drafts VALUES ('${newId()}', '${newId()}', '{"text":"a hare"}')`);
  sql(here, `INSERT INTO workflows VALUES ('s', 'Mine', '{}', '{}', 1)`);
  sql(here, `INSERT INTO charges VALUES ('x', 'picture', NULL, 'google', 'imagen', 5, 'made', 40)`);
});

function sql(storage: TestStorage, statement: string): void {
  const database = openPlain(storage.databaseFile);
  database.exec(statement);
  database.close();
}

/** Everything that an export has: the rows of all tables, the settings, and the files of the pictures. */
function contentOf(storage: TestStorage) {
  const database = openPlain(storage.databaseFile);
  const rows = tables.map(([table, order]) =>
    database.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).safeIntegers().all(),
  );
  database.close();
  const files = ids.flatMap((id) =>
    ['png', 'json'].map((ending) => {
      const file = path.join(storage.folder, `images/${id.slice(-2)}/${id}.${ending}`);
      if (!existsSync(file)) return null;
      // A recipe is JSON, however it is spaced.
      return ending === 'json'
        ? JSON.parse(readFileSync(file, 'utf8'))
        : readFileSync(file).toString('base64');
    }),
  );
  return { rows, files, settings: storage.chat.store.settings.read() };
}

async function exportHere(signal = new AbortController().signal, onProgress = (_: ExportProgress) => {}) {
  const target = await createFolderTarget(folder);
  return writeArchive({ store: here.chat.store, dataFolder: here.folder, target, signal, onProgress });
}

/** Imports the export as the app does. @param onDerive called for each picture. */
function runnerThere(onDerive: (id: string) => void = () => {}) {
  const { context } = there.chat;
  return createExportRunner({
    ...{ store: there.chat.store, broadcast: context.broadcast, now: context.now, dataFolder: there.folder },
    ...{ signal: new AbortController().signal, onArchiveImported: () => {} },
    generator: { derive: onDerive },
  });
}

async function importAll(
  signal = new AbortController().signal,
  onProgress = (_: ExportProgress) => {},
  imported = nothingImported(),
) {
  const { store } = there.chat;
  const options = { store, dataFolder: there.folder, folder, derive: () => {}, signal, onProgress, imported };
  await importArchive(options);
  return imported;
}

test('loses nothing on the way into another installation, and adds nothing twice', async () => {
  const progress: ExportProgress[] = [];
  expect(await exportHere(undefined, (each) => progress.push(each))).toEqual({
    pictures: 4,
    conversations: 1,
    missing: 1,
  });
  expect(progress.at(-1)).toEqual({ done: 6, total: 6 });
  const imported = await importAll();
  expect(imported).toEqual({ pictures: ids, conversations: [chat], damaged: 0, damagedConversations: 0 });
  expect(contentOf(there)).toEqual(contentOf(here));
  expect(there.chat.store.galleryFacets.count({ ...everyPicture, text: 'fox' })).toBe(4);

  expect(await importAll()).toEqual({ pictures: [], conversations: [], damaged: 0, damagedConversations: 0 });
  expect(contentOf(there)).toEqual(contentOf(here));
});

test('takes masks along, what pictures were converted from, and what services sent that cannot be opened', async () => {
  const [id = ''] = ids;
  const mask = maskFile(newId());
  const kept = keptFile(newId());
  const original = originalFile(id, 'heic');
  sql(here, `UPDATE user_images SET provider = 'imported' WHERE id = '${id}'`);
  mkdirSync(path.join(here.folder, 'masks'));
  writeFileSync(path.join(here.folder, mask), 'a mask');
  writeFileSync(path.join(here.folder, 'masks', 'notes.txt'), 'not ours');
  writeFileSync(path.join(here.folder, original), 'an original');
  mkdirSync(path.join(here.folder, keptFolder));
  writeFileSync(path.join(here.folder, kept), 'what a service sent');
  writeFileSync(path.join(here.folder, factsOf(kept)), '{"facts":1}');
  await exportHere();
  expect(await importAll()).toMatchObject({ damaged: 0 });
  expect(readFileSync(path.join(there.folder, mask), 'utf8')).toBe('a mask');
  expect(readFileSync(path.join(there.folder, original), 'utf8')).toBe('an original');
  expect(readFileSync(path.join(there.folder, kept), 'utf8')).toBe('what a service sent');
  expect(readFileSync(path.join(there.folder, factsOf(kept)), 'utf8')).toBe('{"facts":1}');
  expect(readdirSync(path.join(there.folder, 'masks'))).toEqual([path.basename(mask)]);

  // An export whose paths lead elsewhere, or whose files were changed, adds nothing.
  rmSync(path.join(there.folder, mask));
  const file = path.join(folder, archiveName);
  const archive = JSON.parse(readFileSync(file, 'utf8'));
  const [known] = archive.files;
  const hostile = [
    '../x.png',
    'masks/../../x.png',
    '/tmp/x.png',
    'afterimage.db',
    `masks/${newId()}.exe`,
    'kept/x',
  ];
  archive.files = hostile.map((each) => ({ ...known, path: each }));
  archive.files.push({ ...known, path: mask, sha256: 'another' });
  writeFileSync(file, JSON.stringify(archive));
  expect(await importAll()).toMatchObject({ damaged: hostile.length + 1 });
  expect(readdirSync(path.join(there.folder, 'masks'))).toEqual([]);
});

test('takes along what there is of a picture whose file is missing, and nothing small of one that has its file', async () => {
  const smallOf = (id: string) => derivedFilesOf(pictureFile(id, 'png'));
  const [first = '', , third = ''] = ids;
  for (const file of [...smallOf(first), ...smallOf(third)])
    writeFileSync(path.join(here.folder, file), `of ${file}`);
  await exportHere();
  expect(await importAll()).toMatchObject({ damaged: 0 });
  expect(existsSync(path.join(there.folder, pictureFile(third, 'png')))).toBe(false);
  const arrived = [...smallOf(first), ...smallOf(third)].filter((file) =>
    existsSync(path.join(there.folder, file)),
  );
  expect(arrived).toEqual(smallOf(third));
  for (const file of arrived) expect(readFileSync(path.join(there.folder, file), 'utf8')).toBe(`of ${file}`);
});

test('exports pictures with recipes and names, and conversations to read', async () => {
  await exportHere();
  const pictures = readdirSync(path.join(folder, 'pictures'));
  const [name = ''] = pictures.filter((each) => each.endsWith('a fox.png'));
  const picture = readFileSync(path.join(folder, 'pictures', name));
  expect(readXmp(findXmp(picture) ?? '')?.prompt).toBe('a fox');
  const conversations = readdirSync(path.join(folder, 'conversations'));
  const markdown = conversations.find((each) => each.endsWith('.md')) ?? '';
  const text = readFileSync(path.join(folder, 'conversations', markdown), 'utf8');
  expect(text).toContain('# Foxes / and: Łódź\n');
  expect(text).toContain('\n# a "question"\n\n- 日本\n\n*Styles: Ink*\n');
  expect(text).toContain(`![a fox](<../pictures/${name}>)`);
});

test('contains neither headers of services, which may be keys, nor what is allowed to get them', async () => {
  const { store } = here.chat;
  const [service] = store.services.list();
  if (!service) throw new Error('There is no service.');
  const secretOrigin = 'https://only-here.example';
  store.transaction(() =>
    store.services.write({
      ...{ ...service, headers: { Authorization: 'Bearer secret' } },
      ...{ headersFor: [secretOrigin], environmentKeyFor: [secretOrigin] },
    }),
  );
  await exportHere();
  const written = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  for (const each of written) {
    const bytes = readFileSync(path.join(each.parentPath, each.name));
    for (const text of ['Bearer secret', secretOrigin])
      expect(bytes.includes(text), `${text} in ${each.name}`).toBe(false);
  }
});

test('continues an import that was cancelled or killed in the middle', async () => {
  await exportHere();
  for (const at of [1, 2, 3, 4, 5]) {
    const stopping = new AbortController();
    const stop = ({ done }: ExportProgress) => done === at && stopping.abort();
    await expect(importAll(stopping.signal, stop)).rejects.toThrow(ExportCancelled);
  }
  await importAll();
  expect(contentOf(there)).toEqual(contentOf(here));
});

test('shows and counts what came before an import was cancelled or failed', async () => {
  await exportHere();
  const { broadcasts } = there.chat;
  const derived: string[] = [];
  const runner = runnerThere((id) => {
    derived.push(id);
    if (derived.length === 2) runner.cancel();
  });
  const reply = await runner.startArchiveImport(folder);
  expect(reply).toMatchObject({ ok: true, value: { pictures: 2, conversations: 0, isCancelled: true } });
  expect(broadcasts['gallery:added'].flat().map(({ id }) => id)).toEqual(derived);

  // A folder where a file has to be written.
  const blocked = path.join(there.folder, here.chat.store.userImages.file(ids[4] ?? '') ?? '');
  rmSync(path.dirname(blocked), { recursive: true, force: true });
  writeFileSync(path.dirname(blocked), '');
  expect(await runner.startArchiveImport(folder)).toMatchObject({
    ok: false,
    code: 'archive_not_imported',
  });
  const shown = broadcasts['gallery:added'].flat().length;
  expect(shown).toBe(there.chat.store.archive.pictureIds().length);
});

test('tells the windows of everything that an import has added, of which they may show something else', async () => {
  const draft = { ...draftSchema.parse({ questionId: newId(), text: 'an owl' }) };
  const question = here.chat.store.messages.page(chat, null, 10).messages.find(({ role }) => role === 'user');
  here.chat.store.drafts.set(chat, draft);
  here.chat.store.drafts.set(question?.id ?? '', { ...draft, questionId: newId(), text: 'two owls' });
  await exportHere();
  expect(await runnerThere().startArchiveImport(folder)).toMatchObject({ ok: true });
  const { broadcasts } = there.chat;
  expect(broadcasts['conversation:updated']).toMatchObject([{ id: chat }]);
  expect(broadcasts['draft:changed']).toEqual([{ conversationId: chat, draft }]);
  expect(broadcasts['edit:changed']).toMatchObject([
    { messageId: question?.id, draft: { text: 'two owls' } },
  ]);
  for (const name of ['collections:changed', 'styles:changed', 'trash:changed'] as const)
    expect(broadcasts[name], name).toEqual([{}]);
});

test('does not take a test of a key along, which stays here', async () => {
  sql(here, `INSERT INTO service_checks VALUES ('google', 5, 'key_rejected', NULL, NULL)`);
  await exportHere();
  await importAll();
  expect(there.chat.store.serviceChecks.list()).toEqual([]);
});

test('leaves nothing of a cancelled export, and nothing that looks whole of a killed one', async () => {
  for (const at of [1, 3, 6]) {
    const stopping = new AbortController();
    const stop = ({ done }: ExportProgress) => done === at && stopping.abort();
    await expect(exportHere(stopping.signal, stop)).rejects.toThrow(ExportCancelled);
    expect(readdirSync(path.dirname(folder))).toEqual([]);
  }
  await exportHere();
  // As a crash before the end leaves it.
  rmSync(path.join(folder, archiveName));
  await expect(importAll()).rejects.toThrow(NoArchive);
  expect(contentOf(there).rows.flat()).toEqual([]);

  const partial = `${folder}.part`;
  mkdirSync(path.join(partial, 'pictures'), { recursive: true });
  mkdirSync(path.join(partial, 'conversations'));
  mkdirSync(path.join(partial, 'files'));
  const further = [
    maskFile(newId()),
    keptFile(newId()),
    factsOf(keptFile(newId())),
    originalFile(newId(), 'heic'),
  ];
  for (const name of [
    ...['pictures/a.png', 'pictures/a.png.json', 'conversations/a.md', 'pictures/mine.psd'],
    ...further.map((file) => `files/${path.basename(file)}`),
  ])
    writeFileSync(path.join(partial, name), 'x');
  await recordPartialExport(here.folder, partial);
  await removePartialExport(here.folder);
  expect(readdirSync(partial, { recursive: true }).toSorted()).toEqual(['pictures', 'pictures/mine.psd']);
});

test('leaves out damaged pictures, and paths that are not those of the picture', async () => {
  await exportHere();
  const pictures = path.join(folder, 'pictures');
  const sidecars = readdirSync(pictures).filter((name) => name.endsWith('.json'));
  const [first = '', second = ''] = sidecars;
  writeFileSync(path.join(pictures, first.replace('.json', '')), 'damaged');
  const hostile = readFileSync(path.join(pictures, second), 'utf8').replace(
    /"images\/[^"]+"/,
    '"../../evil.png"',
  );
  writeFileSync(path.join(pictures, second), hostile);
  expect(await importAll()).toMatchObject({ damaged: 2 });
  expect(existsSync(path.join(there.folder, '../../evil.png'))).toBe(false);
  expect(there.chat.store.archive.pictureIds()).toHaveLength(3);
});

test('counts conversations whose files are damaged', async () => {
  await exportHere();
  const conversations = path.join(folder, 'conversations');
  const [name = ''] = readdirSync(conversations).filter((each) => each.endsWith('.json'));
  writeFileSync(path.join(conversations, name), '{');
  expect(await importAll()).toMatchObject({ conversations: [], damagedConversations: 1 });
});

test('does not send again what was not finished, and says that an export is newer', async () => {
  here.picture({ conversationId: chat, isReady: false });
  await exportHere();
  await importAll();
  expect(there.chat.store.messages.unfinished()).toEqual([]);
  const file = path.join(folder, archiveName);
  const archive = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...archive, archive: 2 }));
  await expect(importAll()).rejects.toThrow(NewerArchive);
});

test('does not choose where prompts are sent', async () => {
  here.chat.store.settings.write({ provider: 'openai', allowPrivateAddresses: true, displayQuality: 70 });
  await exportHere();
  await importAll();
  expect(there.chat.store.settings.read()).toMatchObject({
    ...{ provider: 'automatic', allowPrivateAddresses: false, displayQuality: 70 },
  });
});

test('keeps what is here already', async () => {
  await exportHere();
  const { store } = there.chat;
  store.settings.write({ theme: 'light' });
  const own = there.picture();
  // Another picture has the place of one that comes in.
  const [first = ''] = ids;
  sql(
    there,
    `UPDATE user_images SET order_key = ${here.chat.store.archive.picture(first)?.['order_key']} WHERE id = '${own.id}'`,
  );
  await importAll();
  expect(store.settings.read()).toMatchObject({ theme: 'light', trashDays: 90 });
  expect(store.archive.pictureIds().toSorted()).toEqual([...ids, own.id].toSorted());
});
