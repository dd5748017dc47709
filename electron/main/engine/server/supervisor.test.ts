import { appendFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAlive } from '../../../../tests/servers/sd-server';
import { createTestEngine, systemTable, type TestEngine } from '../../../../tests/servers/test-engine';
import { temporaryFolder } from '../../test-support/temporary-folder';
import { quietMs } from './supervisor';

let temporary: ReturnType<typeof temporaryFolder>;
let engine: TestEngine;
const never = new AbortController().signal;

beforeEach(() => {
  temporary = temporaryFolder();
  engine = createTestEngine(temporary.folder);
});

afterEach(async () => {
  engine.supervisor.close();
  await expect.poll(() => engine.program.alive()).toEqual([]);
  temporary.remove();
});

async function use(target = engine.target(), signal = never) {
  const used = await engine.supervisor.use(target, signal);
  if (!used.ok) throw new Error(`${used.code}: ${used.message}`);
  return used.value;
}

function request(address: string, body: object): Promise<Response> {
  return fetch(`${address}/sdcpp/v1/img_gen`, { method: 'POST', body: JSON.stringify(body) });
}

const onlyProcess = () => engine.program.alive()[0] ?? Number.NaN;

test('starts a server on a free port of the loopback interface with the model and its defaults', async () => {
  const target = engine.target();
  const { address } = await use(target);
  expect(engine.states).toEqual(['starting', 'running']);
  const [, port] = /^http:\/\/127\.0\.0\.1:(\d+)$/.exec(address) ?? [];
  expect(engine.program.events('start')).toMatchObject([
    {
      args: [
        ...['--listen-ip', '127.0.0.1', '--listen-port', port],
        ...['--diffusion-model', target.model.files[0]?.path, '--steps', '4', '--cfg-scale', '1'],
        ...['--sampling-method', 'euler', '--width', '64', '--height', '64', '--diffusion-fa'],
      ],
    },
  ]);
});

test('keeps the server warm for the next picture and ends it after the quiet time', async () => {
  const first = await use();
  first.done();
  engine.clock.pass(quietMs - 1);
  const second = await use();
  expect(second.address).toBe(first.address);
  engine.clock.pass(quietMs * 2);
  expect(engine.supervisor.state()).toBe('running');
  second.done();
  engine.clock.pass(quietMs);
  await expect.poll(() => engine.supervisor.state()).toBe('stopped');
  expect(engine.program.alive()).toEqual([]);
  expect(engine.program.events('start')).toHaveLength(1);
  expect(engine.record.read()).toBeNull();
});

test('ends the server of one model before it starts that of another', async () => {
  (await use(engine.target('a.gguf'))).done();
  const first = onlyProcess();
  await use(engine.target('b.gguf'));
  expect(isAlive(first)).toBe(false);
  expect(engine.program.alive()).toHaveLength(1);
  expect(engine.supervisor.target()?.model.id).toBe('b');
});

test('gives the server to one picture at a time', async () => {
  const first = await use();
  let hasSecond = false;
  const second = use(engine.target('b.gguf')).then((used) => {
    hasSecond = true;
    return used;
  });
  const stopped = new AbortController();
  const third = engine.supervisor.use(engine.target('c.gguf'), stopped.signal);
  stopped.abort();
  expect(await third).toMatchObject({ ok: false, code: 'cancelled' });
  expect(hasSecond).toBe(false);
  first.done();
  (await second).done();
  (await use(engine.target('b.gguf'))).done();
  expect(engine.program.events('start')).toHaveLength(2);
});

describe('a crash', () => {
  test.each([
    ['exit', 'engine_crashed'],
    ['abort', 'engine_crashed'],
    ['no-memory', 'engine_out_of_memory'],
  ] as const)('by %s during a picture is reported as %s', async (crashWhileGenerating, code) => {
    const { address, crashed } = await use();
    engine.program.set({ crashWhileGenerating });
    await request(address, { prompt: 'a fox' });
    expect(await crashed).toMatchObject({ ok: false, code });
    expect(engine.supervisor.state()).toBe('failed');
    expect(engine.record.read()).toBeNull();
  });

  test('is followed by growing pauses, until a server has run for a while', async () => {
    const crash = async () => {
      const used = use();
      await expect
        .poll(() => engine.program.alive().length + engine.clock.waiting().length)
        .toBeGreaterThan(0);
      const [pause = 0] = engine.clock.waiting();
      engine.clock.pass(pause);
      const { crashed, done } = await used;
      process.kill(onlyProcess(), 'SIGTERM');
      await crashed;
      done();
      return pause;
    };
    const pauses = [await crash(), await crash(), await crash(), await crash(), await crash()];
    expect(pauses).toEqual([0, 1_000, 2_000, 4_000, 8_000]);
    const again = ['restarting', 'running', 'failed'];
    expect(engine.states).toEqual(['starting', 'running', 'failed', ...again, ...again, ...again, ...again]);
    engine.clock.pass(60_000);
    const { crashed, done } = await use();
    engine.clock.pass(60_001);
    process.kill(onlyProcess(), 'SIGTERM');
    await crashed;
    done();
    expect(await crash()).toBe(1_000);
  });

  test('while nobody uses the server starts none, and the next picture does', async () => {
    (await use()).done();
    process.kill(onlyProcess(), 'SIGTERM');
    await expect.poll(() => engine.supervisor.state()).toBe('failed');
    expect(engine.program.alive()).toEqual([]);
    engine.clock.pass(1_000);
    await use();
    expect(engine.supervisor.state()).toBe('running');
  });
});

describe('a start', () => {
  test.each([
    [{ exitAtStart: 7 }, 'engine_not_started', /exit code 7/],
    [{ start: 'no-library' }, 'engine_library_missing', /libvulkan\.so\.1/],
    [{ start: 'no-memory' }, 'engine_out_of_memory', /memory/],
    [{ start: 'old-api' }, 'engine_too_old', /too old/],
  ] as const)('with %j fails as %s', async (options, code, sentence) => {
    engine.program.set(options);
    const used = await engine.supervisor.use(engine.target(), never);
    expect(used).toMatchObject({ ok: false, code, message: expect.stringMatching(sentence) });
    expect(engine.states).toEqual(['starting', 'failed']);
    expect(engine.program.alive()).toEqual([]);
  });

  test('that does not answer in time is ended', async () => {
    engine = createTestEngine(temporary.folder, { maxStartMs: 1_500 });
    engine.program.set({ start: 'hang' });
    const used = await engine.supervisor.use(engine.target(), never);
    expect(used).toMatchObject({ ok: false, code: 'engine_no_answer' });
    expect(engine.states).toEqual(['starting', 'failed']);
    expect(engine.program.alive()).toEqual([]);
  });

  test('that is cancelled ends the process at once', async () => {
    engine.program.set({ start: 'hang' });
    const stop = new AbortController();
    const used = engine.supervisor.use(engine.target(), stop.signal);
    await expect.poll(() => engine.program.alive()).toHaveLength(1);
    stop.abort();
    expect(await used).toMatchObject({ ok: false, code: 'cancelled' });
    expect(engine.program.alive()).toEqual([]);
    expect(engine.supervisor.state()).toBe('stopped');
    engine.program.set({});
    await use();
  });

  test('takes another port if a program has taken the one that was free', async () => {
    const other = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const taken = address !== null && typeof address === 'object' ? address.port : 0;
    const ports = [taken, undefined];
    const { freePort } = await import('./free-port');
    engine = createTestEngine(temporary.folder, { findPort: async () => ports.shift() ?? freePort() });
    const used = await use();
    expect(used.address).not.toContain(`:${taken}`);
    other.close();
  });

  test('fails if every port is taken', async () => {
    const other = createServer((socket) => socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const taken = address !== null && typeof address === 'object' ? address.port : 0;
    engine = createTestEngine(temporary.folder, { findPort: async () => taken });
    expect(await engine.supervisor.use(engine.target(), never)).toMatchObject({
      ok: false,
      code: 'engine_port_taken',
    });
    other.close();
  });
});

describe('files', () => {
  test('are hashed once in a run and again after they were touched', async () => {
    const target = engine.target();
    (await use(target)).done();
    expect(engine.hashed).toEqual(['sd-server', 'model.gguf']);
    await engine.supervisor.stop();
    (await use(target)).done();
    expect(engine.hashed).toHaveLength(2);
    await engine.supervisor.stop();
    appendFileSync(target.engine.executable, 'touch /tmp/never\n');
    expect(await engine.supervisor.use(target, never)).toMatchObject({ ok: false, code: 'engine_changed' });
    expect(engine.program.events('start')).toHaveLength(2);
  });

  test('of a changed model or program are never used', async () => {
    const target = engine.target();
    const [file] = target.model.files;
    appendFileSync(file?.path ?? '', 'x');
    expect(await engine.supervisor.use(target, never)).toMatchObject({ ok: false, code: 'engine_changed' });
    const missing = engine.target('gone.gguf');
    rmSync(missing.model.files[0]?.path ?? '');
    // Nothing was started, so there is no pause.
    expect(await engine.supervisor.use(missing, never)).toMatchObject({ ok: false, code: 'engine_missing' });
    expect(engine.program.events('start')).toEqual([]);
  });
});

test('a close ends the server, and nothing starts one any more', async () => {
  await use();
  const process = onlyProcess();
  engine.supervisor.close();
  await expect.poll(() => isAlive(process)).toBe(false);
  expect(await engine.supervisor.use(engine.target(), never)).toMatchObject({ ok: false, code: 'cancelled' });
  await expect.poll(() => engine.supervisor.state()).toBe('stopped');
  // Nobody is told any more, because the app is ending.
  expect(engine.states).toEqual(['starting', 'running']);
});

test('a close ends a server that is starting before it returns', async () => {
  engine.program.set({ start: 'hang' });
  const used = engine.supervisor.use(engine.target(), never);
  await expect.poll(() => engine.program.alive()).toHaveLength(1);
  const process = onlyProcess();
  engine.supervisor.close();
  // Nothing else runs in this loop, as in an app that ends.
  while (isAlive(process));
  expect(await used).toMatchObject({ ok: false, code: 'cancelled' });
});

test('two apps with different data folders each have a server, and leave that of the other alone', async () => {
  const otherFolder = temporaryFolder();
  const other = createTestEngine(otherFolder.folder);
  const first = await use();
  const second = await other.supervisor.use(other.target(), never);
  if (!second.ok) throw new Error(second.message);
  expect(second.value.address).not.toBe(first.address);
  const mine = onlyProcess();
  // The other app is killed and starts again: it ends its own orphan, although both run the same program.
  const orphan = other.record.read();
  const [pid = Number.NaN] = other.program.alive();
  expect(orphan?.pid).toBe(pid);
  const third = createTestEngine(otherFolder.folder);
  const used = await third.supervisor.use(third.target(), never);
  expect(used.ok).toBe(true);
  expect(isAlive(pid)).toBe(false);
  expect(isAlive(mine)).toBe(true);
  expect((await fetch(`${first.address}/sdcpp/v1/capabilities`)).ok).toBe(true);
  third.supervisor.close();
  other.supervisor.close();
  await expect.poll(() => other.program.alive()).toEqual([]);
  otherFolder.remove();
});

test('the record names the process while it runs', async () => {
  await use();
  const start = await systemTable.startOf(onlyProcess());
  await expect.poll(() => engine.record.read()).toMatchObject({ pid: onlyProcess(), start });
});

test('the log has what the server says of itself, and no prompt', async () => {
  const { address } = await use();
  await request(address, { prompt: 'a secret fox out of memory', seed: 7 });
  await expect.poll(() => engine.program.events('completed')).toHaveLength(1);
  await expect.poll(() => engine.progress.at(-1)).toEqual([4, 4]);
  await expect.poll(() => engine.logged).toContain('INFO: generating image: 1/1 - seed 7');
  expect(engine.logged.join('\n')).not.toMatch(/secret|gguf/);
});
