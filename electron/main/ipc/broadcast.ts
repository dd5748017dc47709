// Sends events to every window, and to listeners in the main process.
import { BrowserWindow } from 'electron';
import { type EventName, type Events, eventChannel } from '../../../shared/contract';

export type Broadcast = <Name extends EventName>(name: Name, event: Events[Name]) => void;

/** Sends events. A window whose page has not loaded yet misses them, and reads the current state once it has. */
export function createBroadcaster() {
  const listeners: ((event: Events[EventName]) => void)[] = [];

  const broadcast: Broadcast = (name, event) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (!window.isDestroyed()) window.webContents.send(eventChannel, name, event);
    }
    for (const listener of listeners) listener(event);
  };

  return {
    broadcast,
    /** Calls `listener` with every event that the windows receive. */
    subscribe(listener: (event: Events[EventName]) => void): void {
      listeners.push(listener);
    },
  };
}
