// Messages for unit tests. A test names the fields that matter to it.
import type { NewMessage, PictureMessage, TextMessage } from './conversations';

/** Returns a picture as it is inserted: one of the offline painter that waits to be made. */
export function newPictureMessage(
  changes: Partial<NewMessage<PictureMessage>> = {},
): NewMessage<PictureMessage> {
  return {
    ...{ id: 'm', conversationId: 'c', groupId: 'g', role: 'assistant', kind: 'image', status: 'pending' },
    ...{ prompt: 'a fox', params: { aspectRatio: '3:2', seed: 1 }, provider: 'painter', model: 'painter-1' },
    ...{ parentId: null, retryAt: null, image: null, durationMs: null, costMicroUsd: null, error: null },
    ...{ createdAt: 1, updatedAt: 1 },
    ...changes,
  };
}

/** Returns a text as it is inserted: one of the user. */
export function newTextMessage(changes: Partial<NewMessage<TextMessage>> = {}): NewMessage<TextMessage> {
  return {
    ...{ id: 'm', conversationId: 'c', role: 'user', kind: 'text', status: 'ready', text: 'a fox' },
    ...{ provider: null, model: null, costMicroUsd: null, error: null, createdAt: 1, updatedAt: 1 },
    ...changes,
  };
}

/** Returns a stored picture, which is ready. */
export function pictureMessage(changes: Partial<PictureMessage> = {}): PictureMessage {
  return { ...newPictureMessage({ status: 'ready' }), seq: 1, revision: 1, ...changes };
}

/** Returns a stored text of the user. */
export function textMessage(changes: Partial<TextMessage> = {}): TextMessage {
  return { ...newTextMessage(), seq: 1, revision: 1, ...changes };
}
