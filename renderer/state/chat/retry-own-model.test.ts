import { beforeEach, expect, test, vi } from 'vitest';
import type { PictureMessage, PictureTile } from '../../../shared/domain/conversations';
import { useChosenModel } from '../settings/chosen-model-store';
import { useChat } from './chat-store';
import { rangeAtEnd } from './loaded-range';

/** A minimal main process for this test. */
const main = vi.hoisted(() => {
  const requests: object[] = [];
  const request = async (name: string, input: object) => {
    requests.push({ name, ...input });
    return { ok: false, code: 'internal', message: 'No.' };
  };
  Object.assign(globalThis, {
    window: Object.assign(new EventTarget(), { afterimage: { request, on: () => () => {} } }),
    location: { hash: '' },
  });
  return { requests };
});

const chosen = { serviceId: 'openai', model: 'gpt-image-2' };

function show(tile?: PictureTile): void {
  const base = { conversationId: 'c', seq: 1, revision: 1, error: null, createdAt: 1, updatedAt: 1 } as const;
  const made = { retryAt: null, image: null, durationMs: null, costMicroUsd: null, parentId: null } as const;
  const picture: PictureMessage = {
    ...{ ...base, ...made, id: 'p', role: 'assistant', kind: 'image', status: 'failed', groupId: 'g' },
    ...{ prompt: 'p', params: { aspectRatio: '1:1', seed: 1 }, provider: 'google', model: 'm' },
    ...(tile && { tile }),
  };
  useChat.setState({ currentId: 'c', isNewChat: false, ...rangeAtEnd({ messages: [picture], total: 1 }) });
}

beforeEach(() => {
  main.requests.length = 0;
  useChosenModel.setState({ chosen });
});

test('a picture of several models is retried by its own', async () => {
  show({ ofSeveral: true });
  await useChat.getState().retry('p');
  expect(main.requests).toEqual([
    { name: 'messages:retry', messageId: 'p', model: { serviceId: 'google', model: 'm' } },
  ]);
});

test.each<[string, PictureTile | undefined, boolean]>([
  ['any other picture', undefined, false],
  ['a picture of a pattern', { words: ['red'] }, false],
  ['one whose model was replaced', { ofSeveral: true }, true],
])('%s is retried by the model of the chat', async (_, tile, withChosen) => {
  show(tile);
  await useChat.getState().retry('p', withChosen);
  expect(main.requests).toMatchObject([{ model: chosen }]);
});
