// Starts the engine room. Nothing is read, downloaded or run before the interface asks for it.
import { app, net } from 'electron';
import type { Environment } from '../config/environment';
import type { Broadcast } from '../ipc/broadcast';
import { readCatalogue } from './catalogue';
import { createEngine, type Engine } from './create-engine';
import { engineFolders } from './engine-folders';
import { createEngineItems } from './engine-items';
import type { EngineHost, EngineServer } from './engine-server';
import { fetchText } from './fetch-text';
import { readMachine } from './machine/read-machine';
import { systemFacts } from './machine/system-facts';

export type EngineParts = {
  environment: Pick<Environment, 'engineCatalogue'>;
  dataFolder: string;
  broadcast: Broadcast;
  /** Creates the supervised server, which gets the installed items from this room. */
  createServer: (host: EngineHost) => EngineServer;
};

export function startEngine({ environment, dataFolder, broadcast, createServer }: EngineParts): Engine {
  const folders = engineFolders(dataFolder);
  const items = createEngineItems(folders);
  const server = createServer({
    items,
    verify: async () => false,
    onChange: () => engine.changed(),
  });
  const engine = createEngine({
    items,
    server,
    readCatalogue: () =>
      readCatalogue({
        given: environment.engineCatalogue,
        fetchText: (url, maxBytes) => fetchText((input, init) => net.fetch(input, init), url, maxBytes),
      }),
    readMachine: () => readMachine(systemFacts(dataFolder, () => app.getGPUInfo('basic'))),
    send: (status) => broadcast('engine:changed', status),
  });
  return engine;
}

/** Stands for the server in a build without one. */
export function withoutServer(): EngineServer {
  return {
    state: () => 'stopped',
    ownEngine: () => null,
    release: async () => true,
    handlers: {
      'engine:choose-engine': () => ({ ok: true, value: null }),
      'engine:forget-own': () => ({ ok: true, value: null }),
    },
  };
}
