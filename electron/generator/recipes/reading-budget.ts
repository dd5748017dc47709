// Limits the work of reading one file's metadata, because the file's origin is unknown.

/**
 * Maximum bytes of metadata in one file after decompression. ComfyUI's largest workflows have a few hundred
 * kilobytes.
 */
const maxMetadataBytes = 16 * 1024 * 1024;
/** Maximum processor time in milliseconds. All parsers take linear time, so only unforeseen input reaches this. */
const maxReadingMs = 5000;

export type ReadingBudget = {
  /** Returns whether this many more bytes may be read now. After it has returned false, it always returns false. */
  take: (bytes: number) => boolean;
  /** Records that something was left unread. */
  refuse: () => void;
  /** Whether anything was left unread. */
  isExceeded: () => boolean;
};

/**
 * Returns processor time instead of elapsed time, because an import has a low priority and may wait long for the
 * processor.
 */
function processorMs(): number {
  // Node 20, which only runs tests, measures all threads together. That is never less, so reading may end too early
  // there, but never too late.
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return (user + system) / 1000;
}

/** @param options `now` returns processor time in milliseconds. */
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
