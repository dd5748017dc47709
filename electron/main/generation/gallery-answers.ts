// Answers waiting pictures from the gallery, and remembers which ones it could not answer.
import type { Message, PictureMessage } from '../../../shared/domain/conversations';
import type { Attempt } from '../db/attempts';
import type { UnfinishedWork } from '../db/message-work';

export type GalleryAnswerOptions = {
  find: (messageId: string) => Message | undefined;
  /**
   * Answers pictures of one request from the gallery as far as possible. Returns the ids of those that have ended, or
   * throws and has answered none.
   */
  answerFromGallery: (pictures: readonly PictureMessage[]) => ReadonlySet<string>;
};

/** @param attempt runs the answer to one request; what it throws delays that request only. */
export function createGalleryAnswers({ find, answerFromGallery }: GalleryAnswerOptions, attempt: Attempt) {
  const notInGallery = new Set<string>();

  /** Returns whether a picture may be answered from the gallery and was not searched for yet. */
  function isNew(row: UnfinishedWork): boolean {
    const mayReuse = row.kind === 'image' && row.requestId === null && !row.isFresh && row.retryAt === null;
    const isWaiting = row.status === 'pending' && !row.isInTrash && !row.isStopRequested;
    return mayReuse && isWaiting && !notInGallery.has(row.id);
  }

  return {
    /**
     * Searches once for each waiting picture, group by group. Searches again for those whose result could not be
     * written.
     */
    answer(rows: readonly UnfinishedWork[]): void {
      const groups = new Map<string, PictureMessage[]>();
      for (const { id } of rows.filter(isNew)) {
        const message = find(id);
        if (message?.kind !== 'image') continue;
        groups.set(message.groupId, [...(groups.get(message.groupId) ?? []), message]);
      }
      for (const [groupId, pictures] of groups) {
        // Not shown: a name in Diagnostics.
        attempt(`The answer to ${groupId} from the gallery`, () => {
          const answered = answerFromGallery(pictures);
          for (const { id } of pictures) if (!answered.has(id)) notInGallery.add(id);
        });
      }
    },
    /** Returns whether the gallery may still answer a picture, so that no request for it may leave. */
    mayAnswer: isNew,
    /** Returns the pictures that it could not answer. */
    known: (): Iterable<string> => notInGallery,
    /** Forgets a picture that no longer waits. */
    forget(id: string): void {
      notInGallery.delete(id);
    },
  };
}
