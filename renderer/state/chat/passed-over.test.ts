import { expect, test } from 'vitest';
import type { Message, PictureMessage, TextMessage } from '../../../shared/domain/conversations';
import { pictureMessage, textMessage } from '../../../shared/domain/test-message';
import { merge } from './messages';
import { passedOver } from './passed-over';

let seq = 0;

function text(id: string, changes: Partial<TextMessage> = {}): TextMessage {
  seq += 1;
  return textMessage({ id, seq, text: id, ...changes });
}

function picture(id: string, changes: Partial<PictureMessage> = {}): PictureMessage {
  seq += 1;
  const image = { width: 1, height: 1, bytes: 1, thumbhash: '' };
  return pictureMessage({ id, groupId: id, seq, prompt: id, image, ...changes });
}

function of(messages: readonly Message[], newer = 0): string[] | null {
  const found = passedOver({ order: messages.map(({ id }) => id), messages: merge({}, messages), newer });
  return found && [found.question.id, found.picture.id, ...found.answers.map(({ id }) => id)];
}

const before = () => [text('a fox'), picture('fox')];

test('a text in any language passes over the previous picture, from the placeholder on', () => {
  const waiting = { status: 'pending', image: null } as const;
  expect(of([...before(), text('mach es Nacht'), picture('night', waiting)])).toEqual([
    'mach es Nacht',
    'fox',
    'night',
  ]);
  expect(of([...before(), text('夜にして'), picture('one'), picture('two')])).toEqual([
    ...['夜にして', 'fox', 'one', 'two'],
  ]);
});

test('a text without a result passes over nothing', () => {
  const failed = { status: 'failed', image: null, error: { code: 'timed_out', message: 'x' } } as const;
  const asked = [...before(), text('at night')];
  expect(of([...asked, picture('a', failed), picture('b', failed)])).toBeNull();
  expect(of([...asked, picture('a', failed), picture('b')])).toEqual(['at night', 'fox', 'a', 'b']);
});

test('the user knows the behaviour from the second question after a picture on', () => {
  const isKnown = (messages: readonly Message[]) =>
    passedOver({ order: messages.map(({ id }) => id), messages: merge({}, messages), newer: 0 })?.isKnown;
  const second = [...before(), text('at night'), picture('night')];
  expect(isKnown(second)).toBe(false);
  expect(isKnown([text('hi'), text('Hello', { role: 'assistant' }), ...second])).toBe(false);
  expect(isKnown([...second, text('with snow'), picture('snow')])).toBe(true);
});

test('the last existing picture counts', () => {
  const image = { width: 1, height: 1, bytes: 1, thumbhash: '', state: 'trash' } as const;
  const deleted = [text('an owl'), picture('owl', { image })];
  expect(of([...before(), ...deleted, text('at night'), picture('night')])?.[1]).toBe('fox');
});

test.each<[string, () => Message[]]>([
  ['in a chat without an earlier picture', () => [text('a fox'), picture('fox')]],
  ['before there is an answer', () => [...before(), text('at night')]],
  [
    'by a model that replies with words',
    () => [...before(), text('hi'), text('Hello', { role: 'assistant' })],
  ],
  [
    'by a picture that a text model requested: it has read the chat',
    () => [...before(), text('at night'), text('', { role: 'assistant' }), picture('night')],
  ],
  [
    'by a picture that was made from one',
    () => [
      ...before(),
      text('at night'),
      picture('night', { parentId: 'fox', params: { aspectRatio: '1:1', seed: 1, references: ['fox'] } }),
    ],
  ],
  ['by the same words again', () => [...before(), text('fox'), picture('again', { prompt: 'fox' })]],
  ['by an answer that was removed', () => [...before(), text('q'), picture('failed', { isDismissed: true })]],
])('nothing is passed over %s', (_, messages) => {
  expect(of(messages())).toBeNull();
});

test('returns null while the end of the chat is not loaded', () => {
  expect(of([...before(), text('at night'), picture('night')], 2)).toBeNull();
});
