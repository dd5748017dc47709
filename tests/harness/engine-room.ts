// The engine room with a real downloader process, a catalogue and a loopback server, for tests.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEngine, type EngineOptions } from '../../electron/main/engine/create-engine';
import { createDownloader } from '../../electron/main/engine/downloader-process';
import { engineFolders } from '../../electron/main/engine/engine-folders';
import { createEngineItems } from '../../electron/main/engine/engine-items';
import type { EngineServer } from '../../electron/main/engine/engine-server';
import type { MachineFacts } from '../../electron/main/engine/machine/read-machine';
import type { RunnableModel } from '../../electron/main/engine/server/runnable';
import { createVerifyFiles } from '../../electron/main/engine/server/verify-files';
import type { EngineStatus } from '../../shared/domain/engine';
import type { EngineCatalogue } from '../../shared/domain/engine-catalogue';
import { failure, success } from '../../shared/domain/errors';
import { sha256Of } from '../servers/test-engine';
import { buildScript } from './build-script';

export const testMachine: MachineFacts = {
  platform: 'linux',
  arch: 'x64',
  memoryBytes: 16e9,
  cores: 8,
  glibc: '2.39',
  graphics: null,
  freeDiskBytes: 100e9,
};

/** Builds the downloader as a script for Node: its tasks, with Node's messages instead of Electron's. */
export async function buildDownloader(): Promise<{ script: string; remove: () => void }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'afterimage-unit-'));
  const entry = path.join(folder, 'entry.ts');
  const tasks = path.resolve(import.meta.dirname, '../../electron/generator/downloader/tasks.ts');
  writeFileSync(
    entry,
    `import { createDownloaderTasks } from ${JSON.stringify(tasks)};
     const timing = { stallMs: 2_000, pausesMs: [0, 20, 50], minFreeBytes: 0 };
     const perform = createDownloaderTasks((message) => process.send(message), timing);
     process.on('message', (message) => perform(message).catch((error) => { console.error(error); process.exit(1); }));
     process.on('disconnect', () => process.exit());`,
  );
  try {
    return await buildScript(entry);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const stoppedServer: EngineServer = {
  state: () => 'stopped',
  ownEngine: () => null,
  release: async () => true,
  handlers: {
    'engine:choose-engine': () => success(null),
    'engine:forget-own': () => success(null),
  },
};

const noModel: RunnableModel = {
  ...{ id: 'none', label: 'None', edits: false, arguments: [], files: [] },
  defaults: { steps: 1, guidance: 1, side: 512 },
};

export type TestRoom = ReturnType<typeof openRoom>;

/** Opens the room as the app does when it starts. */
export function openRoom(
  dataFolder: string,
  script: string,
  catalogue: EngineCatalogue | null,
  changes: Partial<EngineOptions> = {},
) {
  const folders = engineFolders(dataFolder);
  const items = createEngineItems(folders);
  const statuses: EngineStatus[] = [];
  const ready: string[] = [];
  /** Every change of whether the computer must stay awake. */
  const awake: boolean[] = [];
  const children: ChildProcess[] = [];
  const downloader = createDownloader({
    fork(onMessage, onExit) {
      const child = fork(script, [], { execArgv: [] });
      children.push(child);
      child.on('message', onMessage);
      child.on('exit', onExit);
      return { post: (message) => child.send(message), kill: () => child.kill('SIGKILL') };
    },
    answerProxyQuestion: ({ question }) =>
      Promise.resolve({ type: 'proxy-found', question, found: success('DIRECT') }),
  });
  const verifyFiles = createVerifyFiles({ hash: async (file) => sha256Of(file) });
  const engine = createEngine({
    folders,
    items,
    server: stoppedServer,
    downloader,
    isGivenCatalogue: true,
    readCatalogue: async () => (catalogue ? success(catalogue) : failure('engine_catalogue_unusable')),
    readMachine: async () => testMachine,
    freeDiskBytes: async () => testMachine.freeDiskBytes,
    chooseModelFile: async () => null,
    send: (status) => statuses.push(status),
    onReady: (label) => ready.push(label),
    keepAwake: (isNeeded) => isNeeded !== (awake.at(-1) ?? false) && awake.push(isNeeded),
    now: Date.now,
    monotonic: () => performance.now(),
    after: (milliseconds, work) => void setTimeout(work, milliseconds),
    ...changes,
  });
  // The handlers under test do not use the event.
  const { handlers } = engine;
  return {
    ...engine,
    ...{ folders, items, statuses, ready, awake, children },
    /** Returns whether an installed engine is unchanged, as the server verifies before it starts. */
    async verify(id: string): Promise<boolean> {
      const engine = items.engines().find((item) => item.id === id);
      if (!engine) return false;
      const files = engine.files.map((file) => ({ path: items.pathOf(engine, file), sha256: file.sha256 }));
      const runnable = { id, executable: items.executableOf(engine), files, folder: items.folderOf(engine) };
      return (await verifyFiles({ engine: runnable, model: noModel }, new AbortController().signal)).ok;
    },
    /** Returns the status as the page requests it. */
    async status(): Promise<EngineStatus> {
      const reply = await Reflect.apply(handlers['engine:status'], null, [{}, null]);
      if (!reply.ok) throw new Error('There is no status.');
      return reply.value;
    },
    close(): void {
      engine.close();
      downloader.close();
    },
  };
}
