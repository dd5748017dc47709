// Wraps electron-updater: it acts only on request and never installs an older or damaged version.
import type { AppUpdater, ProgressInfo } from 'electron-updater';
import type { Feed } from './find-feed';
import { notesToPlainText } from './release-notes';
import type { Updater } from './updates';

/** Loads electron-updater with the first check, because start-up does not need it. */
export function createElectronUpdater({ configFile }: Feed): Updater {
  let loading: Promise<AppUpdater> | null = null;
  let loaded: AppUpdater | null = null;

  async function load(): Promise<AppUpdater> {
    const { autoUpdater } = await import('electron-updater');
    autoUpdater.autoDownload = false;
    autoUpdater.autoInstallOnAppQuit = false;
    autoUpdater.allowDowngrade = false;
    autoUpdater.allowPrerelease = false;
    autoUpdater.disableWebInstaller = true;
    // Failures are thrown as well, and the rest of its log is of no use to our users.
    autoUpdater.logger = null;
    if (configFile !== null) {
      autoUpdater.updateConfigPath = configFile;
      autoUpdater.forceDevUpdateConfig = true;
    }
    loaded = autoUpdater;
    return autoUpdater;
  }

  function getUpdater(): Promise<AppUpdater> {
    loading ??= load();
    return loading;
  }

  return {
    async check() {
      const found = await (await getUpdater()).checkForUpdates();
      if (!found?.isUpdateAvailable) return null;
      const { version, releaseNotes } = found.updateInfo;
      return { version, notes: notesToPlainText(releaseNotes) };
    },
    async download(onProgress) {
      const updater = await getUpdater();
      const report = ({ percent }: ProgressInfo) => onProgress(Math.min(1, percent / 100));
      updater.on('download-progress', report);
      try {
        await updater.downloadUpdate();
      } finally {
        updater.off('download-progress', report);
      }
    },
    install() {
      if (!loaded) return false;
      let hasFailed = false;
      const onError = (error: Error) => {
        hasFailed = true;
        console.error('The update could not be installed:', error);
      };
      // quitAndInstall() reports a failure by this event, synchronously.
      loaded.on('error', onError);
      loaded.quitAndInstall();
      loaded.off('error', onError);
      return !hasFailed;
    },
    isDamaged: (error) => error instanceof Error && 'code' in error && error.code === 'ERR_CHECKSUM_MISMATCH',
  };
}
