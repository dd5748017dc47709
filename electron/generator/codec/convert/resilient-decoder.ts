// A WebAssembly decoder that is recreated when its instance can no longer be trusted or uses too much memory.
import { Refused } from './refused';

/** WebAssembly memory never shrinks, so an instance that has grown beyond this is discarded. */
const maxKeptBytes = 256 * 1024 * 1024;

/**
 * Creates a decoder on first use and keeps it.
 *
 * @param create makes an instance.
 * @returns a function that runs work with the instance. After a failure the next work gets a new instance, because
 *   a trap leaves the memory in an undefined state.
 * @throws Refused from that function if no instance could be created.
 */
export function createResilientDecoder<Decoder extends { HEAPU8: Uint8Array }>(
  create: () => Promise<Decoder>,
): <Value>(work: (decoder: Decoder) => Value | Promise<Value>) => Promise<Value> {
  let instance: Promise<Decoder> | null = null;

  return async (work) => {
    instance ??= create().catch(explainMissing);
    let isKept = false;
    try {
      const decoder = await instance;
      const value = await work(decoder);
      isKept = decoder.HEAPU8.length <= maxKeptBytes;
      return value;
    } finally {
      if (!isKept) instance = null;
    }
  };
}

/** A RangeError means insufficient memory, which is temporary. Otherwise a file of the app is missing or damaged. */
function explainMissing(error: unknown): never {
  if (error instanceof RangeError) throw error;
  console.error('A decoder could not be loaded:', error);
  throw new Refused('no-decoder');
}
