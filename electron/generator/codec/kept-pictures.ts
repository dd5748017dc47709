// Keeps decoded pictures from measuring until their derived files are made, so that each is decoded once.
import type { BigIntStats } from 'node:fs';
import type { Inspection } from '../../../shared/domain/picture-bytes/inspect';
import { type Picture, release } from './decode';

/** `bytes`: size of the file. */
export type DecodedFile = { picture: Picture; inspection: Inspection; bytes: number };

export type KeptPictures = {
  /**
   * Keeps a picture, and forgets the oldest ones if space is insufficient. A picture larger than the maximum is not
   * kept. Frees the pixels of pictures that are not kept or forgotten.
   */
  keep: (file: BigIntStats, decoded: DecodedFile) => void;
  /** Returns and forgets the picture of a file; the caller has to free it. Undefined if it is not kept. */
  take: (file: BigIntStats) => DecodedFile | undefined;
};

/** Thirty-two pictures of one megapixel. */
const defaultMaxBytes = 128 * 1024 * 1024;
/** Files are derived as soon as a picture is stored, or after those of a few other pictures. */
const maxAgeMs = 20_000;
const bytesPerPixel = 4;

/** Keeps nothing, so that each task decodes for itself. */
export const noKeptPictures: KeptPictures = {
  keep: (_file, { picture }) => release(picture),
  take: () => undefined,
};

/** @param maxBytes maximum of all kept pixels and files together. */
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

/** Identifies a file's content: the same after a rename, and another after a rewrite. */
function identityOf({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs].join(':');
}
