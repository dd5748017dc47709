import { chmodSync, copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { success } from '../../../../shared/domain/errors';
import type { PictureJob } from '../../../../shared/generator/jobs';
import { failedJob } from '../../../../shared/generator/messages';
import { sentence } from '../../../../shared/languages/sentence';
import { createSdServer } from '../../../../tests/servers/sd-server';
import { createTestClock, sha256Of, systemTable } from '../../../../tests/servers/test-engine';
import { newId } from '../../db/new-id';
import { temporaryFolder } from '../../test-support/temporary-folder';
import { engineFolders } from '../engine-folders';
import { createEngineItems, type EngineItems } from '../engine-items';
import { createEngineServer, type SupervisedEngine } from './create-engine-server';
import { endWithApp } from './end-with-app';

let temporary: ReturnType<typeof temporaryFolder>;
let program: ReturnType<typeof createSdServer>;
let items: EngineItems;
let engine: SupervisedEngine;
let chosen: string | null;
let changes: string[];
let hold: (() => void) | null;

beforeEach(() => {
  temporary = temporaryFolder();
  program = createSdServer(path.join(temporary.folder, 'program'));
  items = createEngineItems(engineFolders(temporary.folder));
  changes = [];
  hold = null;
  engine = open();
});

function open(): SupervisedEngine {
  const clock = createTestClock();
  return createEngineServer(
    { items, onChange: () => void changes.push('status') },
    {
      dataFolder: temporary.folder,
      env: { PATH: process.env['PATH'] ?? '', ...program.env },
      platform: process.platform,
      table: systemTable,
      endWithApp: () => endWithApp(process.platform),
      hash: async (file) => sha256Of(file),
      chooseProgram: async () => chosen,
      generator: {
        configure: () => {},
        run: (job) => new Promise((resolve) => (hold = () => resolve(failedJob(job.jobId, 'refused', 0)))),
        stop: () => {},
      },
      isEngine: () => true,
      onProgress: () => {},
      onModels: () => void changes.push('models'),
      log: () => {},
      now: () => 1234,
      monotonic: clock.now,
      after: clock.after,
    },
  );
}

afterEach(async () => {
  engine.close();
  await expect.poll(() => program.alive()).toEqual([]);
  temporary.remove();
});

function install(kind: 'engine' | 'model', id: string): void {
  const folder = path.join(temporary.folder, 'engine', kind === 'engine' ? 'builds' : 'models', id);
  mkdirSync(folder, { recursive: true });
  const name = kind === 'engine' ? 'sd-server' : 'w.gguf';
  const file = path.join(folder, name);
  if (kind === 'engine') copyFileSync(program.executable, file);
  else writeFileSync(file, id);
  const entry = { path: name, bytes: statSync(file).size, sha256: sha256Of(file) };
  const common = { id, label: `Label of ${id}`, installedAt: 1, lastUsedAt: null };
  if (kind === 'engine') {
    items.add({
      ...{ kind, ...common, version: '1', platform: 'linux', arch: 'x64', backend: 'cpu' },
      ...{ executable: name, files: [{ ...entry, role: null }] },
    });
  } else {
    items.add({
      ...{ kind, ...common, isOwn: false, goodAt: 'Tests.', edits: id === 'edits', arguments: [] },
      ...{ memoryBytes: 1, videoMemoryBytes: 1, teraflopPerPicture: 1 },
      defaults: { steps: 4, guidance: 1, side: 64 },
      files: [{ ...entry, role: 'model' }],
    });
  }
}

function picture(model: string): PictureJob {
  return {
    ...{ kind: 'picture', jobId: newId(), requestId: newId(), provider: 'engine', model, prompt: 'a fox' },
    params: { aspectRatio: '1:1', seed: 7 },
  };
}

/** A request of the page. The caller is only passed on to the dialog. */
const caller = {} as Electron.IpcMainInvokeEvent;
const chooseEngine = () => engine.server.handlers['engine:choose-engine']({}, caller);

test('has the installed models, and can run them with an engine', async () => {
  expect(engine.presence()).toEqual({ isPresent: false, canRun: false, models: [] });
  install('model', 'edits');
  expect(engine.presence()).toEqual({ isPresent: true, canRun: false, models: ['edits'] });
  install('engine', 'build');
  expect(engine.presence()).toEqual({ isPresent: true, canRun: true, models: ['edits'] });
  expect(changes).toEqual(['models', 'models']);
  const others = {
    check: async () => success(sentence('services.google_key_accepted')),
    listModels: async () => success([]),
  };
  expect(await engine.probe(others).listModels('engine')).toEqual(
    success([{ id: 'edits', label: 'Label of edits', makes: 'pictures', references: 4 }]),
  );
  expect(await engine.probe(others).check('google')).toEqual(
    success(sentence('services.google_key_accepted')),
  );
  expect(await engine.probe(others).check('engine')).toMatchObject({ ok: true });
  expect(program.events()).toEqual([]);
});

test('records the use of an item and does not take it for another model', async () => {
  install('model', 'a');
  install('engine', 'build');
  changes = [];
  const run = engine.run(picture('a'));
  await expect.poll(() => hold).not.toBeNull();
  expect(items.list().map(({ lastUsedAt }) => lastUsedAt)).toEqual([1234, 1234]);
  expect(changes).not.toContain('models');
  hold?.();
  await run;
});

test('an item can be removed unless a picture is being made with it; the server of it ends first', async () => {
  install('model', 'a');
  install('model', 'b');
  install('engine', 'build');
  const run = engine.run(picture('a'));
  await expect.poll(() => hold).not.toBeNull();
  expect(await engine.server.release('a')).toBe(false);
  expect(await engine.server.release('build')).toBe(false);
  expect(await engine.server.release('b')).toBe(true);
  hold?.();
  await run;
  expect(program.alive()).toHaveLength(1);
  expect(await engine.server.release('b')).toBe(true);
  expect(program.alive()).toHaveLength(1);
  expect(await engine.server.release('a')).toBe(true);
  expect(program.alive()).toEqual([]);
});

test.each([
  ['a library beside the program', 'libggml.so'],
  ['a file in a folder below', 'lib/libggml.so'],
])('does not run an engine with %s that nobody installed', async (_what, name) => {
  install('model', 'a');
  install('engine', 'build');
  const added = path.join(temporary.folder, 'engine', 'builds', 'build', name);
  mkdirSync(path.dirname(added), { recursive: true });
  writeFileSync(added, 'x');
  expect(await engine.run(picture('a'))).toMatchObject({ code: 'engine_changed' });
  expect(program.events()).toEqual([]);
  expect(items.intact().map(({ id }) => id)).toEqual(['a']);
});

test.each([
  ['was changed', 'engine_changed', (file: string) => writeFileSync(file, 'b')],
  ['was deleted by hand', 'engine_missing', (file: string) => rmSync(file)],
])(
  'a model whose file %s fails with the reason and counts as damaged until it is installed again',
  async (_what, code, damage) => {
    install('model', 'a');
    install('engine', 'build');
    const [model] = items.models();
    if (!model) throw new Error('Nothing is installed.');
    damage(path.join(items.folderOf(model), 'w.gguf'));
    expect(items.intact()).toHaveLength(2);
    expect(await engine.run(picture('a'))).toMatchObject({ code });
    expect(items.intact().map(({ id }) => id)).toEqual(['build']);
    // The painter does not take its place unasked: the next picture says again what is wrong.
    expect(engine.presence()).toMatchObject({ isPresent: true, canRun: true, models: ['a'] });
    expect(await engine.run(picture('a'))).toMatchObject({ code });
    expect(program.events()).toEqual([]);
    install('model', 'a');
    expect(items.intact()).toHaveLength(2);
  },
);

describe('an engine of the user’s own', () => {
  test('is run once to see what it is, is kept, and takes the place of the downloaded one', async () => {
    install('model', 'a');
    chosen = program.executable;
    expect(await chooseEngine()).toEqual(success(program.executable));
    expect(engine.presence()).toMatchObject({ canRun: true });
    engine = open();
    expect(engine.server.ownEngine()).toBe(program.executable);
    const run = engine.run(picture('a'));
    await expect.poll(() => hold).not.toBeNull();
    hold?.();
    await run;
    expect(program.events('start')).toHaveLength(1);
    engine.server.handlers['engine:forget-own']({}, caller);
    expect(engine.server.ownEngine()).toBeNull();
    expect(engine.presence()).toMatchObject({ canRun: false });
    expect(open().server.ownEngine()).toBeNull();
  });

  test('that was replaced after it was chosen is not run', async () => {
    install('model', 'a');
    chosen = program.executable;
    await chooseEngine();
    writeFileSync(program.executable, '#!/bin/sh\n');
    expect(await engine.run(picture('a'))).toMatchObject({
      code: 'engine_changed',
      message: expect.stringContaining('Choose it again'),
    });
  });

  test.each([
    ['another program', '#!/bin/sh\necho usage: sd-cli --prompt\n'],
    ['a program that fails', '#!/bin/sh\necho --listen-port\nexit 1\n'],
    ['no program', 'GGUF'],
  ])('is refused if it is %s', async (_what, text) => {
    chosen = path.join(temporary.folder, 'other');
    writeFileSync(chosen, text);
    chmodSync(chosen, 0o755);
    expect(await chooseEngine()).toMatchObject({ ok: false, code: 'not_an_engine' });
    expect(engine.server.ownEngine()).toBeNull();
  });

  test('is refused if it is a folder, is missing, or may not be run', async () => {
    const plain = path.join(temporary.folder, 'plain');
    writeFileSync(plain, '#!/bin/sh\necho --listen-port\n');
    for (chosen of [temporary.folder, path.join(temporary.folder, 'gone'), plain])
      expect(await chooseEngine()).toMatchObject({ ok: false, code: 'not_an_engine' });
    chosen = null;
    expect(await chooseEngine()).toEqual(success(null));
  });
});
