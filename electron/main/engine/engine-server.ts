// What the engine room needs of the supervised server, and what the server needs of it.
import type { EngineServerState } from '../../../shared/domain/engine';
import type { EngineItemId } from '../../../shared/domain/engine-catalogue';
import type { HandlersOf } from '../ipc/handlers';
import type { EngineItems } from './engine-items';

type ServerRequests = Record<'engine:choose-engine' | 'engine:forget-own', unknown>;

export type EngineServer = {
  state: () => EngineServerState;
  /** The path of an `sd-server` of the user's own; null for the downloaded one. */
  ownEngine: () => string | null;
  /**
   * Stops the server if it uses the item and makes no picture with it.
   *
   * @returns whether the item may be deleted now.
   */
  release: (id: EngineItemId) => Promise<boolean>;
  handlers: HandlersOf<ServerRequests>;
};

/** What the server may use of the engine room. */
export type EngineHost = {
  items: EngineItems;
  /** Sends the status to the page. Call it after the server's state has changed. */
  onChange: () => void;
};
