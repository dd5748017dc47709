// Release notes become plain text.
import { expect, test } from 'vitest';
import { plainNotes } from './release-notes';

test('what was typed stays as it was typed', () => {
  expect(plainNotes('Better skies.\n\n- a < b & c\n- `code`')).toBe('Better skies.\n\n- a < b & c\n- `code`');
});

test('HTML loses its tags and keeps its lines', () => {
  const html = '<h2>New</h2><ul><li>Better <b>skies</b></li><li>Tom &amp; Jerry</li></ul><p>That is all.</p>';
  expect(plainNotes(html)).toBe('New\n\n- Better skies\n- Tom & Jerry\n\nThat is all.');
});

test('several releases follow each other; empty ones are nothing', () => {
  const notes = [
    { version: '2', note: 'Two' },
    { version: '1', note: null },
    { version: '0', note: 'Zero' },
  ];
  expect(plainNotes(notes)).toBe('Two\n\nZero');
  for (const nothing of [null, undefined, '', '  \n', []]) expect(plainNotes(nothing)).toBeNull();
});

test('a novel is cut', () => {
  expect(plainNotes('x'.repeat(100_000))?.length).toBe(8_001);
});
