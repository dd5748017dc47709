// All shortcuts in groups, for the list of shortcuts: those of the commands, and those that one view handles itself.

import {
  commandIds,
  commandName,
  keysOf,
  type Shortcut,
  worksWhileTyping,
} from '../../../shared/domain/commands';
import type { MessageId } from '../../../shared/languages/en';
import { t } from '../../../shared/languages/translate';
import { toolFacts, toolName, tools } from '../../features/editor/tools';
import { pictureActions } from '../../picture/action-list';
import { targetOfSelection } from '../../picture/action-target';
import type { PictureAction } from '../../picture/actions/picture-action';
import { textOf } from '../../picture/offered-actions';
import { isMac } from '../../ui/shortcut';

export type ShortcutRow = {
  name: string;
  keys: readonly Shortcut[];
  /** The keys that type characters in a text field. */
  notWhileTyping?: readonly Shortcut[];
};
/** Keys without a command, with the id of their description. */
type KeyRow = { id: MessageId; keys: readonly Shortcut[] };
export type ShortcutGroup = { title: string; rows: readonly ShortcutRow[] };

/** Keys without a command, which these views handle themselves. */
const chat: readonly KeyRow[] = [
  { id: 'app.shortcut_send', keys: ['Enter'] },
  { id: 'app.shortcut_new_line', keys: ['Shift+Enter'] },
  { id: 'app.shortcut_stop', keys: ['Escape'] },
  { id: 'app.shortcut_first_or_last_message', keys: ['Home', 'End'] },
];
const chatList: readonly KeyRow[] = [
  { id: 'app.shortcut_next_or_previous_chat', keys: ['ArrowDown', 'ArrowUp'] },
  { id: 'sidebar.open_window', keys: ['Mod+Enter'] },
  { id: 'app.shortcut_rename', keys: ['F2'] },
  { id: 'app.shortcut_delete', keys: ['Delete'] },
];
const gallery: readonly KeyRow[] = [
  { id: 'app.shortcut_search_pictures', keys: ['Mod+F', '/'] },
  { id: 'app.shortcut_open', keys: ['Enter'] },
  { id: 'app.shortcut_select', keys: ['X'] },
  { id: 'app.shortcut_select_all', keys: ['Mod+A'] },
  { id: 'app.shortcut_clear_the_selection', keys: ['Escape'] },
  { id: 'app.shortcut_larger_or_smaller_pictures', keys: ['+', '-'] },
];
const lightbox: readonly KeyRow[] = [
  { id: 'app.shortcut_next_or_previous_picture', keys: ['ArrowRight', 'ArrowLeft'] },
  { id: 'app.shortcut_zoom_in_or_out', keys: ['+', '-'] },
  { id: 'app.shortcut_show_or_hide_the_recipe', keys: ['I'] },
  { id: 'app.shortcut_close', keys: ['Escape'] },
];

const editor: readonly KeyRow[] = [
  { id: 'app.shortcut_smaller_or_larger_brush', keys: ['[', ']'] },
  { id: 'app.shortcut_invert_the_mask', keys: ['I'] },
  { id: 'app.shortcut_undo', keys: ['Mod+Z'] },
  { id: 'app.shortcut_redo', keys: ['Mod+Shift+Z', 'Mod+Y'] },
  { id: 'app.shortcut_apply', keys: ['Mod+Enter'] },
];

export function shortcutGroups(): ShortcutGroup[] {
  return [
    {
      title: t('app.shortcuts_of_anywhere'),
      rows: commandIds.flatMap((id) => {
        const keys = keysOf(id, isMac);
        if (keys.length === 0) return [];
        const notWhileTyping = keys.filter((each) => !worksWhileTyping(each));
        return [{ name: commandName(id), keys, notWhileTyping }];
      }),
    },
    { title: t('app.shortcuts_of_chat'), rows: named(chat) },
    { title: t('app.shortcuts_of_list_of_chats'), rows: named(chatList) },
    { title: t('app.shortcuts_of_gallery'), rows: named(gallery) },
    {
      title: t('app.shortcuts_of_open_or_focused_picture'),
      rows: [...named(lightbox.slice(0, 3)), ...pictureRows(), ...named(lightbox.slice(3))],
    },
    { title: t('app.shortcuts_of_editor'), rows: [...toolRows(), ...named(editor)] },
  ];
}

function pictureRows(): ShortcutRow[] {
  const target = targetOfSelection(() => [], 1);
  return Object.values<PictureAction>(pictureActions).flatMap(({ shortcut, label }) =>
    // The gallery lists Enter already.
    shortcut === undefined || shortcut === 'Enter' ? [] : [{ name: textOf(label, target), keys: [shortcut] }],
  );
}

function toolRows(): ShortcutRow[] {
  return tools.map((tool) => ({ name: toolName(tool), keys: [toolFacts[tool].key] }));
}

function named(rows: readonly KeyRow[]): ShortcutRow[] {
  return rows.map(({ id, keys }) => ({ name: t(id), keys }));
}
