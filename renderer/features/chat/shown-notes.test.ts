import { expect, test } from 'vitest';
import { type MessageStatus, messageStatuses } from '../../../shared/domain/conversations';
import type { PictureNote } from '../../../shared/domain/picture-notes';
import { pictureMessage } from '../../../shared/domain/test-message';
import { shownNotes } from './shown-notes';

const notes: PictureNote[] = [
  { code: 'not_drawn', words: ['a fox'] },
  { code: 'settings_left_out', sentences: ['No seed.'] },
  { code: 'part_not_exact', sentence: 'The rest may have changed.' },
  { code: 'answer_words', text: 'Here it is.' },
  { code: 'answer_incomplete', lost: 1 },
];

function codes(status: MessageStatus): string[] {
  return shownNotes(pictureMessage({ status, notes })).map(({ code }) => code);
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
