import { expect, test } from 'vitest';
import type { DesktopRequest } from '../../../shared/contract/desktop';
import { type ContextMenuTarget, contextMenuItems, imageIdOf } from './context-menu-items';

const id = '01930000-0000-7000-8000-0000000000ab';
const emptyTarget: ContextMenuTarget = {
  isEditable: false,
  selectionText: '',
  misspelledWord: '',
  dictionarySuggestions: [],
  mediaType: 'none',
  srcURL: '',
  formControlType: 'none',
};

function menuAt(target: Partial<ContextMenuTarget>) {
  const done: unknown[] = [];
  const items = contextMenuItems(
    { ...emptyTarget, ...target },
    {
      replaceMisspelling: (word) => void done.push(['replace', word]),
      addToDictionary: (word) => void done.push(['learn', word]),
      copyImage: () => void done.push('copy image'),
      request: (request: DesktopRequest) => void done.push(request),
    },
  );
  const names = items.map((item) => item.label ?? item.role ?? '-');
  return { names, items, done };
}

test('offers editing commands in a text field', () => {
  expect(menuAt({ isEditable: true }).names).toEqual(['cut', 'copy', 'paste', '-', 'selectAll']);
});

test('offers neither cut nor copy in a password field', () => {
  const { names } = menuAt({ isEditable: true, formControlType: 'input-password', selectionText: '•••' });
  expect(names).toEqual(['paste', 'selectAll']);
});

test('lists at most five spelling suggestions first', () => {
  const { names } = menuAt({
    isEditable: true,
    misspelledWord: 'foxx',
    dictionarySuggestions: ['fox', 'foxy', 'foxes', 'fax', 'fix', 'box'],
  });
  expect(names.slice(0, 8)).toEqual(['fox', 'foxy', 'foxes', 'fax', 'fix', '-', 'Add to dictionary', '-']);
});

test('offers to add a word without suggestions to the dictionary', () => {
  const { names } = menuAt({ isEditable: true, misspelledWord: 'qwx' });
  expect(names.slice(0, 3)).toEqual(['No suggestions', '-', 'Add to dictionary']);
});

test('offers copy on selected text', () => {
  expect(menuAt({ selectionText: 'some words' }).names).toEqual(['copy']);
});

test('offers the actions of one of our pictures and runs them', () => {
  const { names, items, done } = menuAt({ mediaType: 'image', srcURL: `afterimage://image/${id}/512` });
  expect(names).toEqual(['Save a copy…', 'Copy image', 'Show in folder']);
  for (const item of items) Reflect.apply(item.click ?? (() => {}), undefined, []);
  expect(done).toEqual([
    { type: 'picture', action: 'save-copy', imageId: id },
    'copy image',
    { type: 'picture', action: 'show-in-folder', imageId: id },
  ]);
});

test('has no items elsewhere', () => {
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
])('does not take %j for one of our pictures', (address) => {
  expect(imageIdOf(address)).toBeNull();
  expect(menuAt({ mediaType: 'image', srcURL: address }).names).toEqual([]);
});
