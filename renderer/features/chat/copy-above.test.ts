import { expect, test, vi } from 'vitest';
import type { Message, PictureMessage } from '../../../shared/domain/conversations';
import { pictureMessage } from '../../../shared/domain/test-message';
import { pictureAbove } from './copy-above';

// The parts of a browser that the stores need when they are created.
vi.hoisted(() => Object.assign(globalThis, { window: new EventTarget(), location: { hash: '' } }));

function picture(id: string, changes: Partial<PictureMessage> = {}): PictureMessage {
  const image = { width: 1, height: 1, bytes: 1, thumbhash: '' };
  return pictureMessage({ id, groupId: id, prompt: id, image, ...changes });
}

function above(messages: readonly Message[], references: readonly string[] = [], newer = 0) {
  const byId = Object.fromEntries(messages.map((message) => [message.id, message]));
  return pictureAbove({ order: messages.map(({ id }) => id), messages: byId, newer }, references);
}

test('the picture above the field is the newest one, or the one that was reused for it', () => {
  expect(above([picture('a'), picture('b')])).toEqual({ imageId: 'b', messageId: 'b' });
  expect(above([picture('b', { reusedId: 'a' })])).toEqual({ imageId: 'a', messageId: 'b' });
});

test('the attached picture is nearer than those of the chat', () => {
  expect(above([picture('a')], ['attached'])).toEqual({ imageId: 'attached', messageId: null });
});

test.each<[string, readonly Message[], readonly string[], number]>([
  ['several attached pictures', [picture('a')], ['b', 'c'], 0],
  [
    'several pictures of one request',
    [picture('a', { groupId: 'g' }), picture('b', { groupId: 'g' })],
    [],
    0,
  ],
  ['a picture that is not made yet', [picture('a'), picture('b', { image: null })], [], 0],
  ['newer messages that are not loaded', [picture('a')], [], 3],
  ['an empty chat', [], [], 0],
])('there is none with %s', (_, messages, references, newer) => {
  expect(above(messages, references, newer)).toBeNull();
});
