import { expect, test } from 'vitest';
import { notesToPlainText } from './release-notes';

test('keeps plain text unchanged', () => {
  expect(notesToPlainText('Better skies.\n\n- a < b & c\n- `code`')).toBe(
    'Better skies.\n\n- a < b & c\n- `code`',
  );
});

test('removes HTML tags and keeps lines', () => {
  const html = '<h2>New</h2><ul><li>Better <b>skies</b></li><li>Tom &amp; Jerry</li></ul><p>That is all.</p>';
  expect(notesToPlainText(html)).toBe('New\n\n- Better skies\n- Tom & Jerry\n\nThat is all.');
});

test('joins the notes of several releases and ignores empty ones', () => {
  const notes = [
    { version: '2', note: 'Two' },
    { version: '1', note: null },
    { version: '0', note: 'Zero' },
  ];
  expect(notesToPlainText(notes)).toBe('Two\n\nZero');
  for (const nothing of [null, undefined, '', '  \n', []]) expect(notesToPlainText(nothing)).toBeNull();
});

test('shortens very long notes', () => {
  expect(notesToPlainText('x'.repeat(100_000))?.length).toBe(8_001);
});
