// All shortcuts in groups, for the list of shortcuts: those of the commands, and those that one view handles itself.
import { commandIds, commands, type Shortcut } from '../../../shared/domain/commands';
import { toolFacts, tools } from '../../features/editor/tools';
import { type PictureAction, pictureActions } from '../../picture/action-list';
import { targetOfSelection } from '../../picture/action-target';

export type ShortcutRow = { name: string; keys: readonly Shortcut[] };
export type ShortcutGroup = { title: string; rows: readonly ShortcutRow[] };

/** Keys without a command. The views that are named have them. */
const chat: readonly ShortcutRow[] = [
  { name: 'Send', keys: ['Enter'] },
  { name: 'New line', keys: ['Shift+Enter'] },
  { name: 'First or last message', keys: ['Home', 'End'] },
];
const chatList: readonly ShortcutRow[] = [
  { name: 'Next or previous chat', keys: ['ArrowDown', 'ArrowUp'] },
  { name: 'Rename', keys: ['F2'] },
  { name: 'Delete', keys: ['Delete'] },
];
const gallery: readonly ShortcutRow[] = [
  { name: 'Search pictures', keys: ['Mod+F', '/'] },
  { name: 'Open', keys: ['Enter'] },
  { name: 'Select', keys: ['X'] },
  { name: 'Select all', keys: ['Mod+A'] },
  { name: 'Clear the selection', keys: ['Escape'] },
  { name: 'Larger or smaller pictures', keys: ['+', '-'] },
];
const lightbox: readonly ShortcutRow[] = [
  { name: 'Next or previous picture', keys: ['ArrowRight', 'ArrowLeft'] },
  { name: 'Zoom in or out', keys: ['+', '-'] },
  { name: 'Show or hide the recipe', keys: ['I'] },
  { name: 'Close', keys: ['Escape'] },
];

const editor: readonly ShortcutRow[] = [
  ...tools.map((tool) => ({ name: toolFacts[tool].name, keys: [toolFacts[tool].key] })),
  { name: 'Smaller or larger brush', keys: ['[', ']'] },
  { name: 'Invert the mask', keys: ['I'] },
  { name: 'Undo', keys: ['Mod+Z'] },
  { name: 'Redo', keys: ['Mod+Shift+Z', 'Mod+Y'] },
  { name: 'Apply', keys: ['Mod+Enter'] },
];

export function shortcutGroups(): ShortcutGroup[] {
  return [
    {
      title: 'Anywhere',
      rows: commandIds.flatMap((id) => {
        const { name, keys } = commands[id];
        return keys ? [{ name, keys }] : [];
      }),
    },
    { title: 'Chat', rows: chat },
    { title: 'List of chats', rows: chatList },
    { title: 'Gallery', rows: gallery },
    {
      title: 'Open or focused picture',
      rows: [...lightbox.slice(0, 3), ...pictureRows(), ...lightbox.slice(3)],
    },
    { title: 'Editor', rows: editor },
  ];
}

function pictureRows(): ShortcutRow[] {
  const target = targetOfSelection(() => [], 1);
  return Object.values<PictureAction>(pictureActions).flatMap(({ shortcut, label }) =>
    // The gallery lists Enter already.
    shortcut === undefined || shortcut === 'Enter'
      ? []
      : [{ name: typeof label === 'string' ? label : label(target), keys: [shortcut] }],
  );
}
