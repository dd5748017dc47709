import { beforeEach, expect, test, vi } from 'vitest';
import type { PictureTile } from '../../../shared/domain/conversations';
import { pictureMessage } from '../../../shared/domain/test-message';
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
  const made = { provider: 'google', model: 'm', ...(tile && { tile }) };
  const picture = pictureMessage({ id: 'p', status: 'failed', ...made });
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
