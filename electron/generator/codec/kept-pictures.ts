// Keeps pictures decoded from the moment they are measured until their small versions are made.
import type { BigIntStats } from 'node:fs';
import type { Inspection } from '../../../shared/domain/picture-bytes/inspect';
import { type Picture, release } from './decode';

export type DecodedFile = { picture: Picture; inspection: Inspection /** Of the file. */; bytes: number };

export type KeptPictures = {
  /**
   * Keeps a picture, and forgets the oldest ones if there is no room for all. One that is too large is not kept. The pixels
   * of what is not kept, or is forgotten, are freed.
   */
  keep: (file: BigIntStats, decoded: DecodedFile) => void;
  /** Returns the picture of a file, which is the caller's to free from then on; undefined if it is not kept. */
  take: (file: BigIntStats) => DecodedFile | undefined;
};

/** Thirty-two pictures of a megapixel. */
const defaultMaxBytes = 128 * 1024 * 1024;
/** A picture's small versions are made as soon as it is stored, or after those of a few others. */
const maxAgeMs = 20_000;
const bytesPerPixel = 4;

/** For processes that make no small versions. */
export const noKeptPictures: KeptPictures = {
  keep: (_file, { picture }) => release(picture),
  take: () => undefined,
};

/** @param maxBytes of all kept pixels and files together. */
export function createKeptPictures(maxBytes = defaultMaxBytes): KeptPictures {
  const kept = new Map<string, { decoded: DecodedFile; bytes: number; timer: NodeJS.Timeout }>();
  let used = 0;

  function remove(identity: string): DecodedFile | undefined {
    const entry = kept.get(identity);
    if (!entry) return undefined;
    kept.delete(identity);
    clearTimeout(entry.timer);
    used -= entry.bytes;
    return entry.decoded;
  }

  function forget(identity: string): void {
    const decoded = remove(identity);
    if (decoded) release(decoded.picture);
  }

  return {
    keep(file, decoded) {
      const identity = identityOf(file);
      forget(identity);
      const bytes = decoded.picture.width * decoded.picture.height * bytesPerPixel + decoded.bytes;
      if (bytes > maxBytes) return release(decoded.picture);
      for (const oldest of kept.keys()) {
        if (used + bytes <= maxBytes) break;
        forget(oldest);
      }
      used += bytes;
      const timer = setTimeout(() => forget(identity), maxAgeMs).unref();
      kept.set(identity, { decoded, bytes, timer });
    },
    take: (file) => remove(identityOf(file)),
  };
}

/** Stays the same when the file gets another name, and changes when it is written again. */
function identityOf({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs].join(':');
}
