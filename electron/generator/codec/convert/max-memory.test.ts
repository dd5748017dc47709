import { expect, test } from 'vitest';
import { withMaxMemory } from './max-memory';

/** A module with a memory of one page, exported as "m". */
const module = Uint8Array.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[5, 3, 1, 0, 1],
  ...[7, 5, 1, 1, 0x6d, 2, 0],
]);

function memoryOf(bytes: Uint8Array): WebAssembly.Memory {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(bytes)));
  const { m: memory } = exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('The module exports no memory.');
  return memory;
}

test('memory grows up to the limit and no further', () => {
  expect(memoryOf(module).grow(500)).toBe(1);
  const limited = memoryOf(withMaxMemory(module, 300 * 65_536));
  expect(limited.grow(299)).toBe(1);
  expect(() => limited.grow(1)).toThrow();
  // An existing limit is replaced.
  const replaced = memoryOf(withMaxMemory(withMaxMemory(module, 65_536), 131_072));
  expect(replaced.grow(1)).toBe(1);
  expect(() => replaced.grow(1)).toThrow();
});

test('refuses a module without a memory', () => {
  expect(() => withMaxMemory(module.subarray(0, 8), 65_536)).toThrow('The module has no memory.');
});
