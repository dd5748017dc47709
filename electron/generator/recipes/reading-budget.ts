// Limits what reading the metadata of one file may cost, because the file may come from anyone.

/** Bytes of metadata in one file, as they are after decompression. ComfyUI's largest workflows are a few hundred kilobytes. */
const maxMetadataBytes = 16 * 1024 * 1024;
/** Milliseconds of the processor. Every parser takes linear time, so this is reached only by what no parser is prepared for. */
const maxReadingMs = 5000;

export type ReadingBudget = {
  /** Returns whether this many more bytes may be read now. Once it has returned false, it always does. */
  take: (bytes: number) => boolean;
  /** Records that something was left unread. */
  refuse: () => void;
  /** Whether anything was left unread. */
  isExceeded: () => boolean;
};

/** Not the time of a clock: an import has a low priority, and may have to wait long for the processor. */
function processorMs(): number {
  // Node 20 counts all threads together.
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return (user + system) / 1000;
}

/** @param options `now` returns milliseconds of work. */
export function createReadingBudget({
  maxBytes = maxMetadataBytes,
  maxMs = maxReadingMs,
  now = processorMs,
} = {}): ReadingBudget {
  const endsAt = now() + maxMs;
  let bytesLeft = maxBytes;
  let isOver = false;
  let hasRefused = false;
  return {
    take(bytes) {
      bytesLeft -= bytes;
      isOver ||= bytesLeft < 0 || now() >= endsAt;
      return !isOver;
    },
    refuse() {
      hasRefused = true;
    },
    isExceeded: () => isOver || hasRefused,
  };
}
