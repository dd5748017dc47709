import { afterEach, expect, test, vi } from 'vitest';
import type { PictureMessage, PictureTile, TextMessage } from '../../../shared/domain/conversations';
import { pictureMessage, textMessage } from '../../../shared/domain/test-message';
import { useChat } from '../chat/chat-store';
import { rangeAtEnd } from '../chat/loaded-range';
import { useDraft } from './draft-store';
import { waitingPicture, waitingRetry } from './waiting-requests';

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

function picture(prompt: string, tile?: PictureTile): PictureMessage {
  const made = { provider: 'google', model: 'gemini-nano-banana-2.1', ...(tile && { tile }) };
  return pictureMessage({ id: 'p', status: 'failed', prompt, ...made });
}

function text(id: string, role: 'user' | 'assistant', words: string): TextMessage {
  return textMessage({ id, role, text: words, status: 'failed' });
}

function use(serviceId: string, model: string): void {
  useDraft.setState({ model: { serviceId, model } });
}

afterEach(() => {
  useDraft.setState({ model: null });
  main.requests.length = 0;
});

test.each([
  ['a red fox', 'Send “a red fox”'],
  ['  a red\n fox ', 'Send “a red fox”'],
  ['a red fox at dawn in the snow, in oil', 'Send “a red fox at dawn in the sn…”'],
  ['🦊'.repeat(40), `Send “${'🦊'.repeat(27)}…”`],
])('the button for the prompt %j says %s', (prompt, label) => {
  expect(waitingRetry(picture(prompt)).label).toBe(label);
  expect(waitingPicture(picture(prompt)).label).toBe(label);
});

test('the price is that of the current model, and absent for a free one', () => {
  const { price } = waitingPicture(picture('a red fox'));
  use('google', 'gemini-nano-banana-2.1');
  expect(price?.()).toBe('about $0.034');
  use('openai', 'a-model-of-next-year');
  expect(price?.()).toBe('cost unknown');
  use('painter', 'painter-1');
  expect(price?.()).toBeNull();
});

test('the price of a picture that is retried by its own model is that model’s', () => {
  use('painter', 'painter-1');
  expect(waitingRetry(picture('a red fox', { ofSeveral: true })).price?.()).toBe('about $0.034');
  expect(waitingRetry(picture('a red fox')).price?.()).toBeNull();
});

test('the button of a text has its question, and no price', async () => {
  const answer = text('answer', 'assistant', '');
  const messages = [text('question', 'user', 'why is the sky blue?'), answer];
  useChat.setState({ currentId: 'c', isNewChat: false, ...rangeAtEnd({ messages, total: 2 }) });
  const waiting = waitingRetry(answer);
  expect(waiting.label).toBe('Send “why is the sky blue?”');
  expect(waiting.price).toBeUndefined();
  expect(main.requests).toEqual([]);
  waiting.send();
  await vi.waitFor(() =>
    expect(main.requests).toMatchObject([{ name: 'messages:retry', messageId: 'answer' }]),
  );
  useChat.setState({ ...rangeAtEnd({ messages: [answer], total: 1 }) });
  expect(waitingRetry(answer).label).toBe('Retry');
});
