// Finds the update feed of this copy of the app. A copy built from source usually has none.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type Feed = {
  /** Path of electron-updater's configuration; null for the `app-update.yml` that the build contains. */
  configFile: string | null;
  /** The origin of the feed's server. */
  origin: string;
};

export type FeedOptions = {
  /** URL of a feed from the environment, for tests and for users who run their own; otherwise null. */
  address: string | null;
  dataFolder: string;
  /** Whether the user chose the data folder. */
  isCustomDataFolder: boolean;
  /** Electron's `resources` folder. */
  resources: string;
  platform: NodeJS.Platform;
  /** Path of the AppImage that this program runs from, or null. */
  appImage: string | null;
  /** Absolute path of electron-updater's cache folder. */
  cacheFolder: string;
};

/** The origin of the feed in builds that have one (scripts/package.mjs). */
const buildOrigin = 'https://github.com';

/**
 * Returns null if there is no feed; then the app never checks for updates. A copy with a custom data folder, such as
 * a test or one on a USB stick, ignores the feed of the build.
 */
export function findFeed(options: FeedOptions): Feed | null {
  const { address, dataFolder, isCustomDataFolder, resources, cacheFolder } = options;
  if (address === null) {
    const hasFeed = existsSync(path.join(resources, 'app-update.yml'));
    return hasFeed && !isCustomDataFolder && canBeReplaced(options)
      ? { configFile: null, origin: buildOrigin }
      : null;
  }
  const folder = path.join(dataFolder, 'updates');
  mkdirSync(folder, { recursive: true });
  const configFile = path.join(folder, 'feed.yml');
  const config = {
    provider: 'generic',
    url: address,
    // electron-updater joins this to its cache folder. The relative path moves downloads into the data folder.
    updaterCacheDirName: path.relative(cacheFolder, folder),
  };
  // JSON is valid YAML.
  writeFileSync(configFile, JSON.stringify(config));
  return { configFile, origin: new URL(address).origin };
}

/**
 * On Linux, electron-updater replaces an AppImage or a package. For an unpacked folder it would report that there is no
 * update, or overwrite the AppImage of another program that started this one.
 */
function canBeReplaced({ platform, resources, appImage }: FeedOptions): boolean {
  return platform !== 'linux' || appImage !== null || existsSync(path.join(resources, 'package-type'));
}
