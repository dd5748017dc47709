// Recreates a decoder's instance after failures. Uses a WebAssembly module that really traps.
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createResilientDecoder } from './resilient-decoder';

/**
 * A module with a memory `m` of one page; `t`, which traps; and `g`, which grows the memory by a number of pages
 * and returns the previous number.
 */
const code = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 9, 2, 0x60, 0, 0, 0x60, 1, 0x7f, 1, 0x7f],
  ...[3, 3, 2, 0, 1],
  ...[5, 3, 1, 0, 1],
  ...[7, 13, 3, 1, 0x6d, 2, 0, 1, 0x74, 0, 0, 1, 0x67, 0, 1],
  ...[10, 12, 2, 3, 0, 0, 0x0b, 6, 0, 0x20, 0, 0x40, 0, 0x0b],
);

function createCounting() {
  let made = 0;
  const use = createResilientDecoder(async () => {
    made += 1;
    const { exports } = (await WebAssembly.instantiate(code)).instance;
    const { m, t, g } = exports;
    if (!(m instanceof WebAssembly.Memory) || typeof t !== 'function' || typeof g !== 'function')
      throw new Error('The module is another one.');
    return {
      get HEAPU8() {
        return new Uint8Array(m.buffer);
      },
      trap: (): void => t(),
      grow: (pages: number): number => g(pages),
    };
  });
  return { use, made: () => made };
}

test('keeps one instance while its work succeeds', async () => {
  const { use, made } = createCounting();
  expect(await use(({ grow }) => grow(1))).toBe(1);
  expect(await use(({ grow }) => grow(1))).toBe(2);
  expect(made()).toBe(1);
});

test('creates a new instance after a trap', async () => {
  const { use, made } = createCounting();
  await use(({ grow }) => grow(5));
  await expect(use(({ trap }) => trap())).rejects.toThrow(WebAssembly.RuntimeError);
  expect(await use(({ grow }) => grow(1))).toBe(1);
  expect(made()).toBe(2);
});

test('does not keep an instance whose memory has grown large', async () => {
  const { use, made } = createCounting();
  await use(({ grow }) => grow(5000));
  expect(await use(({ grow }) => grow(1))).toBe(1);
  expect(made()).toBe(2);
});

test('refuses the work when a file of the decoder is missing or damaged, and tries again with the next', async () => {
  const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => silent.mockRestore());
  const missing = () => import(pathToFileURL(path.join(tmpdir(), 'no-such-decoder.js')).href);
  const damaged = () => WebAssembly.compile(code.subarray(0, -3));
  const attempts: (() => Promise<unknown>)[] = [missing, damaged];
  const use = createResilientDecoder(async () => {
    await attempts.shift()?.();
    return { HEAPU8: new Uint8Array(1) };
  });
  await expect(use(() => 1)).rejects.toMatchObject({ reason: 'no-decoder' });
  await expect(use(() => 1)).rejects.toMatchObject({ reason: 'no-decoder' });
  expect(await use(() => 1)).toBe(1);
});

test('does not report insufficient memory as a missing decoder', async () => {
  const use = createResilientDecoder(async () => ({
    HEAPU8: new Uint8Array(new WebAssembly.Memory({ initial: 70_000 }).buffer),
  }));
  await expect(use(() => 1)).rejects.toThrow(RangeError);
});
