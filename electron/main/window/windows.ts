// The windows during the app's lifetime: opens them, knows what each one shows, and restores those of the last session.
import { BrowserWindow, screen, type WebContents } from 'electron';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { maxWindows, type WindowPlace } from '../../../shared/domain/windows';
import { cascaded } from './cascade';
import { offerReload } from './offer-reload';
import { createOpenChats } from './open-chats';
import { defaultWindowSize, minWindowSize, openWindow } from './open-window';
import { newPlace, readSession, writeSession } from './session-file';
import { trackWindow } from './track-window';
import { type Bounds, restoreWindowState, type WindowState } from './window-state';

/** A window's place is saved this long after a change (ms), because scrolling sends many. */
const saveDelayMs = 300;

/**
 * Delay before restoring the next window (ms), after the previous page was first idle: its first paint may still be
 * pending then.
 */
const restoreDelayMs = 500;

export type WindowsOptions = {
  dataFolder: string;
  /** URL of the page to show. */
  address: string;
  /** Path of the preload bundle. */
  preload: string;
  onOpen: (window: BrowserWindow) => void;
  /** Called if the page of the only window cannot be shown. */
  onFailure: (error: unknown) => void;
  /** Called for each window with the chats of the others, whenever those change. */
  onChats: (page: WebContents, elsewhere: string[]) => void;
  /** Called if another window becomes the first one, with what it shows. */
  onFirst: (place: WindowPlace) => void;
};

type Entry = {
  /** Null until the window of the last session is restored, and after the last one was closed. */
  window: BrowserWindow | null;
  /** Whether it has yet to be restored. */
  isWaiting: boolean;
  state: WindowState;
  place: WindowPlace;
  /** The chat that its page was told to open and has not reported yet. */
  opening: string | null;
};

export type Windows = ReturnType<typeof createWindows>;

/** Call after the app is ready. */
export function createWindows(options: WindowsOptions) {
  const { dataFolder, address, preload, onOpen, onFailure, onFirst, onChats } = options;
  /** The next start opens the first entry first. There is always at least one. */
  const entries: Entry[] = readSession(dataFolder).map(({ state, place }) => ({
    window: null,
    isWaiting: true,
    state: restoreWindowState(state, workAreas(), defaultWindowSize, minWindowSize),
    place,
    opening: null,
  }));
  const chats = createOpenChats<Entry>();
  for (const entry of entries.slice(1)) if (entry.place.openChat) chats.claim(entry, entry.place.openChat);
  /** The window that had the focus last comes last. */
  let recent: Entry[] = [];
  let isQuitting = false;

  let saving: NodeJS.Timeout | undefined;

  const opened = () => entries.filter(({ window }) => window !== null);
  const entryOf = (sender: WebContents) => entries.find(({ window }) => window?.webContents === sender);

  function save(): void {
    clearTimeout(saving);
    writeSession(dataFolder, entries);
  }

  function tellChats(): void {
    for (const entry of opened()) {
      if (entry.window) onChats(entry.window.webContents, chats.ofOthers(entry));
    }
  }

  function show(entry: Entry, isInFront: boolean): BrowserWindow {
    // The first view of a start is the chat, unless several windows come back as they were.
    const view = entries.length > 1 ? entry.place.view : 'chat';
    const url = view === 'chat' ? address : `${address}#/${view}`;
    const window = openWindow({ address: url, preload, state: entry.state, isInFront, onFailure: failed });
    entry.window = window;
    entry.isWaiting = false;
    recent = [...recent, entry];
    trackWindow(window, (state) => {
      entry.state = state;
      save();
    });
    window.on('focus', () => {
      recent = [...recent.filter((each) => each !== entry), entry];
    });
    window.once('closed', () => forget(entry));
    onOpen(window);
    return window;

    function failed(error: unknown): void {
      if (opened().length > 1) void offerReload(window, error);
      else onFailure(error);
    }
  }

  /** The windows that are open when the app quits, and the last one, come back at the next start. */
  function forget(entry: Entry): void {
    entry.window = null;
    chats.release(entry);
    recent = recent.filter((each) => each !== entry);
    tellChats();
    // Deferred, because closing all windows at once quits the app.
    setImmediate(() => remove(entry));
  }

  function remove(entry: Entry): void {
    // On macOS the app stays without a window, and its last one may have been opened again.
    if (isQuitting || opened().length === 0 || entry.window !== null) return;
    const at = entries.indexOf(entry);
    // A window that was opened again and closed again is removed once.
    if (at < 0) return;
    entries.splice(at, 1);
    if (at === 0 && entries[0]) onFirst(entries[0].place);
    save();
  }

  /** Returns the window in front, or opens one if there is none. */
  function front(): BrowserWindow {
    const focused = opened().find(({ window }) => window?.isFocused());
    return (focused ?? recent.at(-1))?.window ?? openFirst();
  }

  function openFirst(): BrowserWindow {
    const [first, ...others] = entries;
    if (!first) throw new Error('The first window is missing.');
    // On macOS, windows that were closed all at once are still in the list, and stay closed.
    entries.splice(
      1,
      others.length,
      ...others.filter(({ window, isWaiting }) => window !== null || isWaiting),
    );
    return show(first, true);
  }

  function bringToFront(window = front()): void {
    if (window.isMinimized()) window.restore();
    window.show();
  }

  /** @param place what it shows. The caller claims its chat. */
  function add(place: WindowPlace, opener: BrowserWindow | null): Result<Entry> {
    if (entries.length >= maxWindows) return failure('too_many_windows');
    const area = opener ? screen.getDisplayMatching(opener.getBounds()).workArea : undefined;
    const bounds =
      opener && area ? cascaded(opener.getNormalBounds(), boundsOf(entries), area, minWindowSize) : null;
    const wanted = bounds && { bounds, isMaximized: false, isFullScreen: false };
    const state = restoreWindowState(wanted, workAreas(), defaultWindowSize, minWindowSize);
    const entry: Entry = { window: null, isWaiting: false, state, place, opening: null };
    entries.push(entry);
    return success(entry);
  }

  /** Opens the next window of the last session, behind the others. */
  function restoreNext(): void {
    const next = entries.find(({ isWaiting }) => isWaiting);
    if (!next || isQuitting || opened().length === 0) return;
    show(next, false).once('closed', restoreNext);
  }

  return {
    /** Opens the first window of a session. */
    openFirst,
    /** Opens a window for a chat, wherever it was open, or for another place. @param opener the page that asks. */
    open(place: Partial<WindowPlace>, opener: WebContents): Result<null> {
      const added = add({ ...newPlace, ...place }, BrowserWindow.fromWebContents(opener));
      if (!added.ok) return added;
      if (place.openChat) chats.move(added.value, place.openChat);
      show(added.value, true);
      save();
      return success(null);
    },
    front,
    bringToFront,
    hasOpen: () => opened().length > 0,
    /** Hides the windows while the app finishes its work before it quits. */
    hide(): void {
      for (const { window } of opened()) window?.hide();
    },
    /** The windows that are open now come back at the next start. */
    keepForNextStart(): void {
      isQuitting = true;
      save();
    },
    /** Returns the window in which a chat is open. */
    showing: (chatId: string): BrowserWindow | null => chats.ownerOf(chatId)?.window ?? null,
    /** Whether a chat belongs to another window, which may not be restored yet. */
    isTaken(sender: WebContents, chatId: string): boolean {
      const owner = chats.ownerOf(chatId);
      return owner !== undefined && owner !== entryOf(sender);
    },
    /** Adds a chat to a window unless another window has it. @returns whether the window has it now. */
    claim(sender: WebContents, chatId: string): boolean {
      const entry = entryOf(sender);
      if (!entry) return false;
      const owner = chats.claim(entry, chatId);
      if (owner !== entry) {
        if (!owner.isWaiting) return false;
        // That window is not restored yet, so it gets another chat.
        owner.place = { ...owner.place, openChat: null };
        chats.move(entry, chatId);
      }
      entry.opening = chatId;
      return true;
    },
    /**
     * Records which chat a window shows, and the id of its new chat. A page first reports this when it is idle, so
     * the next window of the last session can be restored.
     */
    noteChats(sender: WebContents, openChat: string, newChat: string): void {
      const entry = entryOf(sender);
      if (entry) {
        if (entry.opening === openChat) entry.opening = null;
        // The page may have sent this before it opened the chat that it was given.
        chats.keepOnly(entry, [openChat, newChat, ...(entry.opening ? [entry.opening] : [])]);
      }
      tellChats();
      setTimeout(restoreNext, restoreDelayMs);
    },
    /** Returns what a window shows; null for the first one, whose place is the view state of the app. */
    placeOf(sender: WebContents): WindowPlace | null {
      const entry = entryOf(sender);
      return entry === undefined || entry === entries[0] ? null : entry.place;
    },
    /** Records what a window shows. */
    note(sender: WebContents, changes: Partial<WindowPlace>): void {
      const entry = entryOf(sender);
      if (!entry) return;
      entry.place = { ...entry.place, ...changes };
      // A single window's place is in the view state.
      if (entries.length === 1) return;
      clearTimeout(saving);
      saving = setTimeout(save, saveDelayMs);
    },
  };
}

function boundsOf(entries: readonly Entry[]): Bounds[] {
  return entries.map(({ window, state }) => window?.getNormalBounds() ?? state.bounds);
}

/** Returns the usable area of each display, the primary one first. */
function workAreas(): Bounds[] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary, ...others].map(({ workArea }) => workArea);
}
