// The versions of the app and its runtime, for diagnostics and the About panel.
import { app } from 'electron';
import type { AppVersions } from '../../../shared/contract/desktop';

export function readVersions(sqliteVersion: string): AppVersions {
  const { electron = '', chrome = '', node } = process.versions;
  return { app: app.getVersion(), electron, chromium: chrome, node, sqlite: sqliteVersion };
}
