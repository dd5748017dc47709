// Where newer versions are looked for; in most copies of the source, nowhere.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type Feed = {
  /** The file that names the feed; null: electron-updater's own, beside the program. */
  configFile: string | null;
};

export type FeedOptions = {
  /** An address from the environment, for tests and for people who run a feed of their own; null without one. */
  address: string | null;
  /** The data folder, and whether the user chose it. */
  dataFolder: string;
  isChosenFolder: boolean;
  /** Electron's `resources` folder. */
  resources: string;
  platform: NodeJS.Platform;
  /** The AppImage that this program runs out of; null outside of one. */
  appImage: string | null;
  /** Where electron-updater puts downloads unless told otherwise; absolute. */
  cacheFolder: string;
};

/**
 * @returns null where this copy has no feed: then nothing is ever asked. A data folder that was chosen makes a copy
 * one that stands by itself (a test, a stick), which the computer's own feed is no matter of.
 */
export function findFeed(options: FeedOptions): Feed | null {
  const { address, dataFolder, isChosenFolder, resources, cacheFolder } = options;
  if (address === null) {
    const hasFeed = existsSync(path.join(resources, 'app-update.yml'));
    return hasFeed && !isChosenFolder && canBeReplaced(options) ? { configFile: null } : null;
  }
  const folder = path.join(dataFolder, 'updates');
  mkdirSync(folder, { recursive: true });
  const configFile = path.join(folder, 'feed.yml');
  // JSON is YAML. Downloads go into the data folder too: electron-updater joins this to its own cache folder.
  const config = {
    provider: 'generic',
    url: address,
    updaterCacheDirName: path.relative(cacheFolder, folder),
  };
  writeFileSync(configFile, JSON.stringify(config));
  return { configFile };
}

/**
 * On Linux electron-updater replaces an AppImage, or what a package manager has installed. Of a folder that somebody
 * has unpacked it would say that there is nothing newer; or, where it was started from another program's AppImage, put
 * itself in that one's place.
 */
function canBeReplaced({ platform, resources, appImage }: FeedOptions): boolean {
  return platform !== 'linux' || appImage !== null || existsSync(path.join(resources, 'package-type'));
}
