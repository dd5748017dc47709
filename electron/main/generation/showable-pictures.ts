// Tracks pictures that the page can show while their bytes are decoded and stored.
import type { PictureFormat } from '../../../shared/domain/picture-files';
import type { ArrivedPicture, ShowablePicture } from '../../../shared/generator/messages';
import type { Broadcast } from '../ipc/broadcast';

/** Where the bytes of a picture are: in the file of their request or, once they are stored, in that of the picture. */
export type ShownArrival = { requestId: string; format: PictureFormat };

type Entry = {
  /** Resolves once the bytes are on disk; to undefined if the job has ended without that. */
  arrival: Promise<ShownArrival | undefined>;
  /** Absent: `arrival` has resolved. */
  resolve?: (arrival: ShownArrival | undefined) => void;
};

/** The page loads a picture within moments, so older entries can be dropped. */
const maxPictures = 64;

export type ShowablePictures = ReturnType<typeof createShowablePictures>;

/**
 * The page is told about a picture as soon as its bytes are in the generator's memory, so that it can render the
 * element and request the file while the bytes are written. It receives them only once they are on disk: the app
 * never shows a picture that a crash would lose.
 */
export function createShowablePictures(broadcast: Broadcast) {
  const entries = new Map<string, Entry>();

  function add(id: string, entry: Entry): void {
    // A picture that is made again becomes the newest entry.
    end(id);
    entries.delete(id);
    entries.set(id, entry);
    for (const [oldest] of entries) {
      if (entries.size <= maxPictures) break;
      end(oldest);
      entries.delete(oldest);
    }
  }

  /** Call when a picture's job has ended: bytes that are not on disk by now never will be. */
  function end(id: string): void {
    const entry = entries.get(id);
    if (!entry?.resolve) return;
    entry.resolve(undefined);
    entries.delete(id);
  }

  return {
    /** Call when the bytes have arrived. Tells the page, if it can show them. */
    announce({ jobId: id, requestId, displayInfo }: ArrivedPicture): void {
      if (!displayInfo) return;
      let resolve: Entry['resolve'];
      const arrival: Entry['arrival'] = new Promise((fulfil) => {
        resolve = fulfil;
      });
      add(id, { arrival, ...(resolve && { resolve }) });
      const { width, height } = displayInfo;
      broadcast('message:arrived', { id, requestId, width, height });
    },
    /**
     * Call when the bytes are on disk. Tells the page about a picture that was not announced, such as a prefetched
     * one.
     */
    receive({ jobId: id, requestId, format, width, height }: ShowablePicture): void {
      const announced = entries.get(id);
      const arrival = { requestId, format };
      if (announced?.resolve) {
        announced.resolve(arrival);
        entries.set(id, { arrival: announced.arrival });
        return;
      }
      add(id, { arrival: Promise.resolve(arrival) });
      broadcast('message:arrived', { id, requestId, width, height });
    },
    end,
    /** Returns undefined for a picture that has not arrived. The promise may wait for the disk, and never rejects. */
    find: (id: string): Promise<ShownArrival | undefined> | undefined => entries.get(id)?.arrival,
  };
}
