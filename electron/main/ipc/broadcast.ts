// Sends events to every window or to some, and to listeners in the main process.
import { BrowserWindow, type WebContents } from 'electron';
import { type EventName, type Events, eventChannel } from '../../../shared/contract';

export type Broadcast = <Name extends EventName>(name: Name, event: Events[Name]) => void;

/** Sends events. A page that has not loaded yet misses them, and reads the current state once it has. */
export function createBroadcaster() {
  const listeners: ((event: Events[EventName], name: EventName) => void)[] = [];
  /** The pages that started work whose progress only one window shows. */
  const owners = new Map<EventName, WebContents>();

  function sendWhere<Name extends EventName>(
    isWanted: (page: WebContents) => boolean,
    name: Name,
    event: Events[Name],
  ): void {
    for (const window of BrowserWindow.getAllWindows()) {
      if (!window.isDestroyed() && isWanted(window.webContents)) {
        window.webContents.send(eventChannel, name, event);
      }
    }
  }

  const broadcast: Broadcast = (name, event) => {
    const owner = owners.get(name);
    // If that window was closed, all others show the progress.
    const isOwned = owner !== undefined && !owner.isDestroyed();
    sendWhere((page) => !isOwned || page === owner, name, event);
    for (const listener of listeners) listener(event, name);
  };

  return {
    broadcast,
    /** Sends an event to the page of one window. */
    sendTo<Name extends EventName>(receiver: WebContents, name: Name, event: Events[Name]): void {
      sendWhere((page) => page === receiver, name, event);
    },
    /** Sends an event to every window except one, whose page already knows. */
    sendToOthers<Name extends EventName>(sender: WebContents, name: Name, event: Events[Name]): void {
      sendWhere((page) => page !== sender, name, event);
    },
    /** Makes an event of progress go only to the window that started the work, as long as that is open. */
    setOwner(name: 'import:progress' | 'export:progress', page: WebContents): void {
      owners.set(name, page);
    },
    /** Calls `listener` with every event that the windows receive. */
    subscribe(listener: (event: Events[EventName], name: EventName) => void): void {
      listeners.push(listener);
    },
  };
}

export type Broadcaster = ReturnType<typeof createBroadcaster>;
