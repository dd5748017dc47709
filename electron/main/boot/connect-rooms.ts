// Connects the events of one room to the actions of another.
import type { BrowserWindow } from 'electron';
import type { WindowPlace } from '../../../shared/domain/windows';
import type { EndedPrefetch } from '../../../shared/generator/messages';
import { endPrefetch } from '../chat/prefetch-billed';
import type { Services } from '../config/services';
import type { Store } from '../db/open';
import type { Desktop } from '../desktop/start-desktop';
import type { Indexing } from '../gallery/index-search-words';
import type { FingerprintReading } from '../gallery/read-fingerprints';
import type { Generator } from '../generation/generator-process';
import type { Broadcaster } from '../ipc/broadcast';
import type { Event } from './event';
import type { Notices } from './notices';
import type { Chat } from './start-chat';
import { onFirstKey } from './start-generator';

export type BootEvents = {
  keysChanged: Event<void>;
  dataChanged: Event<void>;
  prefetchEnded: Event<EndedPrefetch>;
  /** The value is the picture's id. */
  smallVersionsMade: Event<string>;
  windowOpened: Event<BrowserWindow>;
  /** Another window has become the first one, for example because the first was closed. */
  firstWindowChanged: Event<WindowPlace>;
};

export type ConnectedRooms = {
  broadcaster: Broadcaster;
  store: Pick<Store, 'batch' | 'viewState'>;
  notices: Pick<Notices, 'refresh'>;
  generator: Pick<Generator, 'configure' | 'warmUp'>;
  services: Services;
  chat: Pick<Chat, 'context' | 'dispatcher' | 'readProvider'>;
  desktop: Pick<Desktop, 'attachWindow' | 'handleEvent'>;
  fingerprintReading: Pick<FingerprintReading, 'readAgain' | 'wake'>;
  indexing: Pick<Indexing, 'wake'>;
};

export function connectRooms(events: BootEvents, rooms: ConnectedRooms): void {
  const { broadcaster, store, generator, services, chat, desktop, fingerprintReading, indexing } = rooms;
  const { broadcast } = broadcaster;
  events.dataChanged.on(rooms.notices.refresh);
  events.keysChanged.on(generator.configure);
  events.keysChanged.on(() => broadcast('provider:changed', chat.readProvider()));
  services.on(generator.configure);
  services.on(() => {
    broadcast('services:changed', services.describe());
    broadcast('provider:changed', chat.readProvider());
    chat.dispatcher.wake();
  });
  events.smallVersionsMade.on(fingerprintReading.readAgain);
  events.prefetchEnded.on((ended) => endPrefetch(chat.context, ended));
  events.windowOpened.on(desktop.attachWindow);
  events.windowOpened.on(({ webContents }) => onFirstKey(webContents, generator.warmUp));
  events.firstWindowChanged.on(({ openChat, galleryPlace }) =>
    store.batch(() => store.viewState.write({ openChat, galleryPlace })),
  );
  broadcaster.subscribe(desktop.handleEvent);
  broadcaster.subscribe((_event, name) => {
    if (name !== 'gallery:added') return;
    fingerprintReading.wake();
    // Merges new entries into the search index.
    indexing.wake();
  });
}
