// The interfaces between the engine room and the supervised server.
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

/** The parts of the engine room that the server may use. */
export type EngineHost = {
  items: EngineItems;
  /** Sends the status to the page. Call it after the server's state has changed. */
  onChange: () => void;
};
