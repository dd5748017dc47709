// The engine as a service: its models are the installed ones, and a picture of it starts the server.

import path from 'node:path';
import { engineServiceId } from '../../../../shared/domain/engine';
import type { EngineItemId } from '../../../../shared/domain/engine-catalogue';
import { failure, type Result, success } from '../../../../shared/domain/errors';
import type { OfferedModel } from '../../../../shared/domain/models';
import { maxReferencesOfKind } from '../../../../shared/domain/reference-limits';
import type { ServiceId } from '../../../../shared/domain/services';
import type { PictureProgress } from '../../../../shared/generator/messages';
import { type Sentence, sentence } from '../../../../shared/languages/sentence';
import type { EngineItem, InstalledModel } from '../engine-items';
import type { EngineHost, EngineServer } from '../engine-server';
import type { EndWithApp } from './end-with-app';
import { createEngineJobs, type EngineJobsOptions } from './engine-jobs';
import { endOrphans } from './orphans';
import { createOwnEngine } from './own-engine';
import type { ProcessTable } from './process-table';
import type { CheckedFile, RunnableEngine, Target } from './runnable';
import { createRunningRecord } from './running-record';
import { createStartServer } from './start-server';
import { createSupervisor, type SupervisorOptions } from './supervisor';
import { createVerifyFiles, type Unverified } from './verify-files';

export type EngineServerOptions = {
  dataFolder: string;
  /** The environment of the server, without keys. */
  env: Readonly<Record<string, string>>;
  platform: NodeJS.Platform;
  table: ProcessTable;
  endWithApp: () => Promise<EndWithApp>;
  /** Returns the SHA-256 of a file, in hexadecimal, without keeping the main thread busy. */
  hash: (path: string, signal: AbortSignal) => Promise<string>;
  /** Asks the user for a program. @returns an absolute path; null if the user cancels. */
  chooseProgram: (sender: Electron.WebContents) => Promise<string | null>;
  generator: EngineJobsOptions['generator'];
  isEngine: EngineJobsOptions['isEngine'];
  onProgress: (progress: PictureProgress) => void;
  /** Called when other models are there, or another engine. */
  onModels: () => void;
  log: (line: string) => void;
  /** UTC milliseconds. */
  now: () => number;
  monotonic: SupervisorOptions['now'];
  after: SupervisorOptions['after'];
};

export type SupervisedEngine = ReturnType<typeof createEngineServer>;

/** Requests to a service that generate nothing. */
type Probe = {
  check: (id: ServiceId) => Promise<Result<Sentence>>;
  listModels: (id: ServiceId) => Promise<Result<OfferedModel[]>>;
};

export function createEngineServer(host: EngineHost, options: EngineServerOptions) {
  const { items } = host;
  const { dataFolder, table, hash, isEngine } = options;
  const record = createRunningRecord(path.join(dataFolder, 'engine', 'running.json'));
  const own = createOwnEngine({ ...options, file: path.join(dataFolder, 'engine', 'own-engine.json') });
  const verify = createVerifyFiles({ hash });
  const supervisor = createSupervisor({
    start: createStartServer({
      ...options,
      record,
      async verify(target, signal) {
        const verified = await verify(target, signal);
        if (!verified.ok) await noteDamage(verified);
        return verified;
      },
      onProgress(bar) {
        const progress = jobs.progressOf(bar);
        if (progress) options.onProgress({ type: 'progress', ...progress });
      },
    }),
    endOrphans: () => endOrphans({ record, table }),
    after: options.after,
    now: options.monotonic,
    onChange() {
      options.generator.configure();
      host.onChange();
    },
  });
  const jobs = createEngineJobs({
    supervisor,
    isEngine,
    targetOf,
    generator: options.generator,
    // Another attempt begins with nothing.
    onRepeat: (jobId) => options.onProgress({ type: 'progress', jobId, fraction: null }),
    onUse: ({ engine, model }) =>
      items.markUsed(engine.id === null ? [model.id] : [engine.id, model.id], options.now()),
  });
  let knownModels = describeModels();
  items.on(() => {
    // A model that was used is another item, but no other model.
    if (describeModels() === knownModels) return;
    knownModels = describeModels();
    options.onModels();
  });

  /** Offers damaged files for download again. */
  async function noteDamage({ reason, path: file }: Unverified): Promise<void> {
    if (reason === 'changed') items.markChanged(file);
    else if (reason === 'missing') await items.look();
  }

  function describeModels(): string {
    return JSON.stringify([items.engines().map(({ id }) => id), offeredModels(), own.path()]);
  }

  function installedEngine(): RunnableEngine | null {
    const engines = items.engines().toSorted((one, other) => other.installedAt - one.installedAt);
    // If none can be used, the start of a damaged one says what is wrong with it.
    const newest = engines.find(items.isIntact) ?? engines[0];
    if (!newest) return null;
    const executable = items.executableOf(newest);
    return { id: newest.id, executable, files: filesOf(newest), folder: items.folderOf(newest) };
  }

  function filesOf(item: EngineItem): CheckedFile[] {
    return item.files.map((file) => ({ path: items.pathOf(item, file), sha256: file.sha256 }));
  }

  function targetOf(id: string): Result<Target> {
    const engine = own.engine() ?? installedEngine();
    const model = items.models().find((item) => item.id === id);
    if (!engine || !model) return failure('engine_missing');
    const { label, edits, defaults, arguments: further } = model;
    const files = model.files.flatMap(({ role, ...file }) =>
      role === null ? [] : [{ role, path: items.pathOf(model, file), sha256: file.sha256 }],
    );
    return success({ engine, model: { id, label, edits, defaults, arguments: further, files } });
  }

  function offeredModels(): OfferedModel[] {
    return items.models().map(({ id, label, edits }: InstalledModel) => ({
      ...{
        id,
        label,
        makes: 'pictures' as const,
        references: edits ? maxReferencesOfKind('sd-server', id) : 0,
      },
    }));
  }

  async function release(id: EngineItemId): Promise<boolean> {
    const target = supervisor.target();
    const isUsed = target?.engine.id === id || target?.model.id === id;
    if (jobs.isRunning() && (isUsed || target === null)) return false;
    if (isUsed) await supervisor.stop();
    return true;
  }

  function changed(): void {
    knownModels = describeModels();
    options.onModels();
    host.onChange();
  }

  const server: EngineServer = {
    state: supervisor.state,
    ownEngine: own.path,
    release,
    handlers: {
      'engine:choose-engine': async (_input, { sender }) => {
        const chosen = await options.chooseProgram(sender);
        if (chosen === null) return success(null);
        const result = await own.choose(chosen);
        if (result.ok) changed();
        return result;
      },
      'engine:forget-own': () => {
        own.forget();
        changed();
        return success(null);
      },
    },
  };

  return {
    server,
    run: jobs.run,
    stop: jobs.stop,
    address: supervisor.address,
    /** Returns what the list of services has of the engine: nothing without a model, unless the user has an engine. */
    presence: () => {
      const models = items.models().map(({ id }) => id);
      const hasEngine = own.path() !== null || items.engines().length > 0;
      return {
        isPresent: models.length > 0 || own.path() !== null,
        canRun: models.length > 0 && hasEngine,
        models,
      };
    },
    offeredModels,
    /** Answers what a service is asked without making anything. The engine need not run for that. */
    probe: (others: Probe): Probe => ({
      async check(id) {
        if (id !== engineServiceId || !isEngine()) return others.check(id);
        const [model] = items.models();
        const target = targetOf(model?.id ?? '');
        return target.ok ? success(sentence('services.engine_installed')) : target;
      },
      async listModels(id) {
        return id === engineServiceId && isEngine() ? success(offeredModels()) : others.listModels(id);
      },
    }),
    close: supervisor.close,
  };
}
