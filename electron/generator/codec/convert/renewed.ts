// A WebAssembly decoder that is recreated when its instance can no longer be trusted or uses too much memory.
import { Refused } from './refused';

/** The memory of WebAssembly never shrinks, so an instance that has grown beyond this is not kept. */
const maxKeptBytes = 256 * 1024 * 1024;

/**
 * @param create makes an instance; called with the first work.
 * @returns a function that works with the instance. After work that failed the next one gets a new instance: what ended
 *   in a trap has left its memory in any state. The work is refused if there is no instance.
 */
export function createRenewed<Decoder extends { HEAPU8: Uint8Array }>(
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

/** Only memory can lack at first and be there later. Otherwise a file of the app is missing or damaged. */
function explainMissing(error: unknown): never {
  if (error instanceof RangeError) throw error;
  console.error('A decoder could not be loaded:', error);
  throw new Refused('no-decoder');
}
