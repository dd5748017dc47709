// Pictures that are made before their message is sent: only their bytes, in a folder that each start empties.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { failure } from '../../../shared/domain/errors';
import { arrivedFile, prefetchFile, prefetchFolder } from '../../../shared/domain/picture-files';
import { writeWithoutFlush } from '../../files/write-atomically';
import type { MadePicture, ServiceFailure } from '../services/service';
import type { GenerationFacts } from './recover-from-disk';

/** `facts` is null when an earlier process made the picture; `failure` is null when the reason is unknown. */
export type PrefetchResult =
  | { ok: true; facts: GenerationFacts | null }
  | { ok: false; failure: ServiceFailure | null };

type MakePicture = (signal: AbortSignal) => Promise<MadePicture | ServiceFailure>;

type Prefetch = { controller: AbortController; result: Promise<PrefetchResult> };

/**
 * A prefetch is one file, `drafts/<id>`, that no row mentions. When a message takes it, it is renamed to
 * `<picture's id>.arrived`, and is then stored like any other picture (store-image.ts, recover-from-disk.ts). After a
 * crash before the rename, the picture's row still says that it is pending or generating, and it is made again; after
 * a crash behind the rename, it is recovered. The next start removes all other files of the folder.
 *
 * @param kept ids of prefetches that messages have taken over and that may have been charged. What an earlier process
 *   left of them can still be taken.
 */
export function createPrefetches(dataFolder: string, kept: readonly string[] = []) {
  const prefetches = new Map<string, Prefetch>();
  removeOthers(dataFolder, kept);

  async function run(id: string, signal: AbortSignal, makePicture: MakePicture): Promise<PrefetchResult> {
    const startedAt = performance.now();
    try {
      const picture = await makePicture(signal);
      if (!picture.ok) return { ok: false, failure: picture };
      const { bytes, costMicroUsd, signature } = picture;
      const failedCost = costMicroUsd === 0 ? null : (costMicroUsd ?? 0);
      if (signal.aborted) {
        const code = failedCost === null ? 'cancelled' : 'cancelled_late';
        return { ok: false, failure: { ...failure(code), costMicroUsd: failedCost } };
      }
      if (!(await write(id, bytes))) {
        return { ok: false, failure: { ...failure('picture_not_stored'), costMicroUsd: failedCost } };
      }
      const durationMs = Math.round(performance.now() - startedAt);
      return { ok: true, facts: { costMicroUsd, durationMs, signature } };
    } catch (error) {
      console.error('A prefetched picture could not be made:', error);
      return { ok: false, failure: null };
    }
  }

  /** Returns whether the bytes are on disk. */
  async function write(id: string, bytes: Uint8Array): Promise<boolean> {
    try {
      await writeWithoutFlush(path.join(dataFolder, prefetchFile(id)), bytes);
      return true;
    } catch (error) {
      console.error('A prefetched picture could not be written:', error);
      return false;
    }
  }

  /** Returns whether the bytes were there and are now the picture's. */
  async function moveTo(id: string, pictureId: string): Promise<boolean> {
    try {
      const target = path.join(dataFolder, arrivedFile(pictureId));
      await mkdir(path.dirname(target), { recursive: true });
      await rename(path.join(dataFolder, prefetchFile(id)), target);
      return true;
    } catch (error) {
      console.error('A prefetched picture could not be taken:', error);
      return false;
    }
  }

  async function remove(id: string, prefetch: Prefetch): Promise<void> {
    prefetch.controller.abort();
    if ((await prefetch.result).ok) await rm(path.join(dataFolder, prefetchFile(id)), { force: true });
  }

  return {
    start(id: string, makePicture: MakePicture): void {
      const controller = new AbortController();
      prefetches.set(id, { controller, result: run(id, controller.signal, makePicture) });
    },
    /** Cancels a prefetch and removes its file. Does nothing to one that has been taken. */
    async discard(id: string): Promise<void> {
      const prefetch = prefetches.get(id);
      prefetches.delete(id);
      if (prefetch) await remove(id, prefetch);
    },
    /**
     * Waits for a prefetch and makes its bytes those of a picture.
     *
     * @param signal aborted when the user cancels the picture, which cancels the prefetch too.
     * @returns `ok` when the bytes are at `arrivedFile(pictureId)`.
     */
    async take(id: string, pictureId: string, signal: AbortSignal): Promise<PrefetchResult> {
      const prefetch = prefetches.get(id);
      prefetches.delete(id);
      if (!prefetch) {
        return kept.includes(id) && (await moveTo(id, pictureId))
          ? { ok: true, facts: null }
          : unknownFailure;
      }
      const cancel = () => prefetch.controller.abort();
      signal.addEventListener('abort', cancel);
      if (signal.aborted) cancel();
      const result = await prefetch.result;
      signal.removeEventListener('abort', cancel);
      if (!result.ok || (await moveTo(id, pictureId))) return result;
      await remove(id, prefetch);
      return unknownFailure;
    },
  };
}

export type Prefetches = ReturnType<typeof createPrefetches>;

const unknownFailure: PrefetchResult = { ok: false, failure: null };

function removeOthers(dataFolder: string, kept: readonly string[]): void {
  const folder = path.join(dataFolder, prefetchFolder);
  const others = existsSync(folder) ? readdirSync(folder).filter((name) => !kept.includes(name)) : [];
  for (const name of others) rmSync(path.join(folder, name), { recursive: true, force: true });
  if (kept.length === 0) rmSync(folder, { recursive: true, force: true });
}
