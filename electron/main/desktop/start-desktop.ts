// Makes the app a citizen of the desktop, put together: links, menus, notifications, the window's place.
import { app, BrowserWindow, Menu, Notification } from 'electron';
import type { EventName, Events } from '../../../shared/contract';
import type { DesktopCommand, DesktopRequest } from '../../../shared/contract/desktop';
import type { Offer } from '../../../shared/contract/import';
import type { Result } from '../../../shared/domain/errors';
import { allFormats } from '../../../shared/domain/picture-files';
import type { ReadStore } from '../db/open';
import type { Broadcast } from '../ipc/broadcast';
import { pruneCrashReports } from '../logging/crash-reports';
import { showOpenDialog } from '../window/dialogs';
import { buildAppMenu } from './app-menu';
import { createCompletionNotices, type Notice } from './completion-notices';
import { type DeepLink, findPlace } from './deep-links';
import { createDesktopHandlers } from './desktop-handlers';
import type { LaunchArguments } from './launch-arguments';
import { attachContextMenu } from './show-context-menu';
import { advance, nothingUnderWay, progressBar } from './taskbar-progress';

/** As `appId` in electron-builder.yml, which the installer gives the entry in Windows' menu. */
const windowsAppId = 'app.afterimage.Afterimage';

export type DesktopOptions = {
  dataFolder: string;
  store: ReadStore;
  broadcast: Broadcast;
  /** Calls `take` with what the start of the app brings, then with what every later start hands over. */
  openInbox: (take: (brought: LaunchArguments) => void) => void;
  /** Offers dropped or chosen files to the user for import. @param paths absolute. */
  offerFiles: (paths: string[]) => Promise<Result<Offer>>;
  /** Ids of the pictures that wait or are being made. */
  picturesUnderWay: () => string[];
  /** Brings the window to the front, or opens one. */
  toFront: () => void;
};

export type Desktop = ReturnType<typeof startDesktop>;

export function startDesktop(options: DesktopOptions) {
  const { dataFolder, store, broadcast, openInbox, offerFiles, picturesUnderWay, toFront } = options;
  // Windows shows notifications of none but the program of an entry in its menu.
  if (app.isPackaged && process.platform === 'win32') app.setAppUserModelId(windowsAppId);
  /** What is asked before the page listens waits until it does. */
  const waiting: DesktopRequest[] = [];
  let isListening = false;
  let progress = nothingUnderWay;
  /** Kept, or the system's click on one would find nobody. */
  const notifications = new Set<Notification>();

  function ask(wish: DesktopRequest): void {
    toFront();
    if (isListening) broadcast('desktop:requested', wish);
    else waiting.push(wish);
  }

  function open(link: DeepLink): void {
    ask({ type: 'open', place: findPlace(store, link) });
  }

  async function offer(files: string[]): Promise<void> {
    ask({ type: 'offer', offer: await offerFiles(files) });
  }

  /** Of a later start, also where it brings nothing: then the user wants to see the window. */
  function take({ links, files }: LaunchArguments): void {
    toFront();
    for (const link of links) open(link);
    if (files.length > 0) void offer(files);
  }

  async function bringIn(what: 'pictures' | 'folder'): Promise<void> {
    const files = await showOpenDialog(
      null,
      what === 'folder'
        ? { properties: ['openDirectory', 'multiSelections'] }
        : {
            properties: ['openFile', 'multiSelections'],
            filters: [{ name: 'Pictures', extensions: [...allFormats, 'jpeg'] }],
          },
    );
    if (files.length > 0) await offer(files);
  }

  function notify({ title, body, pictureId }: Notice): void {
    const notification = new Notification({ title, body, silent: true });
    notifications.add(notification);
    const forget = () => notifications.delete(notification);
    notification.on('click', () => {
      forget();
      open({ kind: 'picture', id: pictureId });
    });
    notification.on('close', forget);
    notification.on('failed', forget);
    notification.show();
  }

  const landings = createCompletionNotices({
    isInFront: () => BrowserWindow.getFocusedWindow() !== null,
    settings: store.settings.read,
    show: notify,
    after: (milliseconds, work) => void setTimeout(work, milliseconds),
  });

  return {
    handlers: createDesktopHandlers({
      dataFolder,
      sqliteVersion: store.sqliteVersion,
      onPageReady() {
        isListening = true;
        for (const wish of waiting.splice(0)) broadcast('desktop:requested', wish);
      },
      chooseFolder: () => bringIn('folder'),
    }),
    /** Gives a new window what a user expects of one. */
    attend(window: BrowserWindow): void {
      isListening = false;
      attachContextMenu(window, ask);
    },
    /** Once the window is on screen: what nobody waits for, and what the start has brought. */
    begin(): void {
      const command = (name: DesktopCommand) => ask({ type: 'command', command: name });
      const isMac = process.platform === 'darwin';
      const menu = buildAppMenu(
        { command, bringIn: (what) => void bringIn(what) },
        isMac,
        import.meta.env.DEV,
      );
      Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
      // On Linux the entry in the system's menu says it, which comes with the package.
      if (app.isPackaged && process.platform !== 'linux') app.setAsDefaultProtocolClient('afterimage');
      openInbox(take);
      void pruneCrashReports(dataFolder).catch(console.error);
    },
    /** To be told all that the screen is told. */
    follow(event: Events[EventName]): void {
      if (!('kind' in event) || event.kind !== 'image') return;
      landings.follow(event);
      const isUnderWay = event.status === 'pending' || event.status === 'generating';
      progress = advance(progress, { id: event.id, isUnderWay }, picturesUnderWay());
      const bar = progressBar(progress, process.platform === 'win32');
      for (const window of BrowserWindow.getAllWindows()) window.setProgressBar(bar);
    },
  };
}
