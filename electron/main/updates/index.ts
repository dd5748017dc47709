// Updates, put together for boot: where they come from, when they are looked for, and what the screen may ask.
import { app } from 'electron';
import { getAppCacheDir } from 'electron-updater/out/AppAdapter';
import { success } from '../../../shared/domain/errors';
import type { Environment } from '../boot/environment';
import { appImageOf } from '../desktop/app-image';
import type { Handlers } from '../ipc/handlers';
import { broadcast } from '../ipc/serve';
import { electronUpdater } from './electron-updater';
import { findFeed } from './feed';
import { createUpdates } from './updates';

/** The first look waits until the start is over for everybody. */
const firstLookMs = 10_000;
/** A computer that sleeps has no daily clock, so the day is asked for hourly. */
const hour = 60 * 60 * 1000;

type UpdateRequest = 'updates:read' | 'updates:check' | 'updates:download' | 'updates:install';

export function startUpdates(environment: Environment, dataFolder: string) {
  const feed = findFeed({
    address: environment.updateFeed,
    dataFolder,
    isChosenFolder: environment.dataFolder !== null,
    resources: process.resourcesPath,
    platform: process.platform,
    appImage: appImageOf(process.env, process.execPath),
    cacheFolder: getAppCacheDir(),
  });
  const updates = createUpdates({
    current: app.getVersion(),
    updater: feed && electronUpdater(feed),
    onChange: (state) => broadcast('updates:changed', state),
    now: Date.now,
  });
  const handlers: Pick<Handlers, UpdateRequest> = {
    'updates:read': () => success(updates.read()),
    'updates:check': () => updates.check(),
    'updates:download': () => updates.download(),
    'updates:install': () => updates.install(),
  };
  return {
    handlers,
    /** Call it once the window has shown. */
    start(): void {
      if (!feed) return;
      setTimeout(() => void updates.checkDaily(), firstLookMs);
      setInterval(() => void updates.checkDaily(), hour);
    },
  };
}
