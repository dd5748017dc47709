import { expect, onTestFinished, test } from 'vitest';
import { en } from '../../../shared/languages/en';
import { setLanguage } from '../../../shared/languages/translate';
import { type ContextMenuTarget, contextMenuItems } from './context-menu-items';

const emptyTarget: ContextMenuTarget = {
  isEditable: false,
  selectionText: '',
  misspelledWord: '',
  dictionarySuggestions: [],
  formControlType: 'none',
};

function menuAt(target: Partial<ContextMenuTarget>) {
  const done: unknown[] = [];
  const items = contextMenuItems(
    { ...emptyTarget, ...target },
    {
      replaceMisspelling: (word) => void done.push(['replace', word]),
      addToDictionary: (word) => void done.push(['learn', word]),
    },
  );
  const names = items.map((item) => item.role ?? item.label ?? '-');
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

test('has no items elsewhere', () => {
  expect(menuAt({}).names).toEqual([]);
  expect(menuAt({ selectionText: ' \n' }).names).toEqual([]);
});

test('names Electron’s own commands in the language of the interface', () => {
  onTestFinished(() => setLanguage('en', en));
  setLanguage('de', { ...en, 'desktop.role_select_all': 'Alles auswählen' });
  expect(menuAt({ isEditable: true }).items.at(-1)).toEqual({ role: 'selectAll', label: 'Alles auswählen' });
});
