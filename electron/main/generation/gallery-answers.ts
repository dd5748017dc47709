// Answers waiting pictures from the gallery, and remembers which ones it could not answer.
import type { Message, PictureMessage } from '../../../shared/domain/conversations';
import type { UnfinishedWork } from '../db/messages';

export type GalleryAnswerOptions = {
  find: (messageId: string) => Message | undefined;
  /** Answers pictures of one request from the gallery as far as possible. Returns the ids of those that have ended. */
  answerFromGallery: (pictures: readonly PictureMessage[]) => ReadonlySet<string>;
};

export function createGalleryAnswers({ find, answerFromGallery }: GalleryAnswerOptions) {
  const notInGallery = new Set<string>();

  /** A picture that was never looked at, and that the gallery may answer. */
  function isNew(row: UnfinishedWork): boolean {
    const mayReuse = row.kind === 'image' && row.requestId === null && !row.isFresh && row.retryAt === null;
    const isWaiting = row.status === 'pending' && !row.isInTrash && !row.isStopRequested;
    return mayReuse && isWaiting && !notInGallery.has(row.id);
  }

  return {
    /** Looks once for each waiting picture, group by group. */
    answer(rows: readonly UnfinishedWork[]): void {
      const groups = new Map<string, PictureMessage[]>();
      for (const { id } of rows.filter(isNew)) {
        const message = find(id);
        if (message?.kind !== 'image') continue;
        groups.set(message.groupId, [...(groups.get(message.groupId) ?? []), message]);
      }
      for (const pictures of groups.values()) {
        const answered = answerFromGallery(pictures);
        for (const { id } of pictures) if (!answered.has(id)) notInGallery.add(id);
      }
    },
    /** Returns the pictures that it could not answer. */
    known: (): Iterable<string> => notInGallery,
    /** Forgets a picture that no longer waits. */
    forget(id: string): void {
      notInGallery.delete(id);
    },
  };
}
