// Updates, put together for boot: where they come from, when they are looked for, and what the screen may ask.
import { app } from 'electron';
import { getAppCacheDir } from 'electron-updater/out/AppAdapter';
import type { Environment } from '../config/environment';
import type { Broadcast } from '../ipc/broadcast';
import { electronUpdater } from './electron-updater';
import { findFeed } from './find-feed';
import { createUpdateHandlers } from './update-handlers';
import { createUpdates } from './updates';

/** The first look waits until the start is over for everybody. */
const firstLookMs = 10_000;
/** A computer that sleeps has no daily clock, so the day is asked for hourly. */
const hour = 60 * 60 * 1000;

export type UpdatesOptions = {
  environment: Pick<Environment, 'updateFeed' | 'dataFolder'>;
  dataFolder: string;
  /** The AppImage that this program runs out of; null outside of one. */
  appImage: string | null;
  broadcast: Broadcast;
};

export type Updates = ReturnType<typeof startUpdates>;

export function startUpdates({ environment, dataFolder, appImage, broadcast }: UpdatesOptions) {
  const feed = findFeed({
    address: environment.updateFeed,
    dataFolder,
    isChosenFolder: environment.dataFolder !== null,
    resources: process.resourcesPath,
    platform: process.platform,
    appImage,
    cacheFolder: getAppCacheDir(),
  });
  const updates = createUpdates({
    current: app.getVersion(),
    updater: feed && electronUpdater(feed),
    onChange: (state) => broadcast('updates:changed', state),
    now: Date.now,
  });
  return {
    handlers: createUpdateHandlers(updates),
    /** Call it once the window has shown. */
    start(): void {
      if (!feed) return;
      setTimeout(() => void updates.checkDaily(), firstLookMs);
      setInterval(() => void updates.checkDaily(), hour);
    },
  };
}
