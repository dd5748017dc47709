// Pictures that were begun before they were asked for: their bytes only, in a folder that outlives no process.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { failure } from '../../../shared/domain/errors';
import { arrivedFile, prefetchFile, prefetchFolder } from '../../../shared/domain/picture-files';
import { writeWithoutFlush } from '../../files/write-atomically';
import type { MadePicture, ServiceFailure } from '../services/service';
import type { PictureFacts } from './recover-from-disk';

/** `facts` are null where another process made it; `failure` is null where nobody knows why there is none. */
export type Taken = { ok: true; facts: PictureFacts | null } | { ok: false; failure: ServiceFailure | null };

type Paint = (signal: AbortSignal) => Promise<MadePicture | ServiceFailure>;

type Draft = { controller: AbortController; ended: Promise<Taken> };

/**
 * A draft is one file, `drafts/<id>`, that no row knows. Asked for, it is renamed to `<picture's id>.arrived`: from
 * there on it is a picture whose bytes have arrived, and goes the way of all of them (store-image.ts, recover-from-disk.ts). Killed
 * before the renaming, the picture's row says that it is waiting or under way, and it is made again; killed after it,
 * it is adopted. Whatever else a dead process has left is removed here, at the next start: it is nobody's.
 *
 * @param kept ids of drafts that messages have taken over and that may have been paid for: what a dead process has left
 *   of them can still be taken.
 */
export function createPrefetches(dataFolder: string, kept: readonly string[] = []) {
  const drafts = new Map<string, Draft>();
  removeOthers(dataFolder, kept);

  async function make(id: string, signal: AbortSignal, paint: Paint): Promise<Taken> {
    const started = performance.now();
    try {
      const picture = await paint(signal);
      if (!picture.ok) return { ok: false, failure: picture };
      const { bytes, costMicroUsd, signature } = picture;
      const mayHaveCost = costMicroUsd === 0 ? null : (costMicroUsd ?? 0);
      if (signal.aborted) {
        const code = mayHaveCost === null ? 'cancelled' : 'cancelled_late';
        return { ok: false, failure: { ...failure(code), costMicroUsd: mayHaveCost } };
      }
      const isPlaced = await writeWithoutFlush(path.join(dataFolder, prefetchFile(id)), bytes).then(
        () => true,
        (error: unknown) => {
          console.error('A draft could not be kept:', error);
          return false;
        },
      );
      if (!isPlaced) {
        return { ok: false, failure: { ...failure('picture_not_stored'), costMicroUsd: mayHaveCost } };
      }
      const durationMs = Math.round(performance.now() - started);
      return { ok: true, facts: { costMicroUsd, durationMs, signature } };
    } catch (error) {
      console.error('A draft could not be made:', error);
      return { ok: false, failure: null };
    }
  }

  /** @returns whether the bytes were there and are in their place. */
  async function moveTo(id: string, pictureId: string): Promise<boolean> {
    try {
      const target = path.join(dataFolder, arrivedFile(pictureId));
      await mkdir(path.dirname(target), { recursive: true });
      await rename(path.join(dataFolder, prefetchFile(id)), target);
      return true;
    } catch (error) {
      console.error('A draft could not be taken:', error);
      return false;
    }
  }

  async function remove(id: string, draft: Draft): Promise<void> {
    draft.controller.abort();
    if ((await draft.ended).ok) await rm(path.join(dataFolder, prefetchFile(id)), { force: true });
  }

  return {
    begin(id: string, paint: Paint): void {
      const controller = new AbortController();
      drafts.set(id, { controller, ended: make(id, controller.signal, paint) });
    },
    /** Stops a draft and removes its file. One that has been taken is a draft no more. */
    async discard(id: string): Promise<void> {
      const draft = drafts.get(id);
      drafts.delete(id);
      if (draft) await remove(id, draft);
    },
    /**
     * Makes a draft the bytes of a picture, once it is done.
     *
     * @param signal aborted when the user stops the picture: then the draft stops too.
     * @returns `ok` where the bytes are in their place.
     */
    async take(id: string, pictureId: string, signal: AbortSignal): Promise<Taken> {
      const draft = drafts.get(id);
      drafts.delete(id);
      if (!draft) {
        return kept.includes(id) && (await moveTo(id, pictureId)) ? { ok: true, facts: null } : nothing;
      }
      const stop = () => draft.controller.abort();
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
      const ended = await draft.ended;
      signal.removeEventListener('abort', stop);
      if (!ended.ok || (await moveTo(id, pictureId))) return ended;
      await remove(id, draft);
      return nothing;
    },
  };
}

export type Prefetches = ReturnType<typeof createPrefetches>;

const nothing: Taken = { ok: false, failure: null };

function removeOthers(dataFolder: string, kept: readonly string[]): void {
  const folder = path.join(dataFolder, prefetchFolder);
  const others = existsSync(folder) ? readdirSync(folder).filter((name) => !kept.includes(name)) : [];
  for (const name of others) rmSync(path.join(folder, name), { recursive: true, force: true });
  if (kept.length === 0) rmSync(folder, { recursive: true, force: true });
}
