// The app menu, built from Electron's menu roles where the system has them.
import type { MenuItemConstructorOptions } from 'electron';
import type { DesktopCommand } from '../../../shared/contract/desktop';

export type MenuActions = {
  command: (command: DesktopCommand) => void;
  /** Lets the user choose files or folders to import. */
  chooseImport: (source: 'pictures' | 'folder') => void;
};

/** @param isDevelopment adds items to reload the page and to open the developer tools. */
export function buildAppMenu(
  { command, chooseImport }: MenuActions,
  isMac: boolean,
  isDevelopment: boolean,
): MenuItemConstructorOptions[] {
  /** Shows the shortcut only, because the page handles it itself (renderer/app/use-shortcuts.ts). */
  const item = (label: string, name: DesktopCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id: name,
    label,
    ...(accelerator && { accelerator, registerAccelerator: false }),
    click: () => command(name),
  });
  const settings: MenuItemConstructorOptions = {
    ...item('Settings…', 'settings'),
    accelerator: 'CommandOrControl+,',
  };
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  return [
    ...(isMac
      ? [
          {
            role: 'appMenu' as const,
            submenu: [
              item('About Afterimage', 'about'),
              separator,
              settings,
              separator,
              { role: 'services' as const },
              separator,
              { role: 'hide' as const },
              { role: 'hideOthers' as const },
              { role: 'unhide' as const },
              separator,
              { role: 'quit' as const },
            ],
          },
        ]
      : []),
    {
      label: '&File',
      submenu: [
        item('New chat', 'new-chat', 'CommandOrControl+N'),
        {
          id: 'import',
          label: 'Import…',
          accelerator: 'CommandOrControl+O',
          click: () => chooseImport('pictures'),
        },
        { id: 'import-folder', label: 'Import a folder…', click: () => chooseImport('folder') },
        separator,
        ...(isMac ? [{ role: 'close' as const }] : [settings, separator, { role: 'quit' as const }]),
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        item('Chat', 'chat', 'CommandOrControl+1'),
        item('Gallery', 'gallery', 'CommandOrControl+2'),
        item('Show or hide the sidebar', 'toggle-sidebar', 'CommandOrControl+B'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(isDevelopment
          ? [separator, { role: 'reload' as const }, { role: 'toggleDevTools' as const }]
          : []),
      ],
    },
    {
      role: 'windowMenu',
      submenu: [
        // Without its usual shortcut, Ctrl or Command with M: that opens the list of models.
        { role: 'minimize', accelerator: '' },
        { role: 'zoom' },
        ...(isMac ? [separator, { role: 'front' as const }] : [{ role: 'close' as const }]),
      ],
    },
    {
      role: 'help',
      submenu: [
        item('Diagnostics', 'diagnostics', 'CommandOrControl+4'),
        ...(isMac ? [] : [separator, item('About Afterimage', 'about')]),
      ],
    },
  ];
}
