// Applies the theme setting to native interface elements and to the page's `prefers-color-scheme`.
import { nativeTheme } from 'electron';
import type { Settings } from '../../../shared/domain/settings';

export function applyTheme(theme: Settings['theme']): void {
  nativeTheme.themeSource = theme;
}
