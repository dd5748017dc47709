import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildScript } from '../../../../tests/harness/build-script';
import { sha256Of } from '../../../../tests/servers/test-engine';
import { temporaryFolder } from '../../test-support/temporary-folder';
import { createHashInThread } from './hash-in-thread';
import type { Target } from './runnable';
import { createVerifyFiles } from './verify-files';

let built: Awaited<ReturnType<typeof buildScript>>;
let hash: ReturnType<typeof createHashInThread>;
const never = new AbortController().signal;
let temporary: ReturnType<typeof temporaryFolder>;
let target: Target;
let program: string;
let weights: string;

beforeAll(async () => {
  built = await buildScript('electron/main/engine/server/hash-thread.ts');
  hash = createHashInThread(built.script);
});

afterAll(() => built.remove());

beforeEach(() => {
  temporary = temporaryFolder();
  program = path.join(temporary.folder, 'sd-server');
  weights = path.join(temporary.folder, 'weights.gguf');
  writeFileSync(program, 'a program');
  writeFileSync(weights, Buffer.alloc(3_000_001, 'w'));
  target = {
    engine: {
      ...{ id: 'build', executable: program, folder: null },
      files: [{ path: program, sha256: sha256Of(program) }],
    },
    model: {
      ...{ id: 'model', label: 'Model', edits: false, arguments: [] },
      defaults: { steps: 4, guidance: 1, side: 64 },
      files: [{ path: weights, sha256: sha256Of(weights), role: 'model' }],
    },
  };
});

afterEach(() => temporary.remove());

test('hashes files in a thread', async () => {
  expect(await hash(weights, never)).toBe(sha256Of(weights));
  await expect(hash(path.join(temporary.folder, 'gone'), never)).rejects.toThrow();
  await expect(hash(weights, AbortSignal.abort())).rejects.toThrow();
});

test('accepts what is as it was installed, and hashes it again only after a write', async () => {
  const hashed: string[] = [];
  const verify = createVerifyFiles({
    hash(file, signal) {
      hashed.push(path.basename(file));
      return hash(file, signal);
    },
  });
  expect(await verify(target, never)).toEqual({ ok: true });
  expect(await verify(target, never)).toEqual({ ok: true });
  expect(hashed).toEqual(['sd-server', 'weights.gguf']);
  // The same content, time and size as before: the file system still knows of the write.
  writeFileSync(program, 'a program');
  utimesSync(program, 1, 1);
  expect(await verify(target, never)).toEqual({ ok: true });
  expect(hashed).toEqual(['sd-server', 'weights.gguf', 'sd-server']);
});

test.each(['sd-server', 'weights.gguf'])(
  'finds a change of %s that keeps its size and its time',
  async (name) => {
    const verify = createVerifyFiles({ hash });
    expect(await verify(target, never)).toEqual({ ok: true });
    const file = path.join(temporary.folder, name);
    writeFileSync(file, Buffer.alloc(name === 'sd-server' ? 9 : 3_000_001, 'x'));
    utimesSync(file, 1, 1);
    expect(await verify(target, never)).toEqual({ ok: false, path: file, reason: 'changed' });
    expect(await verify(target, never)).toMatchObject({ reason: 'changed' });
  },
);

test('refuses a program that is not among the files with a hash', async () => {
  const verify = createVerifyFiles({ hash });
  const { engine } = target;
  const refused = { ok: false, path: program, reason: 'changed' };
  expect(await verify({ ...target, engine: { ...engine, files: [] } }, never)).toEqual(refused);
  const unknown = [{ path: program, sha256: null }];
  expect(await verify({ ...target, engine: { ...engine, files: unknown } }, never)).toEqual(refused);
});

test('accepts a model of the user’s own, which has no recorded hash, while it is there', async () => {
  const verify = createVerifyFiles({ hash });
  const files = [{ path: weights, sha256: null, role: 'model' as const }];
  const own = { ...target, model: { ...target.model, files } };
  expect(await verify(own, never)).toEqual({ ok: true });
  rmSync(weights);
  expect(await verify(own, never)).toEqual({ ok: false, path: weights, reason: 'missing' });
});

test('ends when nobody waits any more', async () => {
  const verify = createVerifyFiles({ hash });
  expect(await verify(target, AbortSignal.abort())).toMatchObject({ reason: 'stopped' });
});
