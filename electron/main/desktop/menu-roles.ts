// Items of native menus that Electron handles itself, named in the language of the interface.
import type { MenuItemConstructorOptions } from 'electron';
import type { MessageId } from '../../../shared/languages/en';
import { t } from '../../../shared/languages/translate';

const labels = {
  services: 'desktop.role_services',
  hide: 'desktop.role_hide',
  hideOthers: 'desktop.role_hide_others',
  unhide: 'desktop.role_unhide',
  quit: 'desktop.role_quit',
  close: 'desktop.role_close',
  redo: 'desktop.role_redo',
  cut: 'desktop.role_cut',
  copy: 'desktop.role_copy',
  paste: 'desktop.role_paste',
  pasteAndMatchStyle: 'desktop.role_paste_and_match_style',
  delete: 'desktop.role_delete',
  selectAll: 'desktop.role_select_all',
  resetZoom: 'desktop.role_reset_zoom',
  zoomIn: 'desktop.role_zoom_in',
  zoomOut: 'desktop.role_zoom_out',
  togglefullscreen: 'desktop.role_togglefullscreen',
  minimize: 'desktop.role_minimize',
  zoom: 'desktop.role_zoom',
  front: 'desktop.role_front',
  startSpeaking: 'desktop.role_start_speaking',
  stopSpeaking: 'desktop.role_stop_speaking',
} as const satisfies Partial<Record<NonNullable<MenuItemConstructorOptions['role']>, MessageId>>;

/** Returns the item of a role: https://www.electronjs.org/docs/latest/api/menu-item#roles. Electron's labels are English. */
export function role(name: keyof typeof labels): MenuItemConstructorOptions {
  return { role: name, label: t(labels[name]) };
}
