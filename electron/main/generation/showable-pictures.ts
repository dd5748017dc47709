// Remembers which pictures the page can show while their bytes are opened and stored.
import type { PictureFormat } from '../../../shared/domain/picture-files';
import type { ShowablePicture } from '../../../shared/generator/messages';
import type { Broadcast } from '../ipc/broadcast';

/** Where the bytes of a picture are: in the file of their request or, once they are stored, in that of the picture. */
export type ShownArrival = { requestId: string; format: PictureFormat };

/** A picture is loaded within moments, so that an older entry is of no use. */
const maxPictures = 64;

export type ShowablePictures = ReturnType<typeof createShowablePictures>;

export function createShowablePictures(broadcast: Broadcast) {
  const arrivals = new Map<string, ShownArrival>();

  return {
    /** Takes the generator's news, and tells the page. */
    receive({ jobId: id, requestId, format, width, height }: ShowablePicture): void {
      // A picture that is made again becomes the newest entry.
      arrivals.delete(id);
      arrivals.set(id, { requestId, format });
      for (const oldest of arrivals.keys()) {
        if (arrivals.size <= maxPictures) break;
        arrivals.delete(oldest);
      }
      broadcast('message:arrived', { id, requestId, width, height });
    },
    find: (id: string): ShownArrival | undefined => arrivals.get(id),
  };
}
