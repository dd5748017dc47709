// Version information for the About panel and bug reports, and the file of third-party licences.
import { existsSync } from 'node:fs';
import { release } from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import type { About } from '../../../shared/contract/desktop';
import { readVersions } from '../logging/app-versions';

/** Exists only in packaged builds. */
const noticesName = 'THIRD-PARTY-NOTICES.txt';

const systemNames: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'macOS',
  linux: 'Linux',
  win32: 'Windows',
};

export function readAbout(sqliteVersion: string): About {
  return {
    versions: readVersions(sqliteVersion),
    system: `${systemNames[process.platform] ?? process.platform} ${release()} ${process.arch}`,
    hasNotices: findNotices() !== null,
  };
}

/** Returns the path of the third-party licences, or null if this build has none. */
export function findNotices(): string | null {
  const folders = [process.resourcesPath, app.getAppPath()];
  return folders.map((folder) => path.join(folder, noticesName)).find((file) => existsSync(file)) ?? null;
}
