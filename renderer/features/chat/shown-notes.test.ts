import { expect, test } from 'vitest';
import {
  type MessageStatus,
  messageStatuses,
  type PictureMessage,
} from '../../../shared/domain/conversations';
import type { PictureNote } from '../../../shared/domain/picture-notes';
import { shownNotes } from './shown-notes';

const notes: PictureNote[] = [
  { code: 'not_drawn', words: ['a fox'] },
  { code: 'settings_left_out', sentences: ['No seed.'] },
  { code: 'part_not_exact', sentence: 'The rest may have changed.' },
  { code: 'answer_words', text: 'Here it is.' },
  { code: 'answer_incomplete', lost: 1 },
];

function codes(status: MessageStatus): string[] {
  const message: PictureMessage = {
    ...{ id: 'm', conversationId: 'c', seq: 1, revision: 1, role: 'assistant', status, notes },
    ...{ error: null, createdAt: 1, updatedAt: 1, kind: 'image', groupId: 'g', prompt: 'a fox' },
    ...{ params: { aspectRatio: '3:2', seed: 7 }, parentId: null, provider: 'painter', model: 'painter-1' },
    ...{ retryAt: null, image: null, durationMs: null, costMicroUsd: null },
  };
  return shownNotes(message).map(({ code }) => code);
}

const unfinished: readonly MessageStatus[] = ['pending', 'generating', 'streaming'];
const unsuccessful = messageStatuses.filter((status) => status !== 'ready' && !unfinished.includes(status));

test('a finished picture has all its notes', () => {
  expect(codes('ready')).toEqual(notes.map(({ code }) => code));
});

test.each(unfinished)('a picture that is %s has no notes about changes', (status) => {
  expect(codes(status)).toEqual(['not_drawn', 'settings_left_out', 'answer_words', 'answer_incomplete']);
});

test.each(unsuccessful)('a picture that ended as %s has no notes about differences', (status) => {
  expect(codes(status)).toEqual(['answer_words', 'answer_incomplete']);
});
