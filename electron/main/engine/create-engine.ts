// The engine room: what this computer is offered, what is downloaded, what is installed.

import { randomBytes } from 'node:crypto';
import type { engineRequests } from '../../../shared/contract/engine';
import type {
  AbandonedDownload,
  EngineOffer,
  EngineStatus,
  InstalledItem,
} from '../../../shared/domain/engine';
import {
  type EngineCatalogue,
  type EngineItemId,
  hasAllHashes,
} from '../../../shared/domain/engine-catalogue';
import { type Failure, failure, type Result, success } from '../../../shared/domain/errors';
import { type Sentence, sentence } from '../../../shared/languages/sentence';
import type { HandlersOf } from '../ipc/handlers';
import { describeMachine, usableBuilds } from './choose-build';
import type { Downloader } from './downloader-process';
import { createDownloads } from './downloads';
import type { EngineFolders } from './engine-folders';
import { describeItem, type EngineItems } from './engine-items';
import type { EngineServer } from './engine-server';
import type { MachineFacts } from './machine/read-machine';
import { checkModelFile } from './model-file';
import { explainNothing, makeOffers, missingEntries } from './offers';
import { itemOfFile, ownId, readOwnAddress } from './own-models';
import { deleteLeftovers, deletePartial, listAbandoned } from './partial-files';
import type { DownloadPlan } from './plan-download';
import { createRemoval } from './remove-items';
import type { WantedDownload } from './wanted-downloads';

/** Time between two statuses that are sent (ms). */
const sendIntervalMs = 250;
/** Stays free beside a download that continues after the disk was full (bytes). */
const roomReserveBytes = 200_000_000;

export type EngineOptions = {
  folders: EngineFolders;
  items: EngineItems;
  server: EngineServer;
  downloader: Pick<Downloader, 'fetch'>;
  /** Whether the catalogue is the user's own, which may name addresses on this computer. */
  isGivenCatalogue: boolean;
  readCatalogue: () => Promise<Result<EngineCatalogue>>;
  readMachine: () => Promise<MachineFacts>;
  freeDiskBytes: () => Promise<number | null>;
  /** Asks the user for a model file. @returns an absolute path; null if the user cancels. */
  chooseModelFile: (sender: Electron.WebContents) => Promise<string | null>;
  /** Sends a status to the page. */
  send: (status: EngineStatus) => void;
  /** Called when a downloaded model is ready to be used. */
  onReady: (label: string) => void;
  /** SentenceOrText whether the computer has to stay awake. */
  keepAwake: (isNeeded: boolean) => void;
  /** UTC milliseconds. */
  now: () => number;
  /** Milliseconds of a clock that never jumps. */
  monotonic: () => number;
  after: (milliseconds: number, work: () => void) => void;
};

/** Facts that are read when the status is first requested. Start-up needs none of them. */
type Known = {
  catalogue: Result<EngineCatalogue>;
  machine: MachineFacts;
  /** Files of abandoned downloads. */
  abandoned: readonly AbandonedDownload[];
};

export function createEngine(options: EngineOptions) {
  const { folders, items, server, after } = options;
  let revision = 0;
  let known: Known | null = null;
  /** Whether a status was sent just now, and whether something has changed since. */
  let isQuiet = false;
  let hasChanged = false;

  const removal = createRemoval(options);
  const downloads = createDownloads({
    ...options,
    plan,
    hasRoomFor: async (bytes) => {
      const free = await options.freeDiskBytes();
      return free === null || free >= bytes + roomReserveBytes;
    },
    release: server.release,
    removeBrought: removal.removeBrought,
    onChange() {
      options.keepAwake(downloads.isRunning());
      changed();
    },
  });
  items.on(changed);

  /** Reads the machine and the disk again: a card, memory or room may have come, and files may be gone. */
  async function look(): Promise<Known> {
    const catalogue = known?.catalogue.ok ? known.catalogue : await options.readCatalogue();
    const [machine] = await Promise.all([options.readMachine(), items.look()]);
    known = { catalogue, machine, abandoned: await findAbandoned(catalogue) };
    return known;
  }

  async function findAbandoned(catalogue: Result<EngineCatalogue>): Promise<AbandonedDownload[]> {
    const kept = new Set([...downloads.partialIds(), ...items.list().map(({ id }) => id)]);
    const entries = catalogue.ok ? [...catalogue.value.engines, ...catalogue.value.models] : [];
    return (await listAbandoned(folders, kept)).map(({ id, bytes }) => {
      return { id, bytes, label: entries.find((entry) => entry.id === id)?.label ?? id };
    });
  }

  function describe({ catalogue, machine, abandoned }: Known): EngineStatus {
    revision += 1;
    const entries = catalogue.ok ? catalogue.value : { version: 1 as const, engines: [], models: [] };
    const offers = offersOf(catalogue, machine);
    return {
      revision,
      machine: describeMachine(machine, usableBuilds(entries, machine)),
      offers,
      unavailable: catalogue.ok ? explainNothing(offers, entries, machine) : asSentence(catalogue),
      downloads: downloads.list(),
      installed: items.list().map((item) => describeItem(item, items.isIntact(item))),
      abandoned: abandoned.filter(({ id }) => !downloads.isWanted(id)),
      server: server.state(),
      ownEngine: server.ownEngine(),
    };
  }

  function offersOf(catalogue: Known['catalogue'], machine: MachineFacts): EngineOffer[] {
    if (!catalogue.ok) return [];
    const { partialBytes } = downloads;
    return makeOffers({
      ...{ catalogue: catalogue.value, machine, partialBytes, storedHashes: items.storedHashes() },
      ...have(),
    });
  }

  function have() {
    return { installed: items.intact(), hasOwnEngine: server.ownEngine() !== null };
  }

  /** Sends the status: at once, then at most four times a second. */
  function changed(): void {
    hasChanged = true;
    if (isQuiet || !known) return;
    hasChanged = false;
    isQuiet = true;
    options.send(describe(known));
    after(sendIntervalMs, () => {
      isQuiet = false;
      if (hasChanged) changed();
    });
  }

  async function plan({ model: id, own }: WantedDownload): Promise<Result<DownloadPlan>> {
    const allowLoopback = options.isGivenCatalogue;
    if (own) {
      const entries = hasIntact(id) ? [] : [{ kind: 'own' as const, id, own }];
      return success({ label: own.label, entries, allowLoopback });
    }
    const { catalogue, machine } = await look();
    if (!catalogue.ok) return catalogue;
    const model = catalogue.value.models.find((entry) => entry.id === id);
    const offer = offersOf(catalogue, machine).find((entry) => entry.model === id);
    const build = catalogue.value.engines.find((entry) => entry.id === offer?.engine);
    if (!model) return failure('engine_not_offered');
    if (!hasAllHashes(model)) return failure('engine_not_verified');
    if (!offer || !build) return failure('engine_not_offered');
    if (offer.suitability === 'no') return failure('engine_too_large');
    if (offer.missingDiskBytes > 0) return notEnoughSpace(offer.missingDiskBytes);
    const missing = missingEntries(build, model, have());
    const entries = [
      { kind: 'engine' as const, id: build.id, build },
      { kind: 'model' as const, id: model.id, model },
    ].filter(({ id: entryId }) => missing.some((entry) => entry.id === entryId));
    return success({ label: model.label, entries, allowLoopback });
  }

  async function download(model: EngineItemId): Promise<Result<null>> {
    const wanted = { model, isPaused: false, partial: [], brought: [], own: null };
    const before = downloads.list().find((entry) => entry.model === model);
    // A download that is impossible is refused now. A known download reports that itself.
    if (!before) {
      const planned = await plan(wanted);
      if (!planned.ok) return planned;
      if (planned.value.entries.length === 0) return success(null);
    }
    return downloads.start(model, null);
  }

  function hasIntact(id: EngineItemId): boolean {
    const item = items.find(id);
    return item !== undefined && items.isIntact(item);
  }

  async function remove(id: EngineItemId): Promise<Result<null>> {
    if (downloads.isWanted(id)) return failure('engine_download_under_way');
    const item = items.find(id);
    if (item) {
      if (!(await server.release(id))) return failure('engine_in_use');
      await removal.deleteItem(item);
    } else if (known?.abandoned.some((each) => each.id === id)) await deletePartial(folders, id);
    else return failure('not_found');
    if (known) known = { ...known, abandoned: await findAbandoned(known.catalogue) };
    changed();
    return success(null);
  }

  async function addFile(sender: Electron.WebContents): Promise<Result<InstalledItem | null>> {
    const chosen = await options.chooseModelFile(sender);
    if (chosen === null) return success(null);
    const checked = await checkModelFile(chosen);
    if (!checked.ok) return checked;
    const added = items.models().find(({ isOwn, files: [file] }) => isOwn && file?.path === chosen);
    const id = added?.id ?? ownId(checked.value.label, randomBytes(4).toString('hex'));
    const item = itemOfFile(checked.value, id, options.now());
    items.add(item);
    return success(describeItem(item, true));
  }

  const handlers: HandlersOf<typeof engineRequests> = {
    'engine:status': async () => success(describe(await look())),
    'engine:download': ({ model }) => download(model),
    'engine:pause': ({ model }) => downloads.pause(model),
    'engine:cancel': ({ model }) => downloads.cancel(model),
    'engine:remove': ({ id }) => remove(id),
    'engine:add-address': (input) => {
      const read = readOwnAddress(input, options.isGivenCatalogue);
      if (!read.ok) return read;
      return hasIntact(read.value.id) ? success(null) : downloads.start(read.value.id, read.value.own);
    },
    'engine:choose-model': (_input, { sender }) => addFile(sender),
    ...server.handlers,
  };

  return {
    handlers,
    changed,
    /** Continues at once what waits for the network. Call it when the computer wakes up. */
    wake: downloads.wake,
    /** Continues the downloads of the last run and deletes abandoned ones. Call it after the first paint. */
    async start(): Promise<void> {
      downloads.continueAll();
      const installed = new Set(items.list().map(({ id }) => id));
      await deleteLeftovers(folders, { wanted: downloads.partialIds(), installed }, options.now());
    },
    close: downloads.close,
  };
}

function notEnoughSpace(missingBytes: number): Failure {
  return failure('engine_no_room', sentence('services.engine_no_room', { gigabytes: missingBytes / 1e9 }));
}

function asSentence({ code, sentence: precise }: Failure): Sentence {
  return precise ?? sentence(`errors.${code}`);
}
