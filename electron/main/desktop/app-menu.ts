// The app's menu, by the roles that each system knows.
import type { MenuItemConstructorOptions } from 'electron';
import type { DesktopCommand } from '../../../shared/contract/desktop';

export type MenuActions = {
  command: (command: DesktopCommand) => void;
  bringIn: (what: 'pictures' | 'folder') => void;
};

/** @param isDevelopment whether the page can be loaded anew and looked into. */
export function buildAppMenu(
  { command, bringIn }: MenuActions,
  isMac: boolean,
  isDevelopment: boolean,
): MenuItemConstructorOptions[] {
  /** The page answers these keys itself (renderer/app/use-shortcuts.ts): here they are shown, so that none counts twice. */
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
          click: () => bringIn('pictures'),
        },
        { id: 'import-folder', label: 'Import a folder…', click: () => bringIn('folder') },
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
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        item('Diagnostics', 'diagnostics', 'CommandOrControl+4'),
        ...(isMac ? [] : [separator, item('About Afterimage', 'about')]),
      ],
    },
  ];
}
