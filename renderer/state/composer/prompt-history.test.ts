import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Message } from '../../../shared/domain/conversations';
import { textMessage } from '../../../shared/domain/test-message';
import { patient } from '../../../tests/harness/patient';
import { createPromptHistory, type PromptHistory } from './prompt-history';

function message(seq: number, role: Message['role'], text: string): Message {
  return textMessage({ id: `id-${seq}`, seq, role, text });
}

/** Prompts and their answers. Messages 1, 3, 5 … are the user's. */
function conversation(...prompts: string[]): Message[] {
  return prompts.flatMap((prompt, index) => [
    message(index * 2 + 1, 'user', prompt),
    message(index * 2 + 2, 'assistant', `About ${prompt}`),
  ]);
}

let messages: Message[];
/** Number of the last messages that are loaded. */
let loadedCount: number;
let text: string;
let history: PromptHistory;

beforeEach(() => {
  messages = conversation('a red fox', 'a blue fox', 'a blue fox', 'an owl');
  loadedCount = 100;
  text = '';
  history = createPromptHistory({
    text: () => text,
    setText: (changed) => {
      text = changed;
    },
    loaded: (before) => messages.slice(-loadedCount).filter(({ seq }) => seq < (before ?? 1e9)),
    read: async (before) => messages.filter(({ seq }) => seq < (before ?? 1e9)).slice(-3),
  });
});

const press = (key: keyof PromptHistory) => [history[key](), text];

test('goes back to the first prompt, forward to the last, and to the empty composer', () => {
  expect(press('older')).toEqual([true, 'an owl']);
  expect(press('older')).toEqual([true, 'a blue fox']);
  expect(press('older')).toEqual([true, 'a red fox']);
  expect(press('older')).toEqual([true, 'a red fox']);
  expect(press('newer')).toEqual([true, 'a blue fox']);
  expect(press('older')).toEqual([true, 'a red fox']);
  expect([press('newer'), press('newer')]).toEqual([
    [true, 'a blue fox'],
    [true, 'an owl'],
  ]);
  expect(press('newer')).toEqual([true, '']);
  expect(press('newer')).toEqual([false, '']);
});

test('empties the composer on Escape, and starts again', () => {
  press('older');
  press('older');
  expect(press('leave')).toEqual([true, '']);
  expect(press('leave')).toEqual([false, '']);
  expect(press('older')).toEqual([true, 'an owl']);
});

test('includes prompts that were sent since', () => {
  press('older');
  press('leave');
  messages = [...messages, ...conversation('', '', '', '', 'a whale').slice(-2)];
  expect(press('older')).toEqual([true, 'a whale']);
});

describe('text of the user’s own', () => {
  test.each(['older', 'newer', 'leave'] as const)('is not replaced by %s', (key) => {
    text = 'what I write';
    expect(press(key)).toEqual([false, 'what I write']);
    text = ' ';
    expect(press(key)).toEqual([false, ' ']);
  });

  test.each(['older', 'newer', 'leave'] as const)('is a changed prompt too, for %s', (key) => {
    press('older');
    text = 'an owl at night';
    expect(press(key)).toEqual([false, 'an owl at night']);
  });

  test('is not replaced by a prompt that arrives later', async () => {
    loadedCount = 0;
    expect(history.older()).toBe(true);
    text = 'x';
    await vi.waitFor(() => expect(history.newer()).toBe(false), patient);
    await new Promise((resolve) => setImmediate(resolve));
    expect(text).toBe('x');
  });
});

test('reads prompts that are not loaded', async () => {
  loadedCount = 2;
  expect(press('older')).toEqual([true, 'an owl']);
  for (const expected of ['a blue fox', 'a red fox']) {
    history.older();
    await vi.waitFor(() => expect(text).toBe(expected), patient);
  }
});

test('does nothing in a new chat', async () => {
  messages = [];
  expect(press('older')).toEqual([true, '']);
  await new Promise((resolve) => setImmediate(resolve));
  expect(text).toBe('');
});
