// Limits the memory of a WebAssembly module that declares no limit:
// https://webassembly.github.io/spec/core/binary/modules.html
import { concatenate } from '../../../../shared/domain/picture-bytes/span';

const headerLength = 8;
const memorySection = 5;
const pageBytes = 65_536;

/**
 * Returns a copy of the module whose memory is limited to `maxBytes`.
 *
 * @throws Error for a module without a memory of its own.
 */
export function withMaxMemory(module: Uint8Array, maxBytes: number): Uint8Array {
  for (let at = headerLength; at < module.length; ) {
    const length = readNumber(module, at + 1);
    const end = length.end + length.value;
    if (module[at] === memorySection) {
      // The section contains the number of memories (one), whether it has a limit, and the initial number of pages.
      const { value: minPages } = readNumber(module, length.end + 2);
      const content = [1, 1, ...writeNumber(minPages), ...writeNumber(Math.floor(maxBytes / pageBytes))];
      const section = Uint8Array.of(memorySection, ...writeNumber(content.length), ...content);
      return concatenate([module.subarray(0, at), section, module.subarray(end)]);
    }
    at = end;
  }
  throw new Error('The module has no memory.');
}

/** LEB128: seven bits in each byte, the lowest first. */
function readNumber(bytes: Uint8Array, at: number): { value: number; end: number } {
  let value = 0;
  let end = at;
  for (let byte = 0x80; byte >= 0x80; end += 1) {
    byte = bytes[end] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * (end - at));
  }
  return { value, end };
}

function writeNumber(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...writeNumber(Math.floor(value / 0x80))];
}
