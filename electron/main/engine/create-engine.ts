// The engine room: what this computer is offered, what is downloaded, what is installed.
import type { engineRequests } from '../../../shared/contract/engine';
import type { EngineOffer, EngineStatus } from '../../../shared/domain/engine';
import type { EngineCatalogue, EngineItemId } from '../../../shared/domain/engine-catalogue';
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { HandlersOf } from '../ipc/handlers';
import { describeMachine, usableBuilds } from './choose-build';
import { describeItem, type EngineItems } from './engine-items';
import type { EngineServer } from './engine-server';
import type { MachineFacts } from './machine/read-machine';
import { explainNothing, makeOffers } from './offers';

export type EngineOptions = {
  items: EngineItems;
  server: EngineServer;
  readCatalogue: () => Promise<Result<EngineCatalogue>>;
  readMachine: () => Promise<MachineFacts>;
  /** Sends a status to the page. */
  send: (status: EngineStatus) => void;
};

/** What is known since the status was first asked for. Start-up needs none of it. */
type Known = { catalogue: Result<EngineCatalogue>; machine: MachineFacts };

export type Engine = ReturnType<typeof createEngine>;

export function createEngine({ items, server, readCatalogue, readMachine, send }: EngineOptions) {
  let revision = 0;
  let known: Known | null = null;

  /** Reads the machine again, because a card, memory or room on the disk may have come. */
  async function look(): Promise<Known> {
    const catalogue = known?.catalogue.ok ? known.catalogue : await readCatalogue();
    known = { catalogue, machine: await readMachine() };
    return known;
  }

  function describe({ catalogue, machine }: Known): EngineStatus {
    revision += 1;
    const entries = catalogue.ok ? catalogue.value : { version: 1 as const, engines: [], models: [] };
    const offers = offersOf({ catalogue, machine });
    return {
      revision,
      machine: describeMachine(machine, usableBuilds(entries, machine)),
      offers,
      unavailable: catalogue.ok ? explainNothing(offers, entries, machine) : catalogue.message,
      downloads: [],
      installed: items.list().map(describeItem),
      server: server.state(),
      ownEngine: server.ownEngine(),
    };
  }

  function offersOf({ catalogue, machine }: Known): EngineOffer[] {
    if (!catalogue.ok) return [];
    return makeOffers({
      catalogue: catalogue.value,
      machine,
      installed: items.list(),
      partialBytes: () => 0,
    });
  }

  function changed(): void {
    if (known) send(describe(known));
  }

  async function remove(id: EngineItemId): Promise<Result<null>> {
    if (!items.find(id)) return failure('not_found');
    if (!(await server.release(id))) return failure('engine_in_use');
    items.remove(id);
    changed();
    return success(null);
  }

  const handlers: HandlersOf<typeof engineRequests> = {
    'engine:status': async () => success(describe(await look())),
    'engine:download': () => failure('engine_not_offered'),
    'engine:pause': () => failure('not_found'),
    'engine:cancel': () => failure('not_found'),
    'engine:remove': ({ id }) => remove(id),
    'engine:add-address': () => failure('not_a_model_address'),
    'engine:choose-model': () => success(null),
    ...server.handlers,
  };
  return { handlers, changed };
}
