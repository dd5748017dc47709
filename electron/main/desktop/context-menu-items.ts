// The items of the native context menu: in text fields and on selected text. Pictures have a menu in the page.

import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import { t } from '../../../shared/languages/translate';
import { role } from './menu-roles';

/** The facts about the clicked element that the menu depends on. */
export type ContextMenuTarget = Pick<
  ContextMenuParams,
  'isEditable' | 'selectionText' | 'misspelledWord' | 'dictionarySuggestions' | 'formControlType'
>;

export type ContextMenuActions = {
  replaceMisspelling: (word: string) => void;
  addToDictionary: (word: string) => void;
};

const maxSuggestions = 5;

/** Returns the menu's items, with separators between its sections; empty if there is nothing to do. */
export function contextMenuItems(
  target: ContextMenuTarget,
  actions: ContextMenuActions,
): MenuItemConstructorOptions[] {
  const sections = [...spellingSections(target, actions), textSection(target)];
  return sections
    .filter((items) => items.length > 0)
    .flatMap((items, index) => (index === 0 ? items : [{ type: 'separator' as const }, ...items]));
}

function spellingSections(
  { isEditable, misspelledWord, dictionarySuggestions }: ContextMenuTarget,
  { replaceMisspelling, addToDictionary }: ContextMenuActions,
): MenuItemConstructorOptions[][] {
  if (!isEditable || misspelledWord === '') return [];
  const suggestions = dictionarySuggestions
    .slice(0, maxSuggestions)
    .map((word) => ({ label: word, click: () => replaceMisspelling(word) }));
  return [
    suggestions.length > 0 ? suggestions : [{ label: t('desktop.no_suggestions'), enabled: false }],
    [{ label: t('desktop.add_to_dictionary'), click: () => addToDictionary(misspelledWord) }],
  ];
}

function textSection({
  isEditable,
  selectionText,
  formControlType,
}: ContextMenuTarget): MenuItemConstructorOptions[] {
  // Electron disables these roles itself if there is nothing to cut or paste.
  if (isEditable && formControlType === 'input-password') return [role('paste'), role('selectAll')];
  if (isEditable) {
    return [role('cut'), role('copy'), role('paste'), { type: 'separator' }, role('selectAll')];
  }
  return selectionText.trim() === '' ? [] : [role('copy')];
}
