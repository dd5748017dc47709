// The app menu: the app's commands with their shortcuts, and Electron's menu roles where the system has them.

import type { KeyboardEvent, MenuItemConstructorOptions } from 'electron';
import { acceleratorOf, type CommandId, commandName } from '../../../shared/domain/commands';
import { t } from '../../../shared/languages/translate';
import { role } from './menu-roles';

type Item = MenuItemConstructorOptions;

/**
 * @param send sends a command to the page.
 * @param isDevelopment adds items to reload the page and to open the developer tools.
 */
export function buildAppMenu(
  send: (command: CommandId) => void,
  isMac: boolean,
  isDevelopment: boolean,
): Item[] {
  /** Only shows the shortcut: the page handles it, by the key's position on any layout. */
  const item = (id: CommandId, label = commandName(id)): Item => {
    const accelerator = acceleratorOf(id, isMac);
    return {
      id,
      label,
      ...(accelerator !== undefined && { accelerator, registerAccelerator: false }),
      click(_item, window, event?: KeyboardEvent) {
        // macOS registers every accelerator. The page of an open window has already handled the key, except for undo
        // and redo in a text field, which Chromium leaves to the menu on macOS.
        if (id === 'undo' || id === 'redo' || !(event?.triggeredByAccelerator && window)) send(id);
      },
    };
  };
  /** macOS has no access keys; Chinese and Japanese write them as “(&F)”. */
  const titled = (label: string) => (isMac ? label.replace(/\(&.\)/, '') : label);
  const separator: Item = { type: 'separator' };
  const settings = item('settings', t('desktop.menu_settings'));
  const about = item('about');
  const appMenu: Item = {
    role: 'appMenu',
    submenu: [
      about,
      separator,
      settings,
      separator,
      role('services'),
      separator,
      role('hide'),
      role('hideOthers'),
      role('unhide'),
      separator,
      role('quit'),
    ],
  };
  return [
    ...(isMac ? [appMenu] : []),
    {
      label: titled(t('desktop.menu_file')),
      submenu: [
        item('new-chat'),
        item('new-window'),
        item('gallery-window'),
        separator,
        item('import'),
        item('import-folder'),
        separator,
        item('connect-model', t('desktop.menu_connect_model')),
        separator,
        ...(isMac ? [role('close')] : [settings, separator, role('quit')]),
      ],
    },
    {
      label: titled(t('desktop.menu_edit')),
      submenu: [
        // The page knows whether to undo in a text field or in the app.
        item('undo'),
        item('redo'),
        separator,
        role('cut'),
        role('copy'),
        role('paste'),
        ...(isMac ? [role('pasteAndMatchStyle')] : []),
        role('delete'),
        role('selectAll'),
        ...(isMac ? [separator, speech()] : []),
      ],
    },
    {
      label: titled(t('desktop.menu_view')),
      submenu: [
        item('palette'),
        separator,
        item('back'),
        item('forward'),
        separator,
        item('chat'),
        item('gallery'),
        item('trash'),
        item('toggle-sidebar'),
        separator,
        role('resetZoom'),
        role('zoomIn'),
        role('zoomOut'),
        separator,
        role('togglefullscreen'),
        ...(isDevelopment
          ? [separator, { role: 'reload' as const }, { role: 'toggleDevTools' as const }]
          : []),
      ],
    },
    {
      role: 'windowMenu',
      label: t('desktop.menu_window'),
      submenu: [
        // Without the default shortcut, Ctrl/Cmd+M, which opens the list of models.
        { ...role('minimize'), accelerator: '' },
        role('zoom'),
        ...(isMac ? [separator, role('front')] : [role('close')]),
      ],
    },
    {
      role: 'help',
      label: t('desktop.menu_help'),
      submenu: [item('shortcuts'), item('diagnostics'), ...(isMac ? [] : [separator, about])],
    },
  ];
}

function speech(): Item {
  return { label: t('desktop.menu_speech'), submenu: [role('startSpeaking'), role('stopSpeaking')] };
}
