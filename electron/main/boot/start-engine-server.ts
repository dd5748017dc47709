// Runs the supervised engine: its environment, its threads, and everything that depends on its models.

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
 * A placeholder for the engine, which starts after the services and the chat that refer to it. Nothing uses it until
 * boot is complete.
 */
export function createEngineSlot() {
  let started: StartedEngineServer | null = null;
  return {
    presence: (): EnginePresence =>
      started === null ? noEngine : { ...started.presence(), address: started.address() },
    /** Returns a generator that holds the engine's jobs until its server runs. */
    generatorWith: <Part extends Pick<Generator, 'run' | 'stop'>>(generator: Part): Part => ({
      ...generator,
      run: (job) => (started ?? generator).run(job),
      stop: (jobId) => (started ?? generator).stop(jobId),
    }),
    /** Returns a probe that asks the engine itself about the engine's service. */
    probeWith: (others: ServiceProbe): ServiceProbe => ({ ...others, ...started?.probe(others) }),
    /** @returns the part of the server that the engine room uses. */
    start(host: EngineHost, parts: EngineServerParts): EngineServer {
      started = startEngineServer(host, parts);
      return started.server;
    },
    /** Publishes the installed models. */
    publish: (): void => started?.publish(false),
    close: (): void => started?.close(),
  };
}

/** No process is started, or searched for, before the first picture. */
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
