// Pictures that were begun before they were asked for: their bytes only, in a folder that outlives no process.
import { rmSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { arrivedFile, draftFile, draftsFolder } from '../../shared/picture-files';
import { place } from '../files/write-atomically';

type Draft = { controller: AbortController; isThere: Promise<boolean> };

/**
 * A draft is one file, `drafts/<id>`, that no row knows. Asked for, it is renamed to `<picture's id>.arrived`: from
 * there on it is a picture whose bytes have arrived, and goes the way of all of them (store-image.ts, adopt.ts). Killed
 * before the renaming, the picture's row says that it is waiting or under way, and it is made again; killed after it,
 * it is adopted. Whatever else a dead process has left is removed here, at the next start: drafts are free.
 */
export function createDrafts(dataFolder: string) {
  const drafts = new Map<string, Draft>();
  rmSync(path.join(dataFolder, draftsFolder), { recursive: true, force: true });

  async function make(
    id: string,
    signal: AbortSignal,
    paint: (signal: AbortSignal) => Promise<Uint8Array | null>,
  ): Promise<boolean> {
    try {
      const bytes = await paint(signal);
      if (!bytes || signal.aborted) return false;
      await place(path.join(dataFolder, draftFile(id)), bytes);
      return true;
    } catch (error) {
      console.error('A draft could not be made:', error);
      return false;
    }
  }

  async function remove(id: string, draft: Draft): Promise<void> {
    draft.controller.abort();
    if (await draft.isThere) await rm(path.join(dataFolder, draftFile(id)), { force: true });
  }

  return {
    /** @param paint gives the picture's bytes, or null where there are none. */
    begin(id: string, paint: (signal: AbortSignal) => Promise<Uint8Array | null>): void {
      const controller = new AbortController();
      drafts.set(id, { controller, isThere: make(id, controller.signal, paint) });
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
     * @param signal aborted when the person stops the picture: then the draft stops too.
     * @returns whether the bytes are in their place; otherwise the picture has to be made.
     */
    async take(id: string, pictureId: string, signal: AbortSignal): Promise<boolean> {
      const draft = drafts.get(id);
      drafts.delete(id);
      if (!draft) return false;
      const stop = () => draft.controller.abort();
      signal.addEventListener('abort', stop);
      try {
        if (!(await draft.isThere)) return false;
        const target = path.join(dataFolder, arrivedFile(pictureId));
        await mkdir(path.dirname(target), { recursive: true });
        await rename(path.join(dataFolder, draftFile(id)), target);
        return true;
      } catch (error) {
        console.error('A draft could not be taken:', error);
        await remove(id, draft);
        return false;
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
  };
}

export type Drafts = ReturnType<typeof createDrafts>;
