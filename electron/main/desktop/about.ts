// What runs here, for the About panel and for a bug report.
import { existsSync } from 'node:fs';
import { release } from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import type { About } from '../../../shared/contract/desktop';

/** Made when the app is packaged; without it there is none. */
const noticesName = 'THIRD-PARTY-NOTICES.txt';

const systems: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'macOS',
  linux: 'Linux',
  win32: 'Windows',
};

export function readAbout(sqlite: string): About {
  const { electron = '', chrome = '', node } = process.versions;
  return {
    versions: { app: app.getVersion(), electron, chromium: chrome, node, sqlite },
    system: `${systems[process.platform] ?? process.platform} ${release()} ${process.arch}`,
    hasNotices: noticesFile() !== null,
  };
}

/** @returns the licences of everything that is shipped, where they lie. */
export function noticesFile(): string | null {
  const folders = [process.resourcesPath, app.getAppPath()];
  return folders.map((folder) => path.join(folder, noticesName)).find((file) => existsSync(file)) ?? null;
}
