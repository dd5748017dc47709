// Starts the checks for updates and returns the handlers for the renderer's requests.
import { app } from 'electron';
import { getAppCacheDir } from 'electron-updater/out/AppAdapter';
import type { Environment } from '../config/environment';
import type { ProxyLogins } from '../config/proxy-logins';
import { systemProxyOf } from '../config/session-proxy';
import type { Broadcast } from '../ipc/broadcast';
import { createElectronUpdater } from './electron-updater';
import { findFeed } from './find-feed';
import { createUpdateHandlers } from './update-handlers';
import { createUpdates } from './updates';

/** The first check waits (ms) until the app has started. */
const firstCheckMs = 10_000;
/** Tries hourly (ms), because timers stop while the computer sleeps. The check itself runs once a day. */
const retryIntervalMs = 60 * 60 * 1000;

export type UpdatesOptions = {
  environment: Pick<Environment, 'updateFeed' | 'dataFolder'>;
  dataFolder: string;
  /** Path of the AppImage that this program runs from, or null. */
  appImage: string | null;
  broadcast: Broadcast;
  proxyLogins: Pick<ProxyLogins, 'find'>;
  mayCheck: () => boolean;
};

export type Updates = ReturnType<typeof startUpdates>;

export function startUpdates(options: UpdatesOptions) {
  const { environment, dataFolder, appImage, broadcast, proxyLogins, mayCheck } = options;
  const feed = findFeed({
    address: environment.updateFeed,
    dataFolder,
    isCustomDataFolder: environment.dataFolder !== null,
    resources: process.resourcesPath,
    platform: process.platform,
    appImage,
    cacheFolder: getAppCacheDir(),
  });
  const updates = createUpdates({
    current: app.getVersion(),
    updater: feed && createElectronUpdater(feed, { proxyOf: systemProxyOf, findLogin: proxyLogins.find }),
    server: feed && new URL(feed.origin).host,
    onChange: (state) => broadcast('updates:changed', state),
    mayCheck,
    now: Date.now,
  });
  return {
    handlers: createUpdateHandlers(updates),
    /** Call it after the window is visible. */
    start(): void {
      if (!feed) return;
      setTimeout(() => void updates.checkDaily(), firstCheckMs);
      setInterval(() => void updates.checkDaily(), retryIntervalMs);
    },
  };
}
