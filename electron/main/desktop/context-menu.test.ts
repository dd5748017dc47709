import { expect, test } from 'vitest';
import type { DesktopRequest } from '../../../shared/contract/desktop';
import { type Clicked, contextMenuFor, imageIdOf } from './context-menu';

const id = '01930000-0000-7000-8000-0000000000ab';
const nowhere: Clicked = {
  isEditable: false,
  selectionText: '',
  misspelledWord: '',
  dictionarySuggestions: [],
  mediaType: 'none',
  srcURL: '',
  formControlType: 'none',
};

function menuAt(clicked: Partial<Clicked>) {
  const done: unknown[] = [];
  const items = contextMenuFor(
    { ...nowhere, ...clicked },
    {
      replace: (word) => void done.push(['replace', word]),
      learn: (word) => void done.push(['learn', word]),
      copyImage: () => void done.push('copy image'),
      ask: (wish: DesktopRequest) => void done.push(wish),
    },
  );
  const names = items.map((item) => item.label ?? item.role ?? '-');
  return { names, items, done };
}

test('in a text field', () => {
  expect(menuAt({ isEditable: true }).names).toEqual(['cut', 'copy', 'paste', '-', 'selectAll']);
});

test('in a field for a key nothing can be copied out', () => {
  const { names } = menuAt({ isEditable: true, formControlType: 'input-password', selectionText: '•••' });
  expect(names).toEqual(['paste', 'selectAll']);
});

test('on a misspelled word its suggestions come first, five at most', () => {
  const { names } = menuAt({
    isEditable: true,
    misspelledWord: 'foxx',
    dictionarySuggestions: ['fox', 'foxy', 'foxes', 'fax', 'fix', 'box'],
  });
  expect(names.slice(0, 8)).toEqual(['fox', 'foxy', 'foxes', 'fax', 'fix', '-', 'Add to dictionary', '-']);
});

test('a word that nobody knows says so, and can be learned', () => {
  const { names } = menuAt({ isEditable: true, misspelledWord: 'qwx' });
  expect(names.slice(0, 3)).toEqual(['No suggestions', '-', 'Add to dictionary']);
});

test('on selected text', () => {
  expect(menuAt({ selectionText: 'some words' }).names).toEqual(['copy']);
});

test('on one of our pictures, and each item does what it says', () => {
  const { names, items, done } = menuAt({ mediaType: 'image', srcURL: `afterimage://image/${id}/512` });
  expect(names).toEqual(['Save a copy…', 'Copy image', 'Show in folder']);
  for (const item of items) Reflect.apply(item.click ?? (() => {}), undefined, []);
  expect(done).toEqual([
    { type: 'picture', action: 'save-copy', imageId: id },
    'copy image',
    { type: 'picture', action: 'show-in-folder', imageId: id },
  ]);
});

test('elsewhere there is none', () => {
  expect(menuAt({}).names).toEqual([]);
  expect(menuAt({ selectionText: ' \n' }).names).toEqual([]);
});

test.each([
  '',
  'data:image/png;base64,AAAA',
  'afterimage://app/assets/fox.webp',
  `https://image/${id}/full`,
  'afterimage://image/../../etc/passwd',
  'afterimage://image/1/full',
])('%j is none of our pictures', (address) => {
  expect(imageIdOf(address)).toBeNull();
  expect(menuAt({ mediaType: 'image', srcURL: address }).names).toEqual([]);
});
