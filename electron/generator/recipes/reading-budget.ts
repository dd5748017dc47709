// Limits what reading the metadata of one file may cost, because the file may come from anyone.

/** Bytes of metadata in one file, as they are after decompression. ComfyUI's largest workflows are a few hundred kilobytes. */
export const maxMetadataBytes = 16 * 1024 * 1024;
/** Milliseconds. Every parser takes linear time, so this is reached only where the computer hardly runs. */
const maxReadingMs = 5000;

export type ReadingBudget = {
  /** Returns whether this many more bytes may be read now. Once it has returned false, it always does. */
  take: (bytes: number) => boolean;
  /** Records that something was left unread. */
  refuse: () => void;
  /** Whether anything was left unread. */
  isExceeded: () => boolean;
};

/** @param options `now` returns milliseconds from any fixed time. */
export function createReadingBudget({
  maxBytes = maxMetadataBytes,
  maxMs = maxReadingMs,
  now = () => performance.now(),
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
