// Decodes CBOR of unknown origin, with limits: RFC 8949. A library would be larger than all the code that needs it.

/** Deeper than any real claim. */
const maxDepth = 24;
/** More items than any claim that is read here. */
const maxItems = 20_000;

class NotCbor extends Error {}

/** Returns the first item: maps become objects, byte strings undefined. Returns undefined if it cannot be read. */
export function decodeCbor(bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let itemsLeft = maxItems;

  function take(length: number): number {
    const start = at;
    if (length > bytes.length - start) throw new NotCbor();
    at += length;
    return start;
  }

  /** Returns the argument of an item's head; null for an item of indefinite length. */
  function readArgument(information: number): number | null {
    if (information < 24) return information;
    if (information === 24) return view.getUint8(take(1));
    if (information === 25) return view.getUint16(take(2));
    if (information === 26) return view.getUint32(take(4));
    if (information === 27) return Number(view.getBigUint64(take(8)));
    if (information === 31) return null;
    throw new NotCbor();
  }

  function isBreak(): boolean {
    if (bytes[at] !== 0xff) return false;
    at += 1;
    return true;
  }

  /** Calls `read` for each of `count` items, or until the break code if there is no count. */
  function repeat(count: number | null, read: () => void): void {
    for (let index = 0; count === null ? !isBreak() : index < count; index += 1) read();
  }

  function readText(count: number | null, depth: number): string {
    if (count !== null) {
      const start = take(count);
      return new TextDecoder().decode(bytes.subarray(start, start + count));
    }
    const parts: string[] = [];
    repeat(null, () => parts.push(String(read(depth + 1))));
    return parts.join('');
  }

  function read(depth: number): unknown {
    itemsLeft -= 1;
    if (depth > maxDepth || itemsLeft < 0) throw new NotCbor();
    const head = view.getUint8(take(1));
    const major = head >> 5;
    const argument = readArgument(head & 31);
    if (major === 0) return argument;
    if (major === 1) return argument === null ? undefined : -1 - argument;
    if (major === 2) {
      if (argument === null) repeat(null, () => read(depth + 1));
      else take(argument);
      return undefined;
    }
    if (major === 3) return readText(argument, depth);
    if (major === 4) {
      const list: unknown[] = [];
      repeat(argument, () => list.push(read(depth + 1)));
      return list;
    }
    if (major === 5) {
      const entries: [string, unknown][] = [];
      repeat(argument, () => entries.push([String(read(depth + 1)), read(depth + 1)]));
      return Object.fromEntries(entries);
    }
    // Ignores the tag, because the meaning of the item follows from its position.
    if (major === 6) return read(depth + 1);
    return { 20: false, 21: true, 22: null }[head & 31];
  }

  try {
    return read(0);
  } catch (error) {
    if (error instanceof NotCbor || error instanceof RangeError) return undefined;
    throw error;
  }
}
