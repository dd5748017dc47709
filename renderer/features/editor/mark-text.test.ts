import { expect, test } from 'vitest';
import { maxTextLength } from '../../../shared/domain/conversations';
import { noFrame } from './frame';
import { placeholderFor, statusText, supportNote, wordlessText } from './mark-text';

const size = { width: 1536, height: 1024 };
const wider = { ...noFrame, left: 142, right: 142 };

test.each([
  [0, noFrame, 'Nothing marked'],
  [0.1, noFrame, '10% marked'],
  [0, wider, 'Extended to 1820 × 1024'],
  [0.1, wider, '10% marked · extended to 1820 × 1024'],
])('the status of a coverage of %d with frame %j is "%s"', (coverage, frame, text) => {
  expect(statusText(coverage, size, frame)).toBe(text);
});

test('has a note only if the model may not follow the mask exactly', () => {
  // The first stroke does not change the text, so that the picture does not move.
  for (const support of ['none', 'exact', 'guided', 'marked', 'described'] as const)
    expect(supportNote(support, false, false)).toBe(supportNote(support, true, false));
  expect(supportNote('exact', true, true)).toBeNull();
  expect(supportNote('none', false, false)).toContain('Choose another model');
  expect(supportNote('guided', true, false)).toContain('may also change');
  expect(supportNote('marked', true, false)).toContain('gets a second picture');
  expect(supportNote('described', true, true)).toContain('a description tells it where');
  // There is no mark that could be sent.
  expect(supportNote('marked', false, true)).toContain('how to extend');
});

test('without a prompt, an engine gets the picture’s prompt, and others an instruction', () => {
  const fox = { provider: 'google', prompt: 'a fox' };
  expect(wordlessText('exact', fox, true)).toBe('a fox');
  expect(wordlessText('exact', fox, false)).toBe('a fox');
  expect(wordlessText('marked', fox, true)).toContain('another version');
  expect(wordlessText('guided', fox, false)).toContain('beyond its edges');
  for (const other of [
    { ...fox, prompt: ' ' },
    { provider: 'imported', prompt: 'IMG_2041' },
    { ...fox, prompt: 'a'.repeat(maxTextLength + 1) },
  ]) {
    // There is no prompt that describes the picture.
    expect(wordlessText('exact', other, true)).toBeNull();
    expect(wordlessText('exact', other, false)).toBeNull();
    for (const support of ['guided', 'marked', 'described'] as const) {
      expect(wordlessText(support, other, true)).toContain('another version');
      expect(wordlessText(support, other, false)).toContain('beyond its edges');
    }
  }
});

test('the placeholder prefers the mark over the frame', () => {
  expect(
    new Set([
      placeholderFor(false, false, false),
      placeholderFor(false, true, false),
      placeholderFor(true, false, false),
    ]).size,
  ).toBe(3);
  expect(placeholderFor(true, true, false)).toBe(placeholderFor(true, false, false));
  // If a description is required, the placeholder must not offer to leave it to the model.
  expect(placeholderFor(false, true, true)).not.toContain('leave it');
  expect(placeholderFor(true, false, true)).not.toContain('leave it');
});
