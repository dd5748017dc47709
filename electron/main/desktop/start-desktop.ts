// Starts the desktop integration: deep links, menus, notifications and taskbar progress.
import { app, BrowserWindow, Menu, Notification } from 'electron';
import type { EventName, Events } from '../../../shared/contract';
import type { DesktopRequest } from '../../../shared/contract/desktop';
import type { Offer } from '../../../shared/contract/import';
import type { Result } from '../../../shared/domain/errors';
import { importedExtensions } from '../../../shared/domain/picture-files';
import type { ReadStore } from '../db/open';
import type { Broadcast } from '../ipc/broadcast';
import { pruneCrashReports } from '../logging/crash-reports';
import { showOpenDialog } from '../window/dialogs';
import { buildAppMenu } from './app-menu';
import { createCompletionNotices } from './completion-notices';
import { type DeepLink, resolveDeepLink } from './deep-links';
import { createDesktopHandlers } from './desktop-handlers';
import type { LaunchArguments } from './launch-arguments';
import { attachContextMenu } from './show-context-menu';
import { createNotifier } from './show-notification';
import { advanceProgress, downloadProgress, idleProgress, progressBarValue } from './taskbar-progress';

/** Equals `appId` in electron-builder.yml, which the installer writes into the Start menu shortcut. */
const windowsAppId = 'app.afterimage.Afterimage';

export type DesktopOptions = {
  dataFolder: string;
  store: ReadStore;
  broadcast: Broadcast;
  /** Passes the arguments of this start to `receive`, then those of every later start. */
  openInbox: (receive: (launch: LaunchArguments) => void) => void;
  /** Offers dropped or chosen files to the user for import. @param paths absolute. */
  offerFiles: (paths: string[]) => Promise<Result<Offer>>;
  /** Returns the ids of the pictures that wait or are being generated. */
  unfinishedPictures: () => string[];
  /** Brings the window to the front, or opens one. */
  bringToFront: () => void;
};

export type Desktop = ReturnType<typeof startDesktop>;

export function startDesktop(options: DesktopOptions) {
  const { dataFolder, store, broadcast, openInbox, offerFiles, unfinishedPictures, bringToFront } = options;
  // Windows shows notifications only if the id matches that of a Start menu shortcut.
  if (app.isPackaged && process.platform === 'win32') app.setAppUserModelId(windowsAppId);
  /** Requests for the page that arrived before it listened for events. */
  const pending: DesktopRequest[] = [];
  let isPageReady = false;
  let hasMenu = false;
  let progress = idleProgress;
  /** Of downloads, from 0 to 1; null if none runs. */
  let downloaded: number | null = null;

  function request(desktopRequest: DesktopRequest): void {
    bringToFront();
    if (isPageReady) broadcast('desktop:requested', desktopRequest);
    else pending.push(desktopRequest);
  }

  function openLink(link: DeepLink): void {
    request({ type: 'open', place: resolveDeepLink(store, link) });
  }

  async function offer(files: string[]): Promise<void> {
    request({ type: 'offer', offer: await offerFiles(files) });
  }

  /** Shows the window even if a later start passes nothing, because the user started the app to see it. */
  function receive({ links, files }: LaunchArguments): void {
    bringToFront();
    for (const link of links) openLink(link);
    if (files.length > 0) void offer(files);
  }

  async function chooseImport(source: 'pictures' | 'folder'): Promise<void> {
    const files = await showOpenDialog(
      null,
      source === 'folder'
        ? { properties: ['openDirectory', 'multiSelections'] }
        : {
            properties: ['openFile', 'multiSelections'],
            filters: [{ name: 'Pictures', extensions: [...importedExtensions] }],
          },
    );
    if (files.length > 0) await offer(files);
  }

  function setAppMenu(): void {
    const template = buildAppMenu(
      (command) => request({ type: 'command', command }),
      process.platform === 'darwin',
      import.meta.env.DEV,
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    hasMenu = true;
  }

  const isInFront = () => BrowserWindow.getFocusedWindow() !== null;
  const notify = createNotifier({
    create: (notification) => new Notification(notification),
    onClick: (pictureId) =>
      pictureId === null ? bringToFront() : openLink({ kind: 'picture', id: pictureId }),
  });
  const notices = createCompletionNotices({
    isInFront,
    settings: store.settings.read,
    show: notify,
    after: (milliseconds, callback) => void setTimeout(callback, milliseconds),
  });

  /** Pictures come first: a user who waits for one knows how long downloads take. */
  function showProgress(): void {
    const ofPictures = progressBarValue(progress, process.platform === 'win32');
    const value = ofPictures >= 0 ? ofPictures : (downloaded ?? -1);
    for (const window of BrowserWindow.getAllWindows()) window.setProgressBar(value);
  }

  return {
    /** Tells a user who is elsewhere that a model can be used. */
    notifyModelReady(label: string): void {
      if (!store.settings.read().notifications || isInFront()) return;
      notify({
        title: `${label} is ready`,
        body: 'Pictures can now be made on this computer.',
        pictureId: null,
      });
    },
    handlers: createDesktopHandlers({
      dataFolder,
      sqliteVersion: store.sqliteVersion,
      onPageReady() {
        isPageReady = true;
        for (const desktopRequest of pending.splice(0)) broadcast('desktop:requested', desktopRequest);
      },
      chooseImport,
    }),
    /** Call it after the language has changed. Before the first paint there is no menu yet. */
    refreshMenu(): void {
      if (hasMenu) setAppMenu();
    },
    /** Call it for each new window. */
    attachWindow(window: BrowserWindow): void {
      isPageReady = false;
      attachContextMenu(window);
    },
    /** Starts what can wait until the first window is visible, and opens what this start was given. */
    startAfterFirstPaint(): void {
      setAppMenu();
      // On Linux the desktop entry of the package registers the scheme.
      if (app.isPackaged && process.platform !== 'linux') app.setAsDefaultProtocolClient('afterimage');
      openInbox(receive);
      void pruneCrashReports(dataFolder).catch(console.error);
    },
    /** Takes every event that is broadcast to the renderer. */
    handleEvent(event: Events[EventName]): void {
      if ('downloads' in event) {
        downloaded = downloadProgress(event.downloads);
        showProgress();
        return;
      }
      if (!('kind' in event) || event.kind !== 'image') return;
      notices.update(event);
      const isActive = event.status === 'pending' || event.status === 'generating';
      progress = advanceProgress(progress, { id: event.id, isActive }, unfinishedPictures());
      showProgress();
    },
  };
}
