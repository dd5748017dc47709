// The menu of the right mouse button: in text fields, on selected text and on pictures.
import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import { z } from 'zod';
import type { DesktopRequest } from '../../../shared/contract/desktop';
import { appScheme } from '../../../shared/domain/pictures';

/** What is known of the place that was clicked, of all that Electron tells. */
export type Clicked = Pick<
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
  replace: (word: string) => void;
  learn: (word: string) => void;
  copyImage: () => void;
  ask: (wish: DesktopRequest) => void;
};

const maxSuggestions = 5;

/** @returns the menu's items; none where there is nothing to be done. */
export function contextMenuFor(clicked: Clicked, actions: ContextMenuActions): MenuItemConstructorOptions[] {
  const sections = [...spellingOf(clicked, actions), textOf(clicked), pictureOf(clicked, actions)];
  return sections
    .filter((items) => items.length > 0)
    .flatMap((items, index) => (index === 0 ? items : [{ type: 'separator' as const }, ...items]));
}

function spellingOf(
  { isEditable, misspelledWord, dictionarySuggestions }: Clicked,
  { replace, learn }: ContextMenuActions,
): MenuItemConstructorOptions[][] {
  if (!isEditable || misspelledWord === '') return [];
  const suggestions = dictionarySuggestions
    .slice(0, maxSuggestions)
    .map((word) => ({ label: word, click: () => replace(word) }));
  return [
    suggestions.length > 0 ? suggestions : [{ label: 'No suggestions', enabled: false }],
    [{ label: 'Add to dictionary', click: () => learn(misspelledWord) }],
  ];
}

function textOf({ isEditable, selectionText, formControlType }: Clicked): MenuItemConstructorOptions[] {
  // The system's own roles know by themselves whether there is something to cut or to paste.
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

function pictureOf(
  { mediaType, srcURL }: Clicked,
  { copyImage, ask }: ContextMenuActions,
): MenuItemConstructorOptions[] {
  const imageId = mediaType === 'image' ? imageIdOf(srcURL) : null;
  if (imageId === null) return [];
  return [
    { label: 'Save a copy…', click: () => ask({ type: 'picture', action: 'save-copy', imageId }) },
    { label: 'Copy image', click: copyImage },
    { label: 'Show in folder', click: () => ask({ type: 'picture', action: 'show-in-folder', imageId }) },
  ];
}

/** @returns the id of one of our own pictures; null for any other address. */
export function imageIdOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, pathname } = new URL(address);
  if (protocol !== `${appScheme}:` || hostname !== 'image') return null;
  return z.uuid().safeParse(pathname.split('/')[1]).data ?? null;
}
