// The items of the context menu: in text fields, on selected text and on pictures.
import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import { z } from 'zod';
import type { DesktopRequest } from '../../../shared/contract/desktop';
import { appScheme } from '../../../shared/domain/pictures';

/** What the user clicked on, as far as the menu depends on it. */
export type ContextMenuTarget = Pick<
  ContextMenuParams,
  | 'isEditable'
  | 'selectionText'
  | 'misspelledWord'
  | 'dictionarySuggestions'
  | 'mediaType'
  | 'srcURL'
  | 'formControlType'
>;

export type ContextMenuActions = {
  replaceMisspelling: (word: string) => void;
  addToDictionary: (word: string) => void;
  copyImage: () => void;
  /** Sends a request to the page. */
  request: (request: DesktopRequest) => void;
};

const maxSuggestions = 5;

/** Returns the menu's items, with separators between its sections; empty if there is nothing to do. */
export function contextMenuItems(
  target: ContextMenuTarget,
  actions: ContextMenuActions,
): MenuItemConstructorOptions[] {
  const sections = [
    ...spellingSections(target, actions),
    textSection(target),
    pictureSection(target, actions),
  ];
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
    suggestions.length > 0 ? suggestions : [{ label: 'No suggestions', enabled: false }],
    [{ label: 'Add to dictionary', click: () => addToDictionary(misspelledWord) }],
  ];
}

function textSection({
  isEditable,
  selectionText,
  formControlType,
}: ContextMenuTarget): MenuItemConstructorOptions[] {
  // Electron disables these roles itself if there is nothing to cut or paste.
  if (isEditable && formControlType === 'input-password') return [{ role: 'paste' }, { role: 'selectAll' }];
  if (isEditable) {
    return [
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { type: 'separator' },
      { role: 'selectAll' },
    ];
  }
  return selectionText.trim() === '' ? [] : [{ role: 'copy' }];
}

function pictureSection(
  { mediaType, srcURL }: ContextMenuTarget,
  { copyImage, request }: ContextMenuActions,
): MenuItemConstructorOptions[] {
  const imageId = mediaType === 'image' ? imageIdOf(srcURL) : null;
  if (imageId === null) return [];
  return [
    { label: 'Save a copy…', click: () => request({ type: 'picture', action: 'save-copy', imageId }) },
    { label: 'Copy image', click: copyImage },
    {
      label: 'Show in folder',
      click: () => request({ type: 'picture', action: 'show-in-folder', imageId }),
    },
  ];
}

/** Returns the id of one of the app's own pictures, or null for any other URL. */
export function imageIdOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, pathname } = new URL(address);
  if (protocol !== `${appScheme}:` || hostname !== 'image') return null;
  return z.uuid().safeParse(pathname.split('/')[1]).data ?? null;
}
