// Wraps electron-updater: it acts only on request and never installs an older or damaged version.
import type { Session } from 'electron';
import type { AppUpdater, ProgressInfo } from 'electron-updater';
import type { LoginCallback } from 'electron-updater/out/electronHttpExecutor';
import type { ProxyLogin } from '../../../shared/generator/proxies';
import type { ProxyLogins } from '../config/proxy-logins';
import type { SystemProxy } from '../config/system-proxy';
import type { Feed } from './find-feed';
import { notesToPlainText } from './release-notes';
import type { Updater } from './updates';

export type UpdaterNetwork = {
  proxyOf: (session: Session) => SystemProxy;
  findLogin: ProxyLogins['find'];
};

/** Replaces the permanent id of this installation that electron-updater sends for staged rollouts. */
const noOne = '00000000-0000-0000-0000-000000000000';

/** Loads electron-updater with the first check, because start-up does not need it. */
export function createElectronUpdater(
  { configFile, origin }: Feed,
  { proxyOf, findLogin }: UpdaterNetwork,
): Updater {
  let loading: Promise<AppUpdater> | null = null;
  let loaded: AppUpdater | null = null;
  let proxy: SystemProxy | null = null;
  /** Whether the user waits for the current request, so that a login may be asked for. */
  let isRequested = false;

  async function load(): Promise<AppUpdater> {
    const { autoUpdater } = await import('electron-updater');
    autoUpdater.autoDownload = false;
    autoUpdater.autoInstallOnAppQuit = false;
    autoUpdater.allowDowngrade = false;
    autoUpdater.allowPrerelease = false;
    autoUpdater.disableWebInstaller = true;
    autoUpdater.requestHeaders = { 'x-user-staging-id': noOne };
    // Failures are also thrown, and the rest of its log is of no use.
    autoUpdater.logger = null;
    if (configFile !== null) {
      autoUpdater.updateConfigPath = configFile;
      autoUpdater.forceDevUpdateConfig = true;
    }
    const given = new Map<string, ProxyLogin>();
    // Chromium asks here again if the proxy rejected the login.
    autoUpdater.signals.login(({ isProxy, host, port, realm }, answer) => {
      if (!isProxy) return cancel(answer);
      const name = `${host}:${port}`;
      const question = { proxy: name, realm, refused: given.get(name) ?? null, mayAsk: isRequested };
      void findLogin(question).then((login) => {
        if (login === null) return cancel(answer);
        given.set(name, login);
        answer(login.username, login.password);
      });
    });
    loaded = autoUpdater;
    return autoUpdater;
  }

  function getUpdater(): Promise<AppUpdater> {
    loading ??= load();
    return loading;
  }

  return {
    async check(isByUser) {
      isRequested = isByUser;
      const updater = await getUpdater();
      // Chromium would connect directly until the proxy is known.
      proxy ??= proxyOf(updater.netSession);
      const way = await proxy.find(origin);
      if (!way.ok) throw new Error(way.message);
      const found = await updater.checkForUpdates();
      if (!found?.isUpdateAvailable) return null;
      const { version, releaseNotes } = found.updateInfo;
      return { version, notes: notesToPlainText(releaseNotes) };
    },
    async download(onProgress) {
      isRequested = true;
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

/**
 * Ends the request. Electron does so for an answer without arguments, which the library's type does not have:
 * https://www.electronjs.org/docs/latest/api/client-request#event-login
 */
function cancel(answer: LoginCallback): void {
  Reflect.apply(answer, undefined, []);
}
