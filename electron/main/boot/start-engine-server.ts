// The supervised engine as this app runs it: its environment, its threads, and what depends on its models.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { engineServiceId } from '../../../shared/domain/engine';
import { rememberModels } from '../../../shared/domain/listed-models';
import type { PictureProgress } from '../../../shared/generator/messages';
import { t } from '../../../shared/languages/translate';
import { environmentOfChild } from '../config/environment';
import type { ServiceProbe } from '../config/service-handlers';
import { type EnginePresence, noEngine } from '../config/service-list';
import type { Services } from '../config/services';
import type { EngineHost, EngineServer } from '../engine/engine-server';
import { createEngineServer, type SupervisedEngine } from '../engine/server/create-engine-server';
import { endWithApp } from '../engine/server/end-with-app';
import { createHashInThread } from '../engine/server/hash-in-thread';
import hashThread from '../engine/server/hash-thread?modulePath';
import { createProcessTable } from '../engine/server/process-table';
import type { Generator } from '../generation/generator-process';
import type { Broadcast } from '../ipc/broadcast';
import { showOpenDialog } from '../window/dialogs';

export type EngineServerParts = {
  dataFolder: string;
  services: Pick<Services, 'ownsEngine' | 'onEngine'>;
  generator: Pick<Generator, 'run' | 'stop' | 'configure'>;
  broadcast: Broadcast;
  onProgress: (progress: PictureProgress) => void;
};

type StartedEngineServer = SupervisedEngine & { publish: (isNew: boolean) => void };

/**
 * Where the engine will be: the services and the chat are there before it and ask it later. Nothing does before the whole
 * app is put together.
 */
export function createEngineSlot() {
  let started: StartedEngineServer | null = null;
  return {
    presence: (): EnginePresence =>
      started === null ? noEngine : { ...started.presence(), address: started.address() },
    /** Returns a generator whose jobs of the engine wait for its server. */
    generatorWith: <Part extends Pick<Generator, 'run' | 'stop'>>(generator: Part): Part => ({
      ...generator,
      run: (job) => (started ?? generator).run(job),
      stop: (jobId) => (started ?? generator).stop(jobId),
    }),
    /** Returns what is asked about services. The engine answers for itself. */
    probeWith: (others: ServiceProbe): ServiceProbe => ({ ...others, ...started?.probe(others) }),
    /** @returns what the engine room needs of the server. */
    start(host: EngineHost, parts: EngineServerParts): EngineServer {
      started = startEngineServer(host, parts);
      return started.server;
    },
    /** Tells everybody which models are there. */
    publish: (): void => started?.publish(false),
    close: (): void => started?.close(),
  };
}

/** No process is started, and none is looked for, before the first picture. */
function startEngineServer(
  host: EngineHost,
  { dataFolder, services, generator, broadcast, onProgress }: EngineServerParts,
): StartedEngineServer {
  const { platform } = process;
  let endsWithApp: ReturnType<typeof endWithApp> | null = null;
  const engine = createEngineServer(host, {
    dataFolder,
    env: environmentOfChild(process.env),
    platform,
    table: createProcessTable({
      platform,
      run: async (command, args) => (await promisify(execFile)(command, args, { windowsHide: true })).stdout,
    }),
    endWithApp: () => {
      endsWithApp ??= endWithApp(platform);
      return endsWithApp;
    },
    hash: createHashInThread(hashThread),
    async chooseProgram(sender) {
      const [chosen] = await showOpenDialog(sender, {
        properties: ['openFile'],
        title: t('desktop.choose_sd_server'),
      });
      return chosen ?? null;
    },
    generator,
    isEngine: () => services.ownsEngine(engineServiceId),
    onProgress,
    onModels: () => publish(true),
    log: (line) => console.info(`[engine] ${line}`),
    now: Date.now,
    monotonic: () => performance.now(),
    after(milliseconds, work) {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
  });

  function publish(isNew: boolean): void {
    services.onEngine(isNew);
    if (!services.ownsEngine(engineServiceId)) return;
    const models = engine.offeredModels();
    rememberModels(engineServiceId, 'sd-server', models);
    if (isNew) broadcast('models:listed', { service: engineServiceId, models });
  }

  return { ...engine, publish };
}
