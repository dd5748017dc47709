// electron-updater, as the app uses it: nothing by itself, nothing older, nothing that is not whole.
import type { AppUpdater, ProgressInfo } from 'electron-updater';
import type { Feed } from './find-feed';
import { plainNotes } from './release-notes';
import type { Updater } from './updates';

/** Loaded with the first check, since the start has no use for it. */
export function electronUpdater({ configFile }: Feed): Updater {
  let loading: Promise<AppUpdater> | null = null;
  let loaded: AppUpdater | null = null;

  async function load(): Promise<AppUpdater> {
    const { autoUpdater } = await import('electron-updater');
    autoUpdater.autoDownload = false;
    autoUpdater.autoInstallOnAppQuit = false;
    autoUpdater.allowDowngrade = false;
    autoUpdater.allowPrerelease = false;
    autoUpdater.disableWebInstaller = true;
    // What it says of each step is for its developers; what goes wrong it throws too.
    autoUpdater.logger = null;
    if (configFile !== null) {
      autoUpdater.updateConfigPath = configFile;
      autoUpdater.forceDevUpdateConfig = true;
    }
    loaded = autoUpdater;
    return autoUpdater;
  }

  function updater(): Promise<AppUpdater> {
    loading ??= load();
    return loading;
  }

  return {
    async check() {
      const found = await (await updater()).checkForUpdates();
      if (!found?.isUpdateAvailable) return null;
      const { version, releaseNotes } = found.updateInfo;
      return { version, notes: plainNotes(releaseNotes) };
    },
    async download(onProgress) {
      const own = await updater();
      const tell = ({ percent }: ProgressInfo) => onProgress(Math.min(1, percent / 100));
      own.on('download-progress', tell);
      try {
        await own.downloadUpdate();
      } finally {
        own.off('download-progress', tell);
      }
    },
    install() {
      if (!loaded) return false;
      let failed = false;
      const note = (error: Error) => {
        failed = true;
        console.error('The update could not be installed:', error);
      };
      // It reports a failure by this event, before the call is over.
      loaded.on('error', note);
      loaded.quitAndInstall();
      loaded.off('error', note);
      return !failed;
    },
    isDamaged: (error) => error instanceof Error && 'code' in error && error.code === 'ERR_CHECKSUM_MISMATCH',
  };
}
