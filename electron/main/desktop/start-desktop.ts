// Starts the desktop integration: deep links, menus, notifications and taskbar progress.
import { app, BrowserWindow, Menu, Notification, type WebContents } from 'electron';
import type { EventName, Events } from '../../../shared/contract';
import type { DesktopRequest } from '../../../shared/contract/desktop';
import type { Offer } from '../../../shared/contract/import';
import { type Result, success } from '../../../shared/domain/errors';
import { importedExtensions } from '../../../shared/domain/picture-files';
import { t } from '../../../shared/languages/translate';
import type { ReadStore } from '../db/open';
import type { Broadcaster } from '../ipc/broadcast';
import { pruneCrashReports } from '../logging/crash-reports';
import { showOpenDialog } from '../window/dialogs';
import type { Windows } from '../window/windows';
import { buildAppMenu } from './app-menu';
import { createCompletionNotices } from './completion-notices';
import { type DeepLink, resolveDeepLink } from './deep-links';
import { createDesktopHandlers } from './desktop-handlers';
import type { LaunchArguments } from './launch-arguments';
import { createPageRequests } from './page-requests';
import { attachContextMenu } from './show-context-menu';
import { createNotifier } from './show-notification';
import { advanceProgress, downloadProgress, idleProgress, progressBarValue } from './taskbar-progress';

/** Equals `appId` in electron-builder.yml, which the installer writes into the Start menu shortcut. */
const windowsAppId = 'app.afterimage.Afterimage';

export type DesktopOptions = {
  dataFolder: string;
  store: ReadStore;
  sendTo: Broadcaster['sendTo'];
  /** Passes the arguments of this start to `receive`, then those of every later start. */
  openInbox: (receive: (launch: LaunchArguments) => void) => void;
  /** Offers dropped or chosen files to the user for import. @param paths absolute. */
  offerFiles: (paths: string[]) => Promise<Result<Offer>>;
  windows: Pick<Windows, 'front' | 'bringToFront' | 'showing' | 'hasOpen'>;
};

export type Desktop = ReturnType<typeof startDesktop>;

export function startDesktop(options: DesktopOptions) {
  const { dataFolder, store, sendTo, openInbox, offerFiles, windows } = options;
  // Windows shows notifications only if the id matches that of a Start menu shortcut.
  if (app.isPackaged && process.platform === 'win32') app.setAppUserModelId(windowsAppId);
  const pages = createPageRequests((page, request) => sendTo(page, 'desktop:requested', request));
  let hasMenu = false;
  let progress = idleProgress;
  /** Progress of the downloads, from 0 to 1; null if none is running. */
  let downloaded: number | null = null;

  function request(desktopRequest: DesktopRequest, window = windows.front()): void {
    windows.bringToFront(window);
    pages.send(window.webContents, desktopRequest);
  }

  /** If the conversation is open in a window, shows it there. */
  function openLink(link: DeepLink): void {
    const place = resolveDeepLink(store, link);
    const window =
      place.ok && place.value.kind === 'conversation' ? windows.showing(place.value.conversationId) : null;
    request({ type: 'open', place }, window ?? windows.front());
  }

  async function offer(files: string[], page?: WebContents): Promise<void> {
    const offered = await offerFiles(files);
    // The requesting window may have been closed meanwhile.
    const window = page && !page.isDestroyed() ? BrowserWindow.fromWebContents(page) : null;
    request({ type: 'offer', offer: offered }, window ?? windows.front());
  }

  /** Shows the window even if a later start passes nothing, because the user started the app to see it. */
  function receive({ links, files }: LaunchArguments): void {
    windows.bringToFront();
    for (const link of links) openLink(link);
    if (files.length > 0) void offer(files);
  }

  async function chooseImport(page: WebContents, source: 'pictures' | 'folder'): Promise<void> {
    const files = await showOpenDialog(
      page,
      source === 'folder'
        ? { properties: ['openDirectory', 'multiSelections'] }
        : {
            properties: ['openFile', 'multiSelections'],
            filters: [{ name: t('desktop.filter_pictures'), extensions: [...importedExtensions] }],
          },
    );
    if (files.length > 0) await offer(files, page);
  }

  /** On Windows, mouse and keyboard buttons for Back and Forward arrive here; elsewhere, in the page. */
  function goBackOrForward(name: string, window: BrowserWindow): void {
    const command = name === 'browser-backward' ? 'back' : name === 'browser-forward' ? 'forward' : null;
    if (command) request({ type: 'command', command }, window);
  }

  function setAppMenu(): void {
    const template = buildAppMenu(
      (command) => {
        // Without a window there is no page that could open another one.
        if (command === 'new-window' && !windows.hasOpen()) windows.bringToFront();
        else request({ type: 'command', command });
      },
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
      pictureId === null ? windows.bringToFront() : openLink({ kind: 'picture', id: pictureId }),
  });
  const notices = createCompletionNotices({
    isInFront,
    settings: store.settings.read,
    show: notify,
    after: (milliseconds, callback) => void setTimeout(callback, milliseconds),
  });

  /** Pictures take precedence over downloads. */
  function progressValue(): number {
    const ofPictures = progressBarValue(progress, process.platform === 'win32');
    return ofPictures >= 0 ? ofPictures : (downloaded ?? -1);
  }

  function showProgress(): void {
    for (const window of BrowserWindow.getAllWindows()) window.setProgressBar(progressValue());
  }

  return {
    /** Notifies a user who is in another app that a model is ready. */
    notifyModelReady(label: string): void {
      if (!store.settings.read().notifications || isInFront()) return;
      notify({
        title: t('desktop.model_ready', { model: label }),
        body: t('desktop.model_ready_body'),
        pictureId: null,
      });
    },
    handlers: createDesktopHandlers({
      dataFolder,
      sqliteVersion: store.sqliteVersion,
      onPageReady: pages.onPageReady,
      chooseImport,
    }),
    /** Call after the language has changed. Before the first paint there is no menu yet. */
    refreshMenu(): void {
      if (hasMenu) setAppMenu();
    },
    /** Brings the window that shows a conversation to the front, at a message if one is named. */
    goTo(conversationId: string, messageId: string | null): void {
      const window = windows.showing(conversationId);
      if (!window) return;
      request({ type: 'open', place: success({ kind: 'conversation', conversationId, messageId }) }, window);
    },
    /** Call for each new window. */
    attachWindow(window: BrowserWindow): void {
      pages.attachWindow(window);
      attachContextMenu(window);
      if (process.platform === 'win32')
        window.on('app-command', (_event, name) => goBackOrForward(name, window));
      if (progressValue() >= 0) window.setProgressBar(progressValue());
    },
    /** Starts everything that can wait for the first paint, and opens the links and files of this start. */
    startAfterFirstPaint(): void {
      setAppMenu();
      // On Linux the desktop entry of the package registers the scheme.
      if (app.isPackaged && process.platform !== 'linux') app.setAsDefaultProtocolClient('afterimage');
      openInbox(receive);
      void pruneCrashReports(dataFolder).catch(console.error);
    },
    /** Handles every event that is broadcast to the renderer. */
    handleEvent(event: Events[EventName]): void {
      if ('downloads' in event) {
        downloaded = downloadProgress(event.downloads);
        showProgress();
        return;
      }
      if (!('kind' in event) || event.kind !== 'image') return;
      notices.update(event);
      const isActive = event.status === 'pending' || event.status === 'generating';
      progress = advanceProgress(progress, { id: event.id, isActive }, unfinishedPictures(store));
      showProgress();
    },
  };
}

/** Returns the ids of the pictures that are waiting or being made. */
function unfinishedPictures(store: ReadStore): string[] {
  return store.messages
    .unfinished()
    .flatMap(({ id, kind, isInTrash }) => (kind === 'image' && !isInTrash ? id : []));
}
