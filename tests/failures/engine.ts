// Failures of the engine on this computer: what keeps its server from starting, and what ends it.
import { appendFileSync, chmodSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Target } from '../../electron/main/engine/server/runnable';
import type { StartServerOptions } from '../../electron/main/engine/server/start-server';
import { temporaryFolder } from '../../electron/main/test-support/temporary-folder';
import { engineServiceId, engineServiceName } from '../../shared/domain/engine';
import { type ErrorCode, explanationOf } from '../../shared/domain/errors';
import { useServiceDirectory } from '../../shared/domain/service-directory';
import { builtInService, builtInServiceIds, newService } from '../../shared/domain/services';
import type { SdServerOptions } from '../servers/sd-server';
import { createTestEngine, sha256Of, type TestEngine } from '../servers/test-engine';
import { createTestEngineJobs, enginePicture } from '../servers/test-engine-jobs';
import { type FailureCase, type FailureSection, failuresOf, type Played } from './failure-case';

useServiceDirectory([
  ...builtInServiceIds.map(builtInService),
  newService(engineServiceId, 'sd-server', engineServiceName),
]);

type Play = {
  program?: SdServerOptions;
  /** Damages the installed files. */
  damage?: (target: Target) => void;
  model?: string;
  changes?: Partial<StartServerOptions>;
  /** Resolves when the user stops the picture. */
  stops?: (engine: TestEngine) => Promise<void>;
};

async function play({ program = {}, damage, model = 'model', changes, stops }: Play): Promise<Played> {
  const { folder, remove } = temporaryFolder();
  const engine = createTestEngine(folder, changes);
  const target = engine.target();
  damage?.(target);
  engine.program.set(program);
  const { jobs } = createTestEngineJobs(engine, target);
  const job = enginePicture({ model });
  const run = jobs.run(job);
  // The pauses after a crash.
  const passing = setInterval(() => engine.clock.pass(60_000), 20);
  if (stops) {
    await stops(engine);
    jobs.stop(job.jobId);
  }
  const outcome = await run;
  clearInterval(passing);
  engine.supervisor.close();
  while (engine.program.alive().length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  const requests = engine.program.events('generate').length;
  remove();
  if (outcome.type !== 'failed') return { outcome, requests };
  const { code, costMicroUsd } = outcome;
  return { outcome: { ok: false, code, ...explanationOf(outcome), costMicroUsd }, requests };
}

const failure = (situation: string, code: ErrorCode, requests: number, of: Play): FailureCase =>
  failuresOf(play)(situation, { code, requests }, of);

/** Puts another program in place of the engine, as if it had been installed. */
const installProgram = (text: string, mode: number) => (target: Target) => {
  const { executable, files } = target.engine;
  writeFileSync(executable, text);
  chmodSync(executable, mode);
  Object.assign(files[0] ?? {}, { sha256: sha256Of(executable) });
};

async function playPortTaken(): Promise<Played> {
  const other = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const played = await play({ changes: { findPort: async () => port } });
  other.close();
  return played;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

export const engineFailures: FailureSection = {
  provider: engineServiceId,
  title: 'The engine on this computer',
  cases: [
    failure('A model that is not installed', 'engine_missing', 0, { model: 'gone' }),
    failure('A file of the model that is missing', 'engine_missing', 0, {
      damage: ({ model }) => rmSync(model.files[0]?.path ?? ''),
    }),
    failure('A program that is missing', 'engine_missing', 0, {
      damage: ({ engine }) => rmSync(engine.executable),
    }),
    failure('A file of the model that was changed', 'engine_changed', 0, {
      damage: ({ model }) => appendFileSync(model.files[0]?.path ?? '', 'x'),
    }),
    failure('A program that was changed', 'engine_changed', 0, {
      damage: ({ engine }) => appendFileSync(engine.executable, '\n'),
    }),
    failure('A program that may not be run', 'engine_not_started', 0, {
      damage: installProgram('#!/bin/sh\n', 0o644),
    }),
    failure('A program for another system', 'engine_not_started', 0, {
      damage: installProgram('\u007fELF', 0o755),
    }),
    failure('A system library that is missing', 'engine_library_missing', 0, {
      program: { start: 'no-library' },
    }),
    failure('A model for which there is too little memory', 'engine_out_of_memory', 0, {
      program: { start: 'no-memory' },
    }),
    failure('A server that ends while it starts', 'engine_not_started', 0, { program: { exitAtStart: 7 } }),
    failure('A server that crashes while it starts, three times', 'engine_crashed', 0, {
      program: { signalAtStart: 'SIGSEGV' },
    }),
    failure('A server for a newer processor', 'engine_not_started', 0, {
      program: { signalAtStart: 'SIGILL' },
    }),
    failure('A server that does not become ready', 'engine_no_answer', 0, {
      program: { start: 'hang' },
      changes: { maxStartMs: 1_000 },
    }),
    failure('A server without the API', 'engine_too_old', 0, { program: { start: 'old-api' } }),
    { ...failure('Ports that other programs take', 'engine_port_taken', 0, {}), play: playPortTaken },
    failure('A server that crashes, three times', 'engine_crashed', 3, {
      program: { crashWhileGenerating: 'abort' },
    }),
    failure('A picture for which there is too little memory', 'engine_out_of_memory', 1, {
      program: { crashWhileGenerating: 'no-memory' },
    }),
    failure('A picture that the server cannot make', 'provider_unavailable', 1, {
      program: { fail: 'generate_image returned no results' },
    }),
    failure('Cancelled by the user during the start', 'cancelled', 0, {
      program: { start: 'hang' },
      stops: (engine) => until(() => engine.program.alive().length > 0),
    }),
    failure('Cancelled by the user', 'cancelled', 1, {
      program: { hold: true },
      stops: (engine) => until(() => engine.program.events('generate').length > 0),
    }),
  ],
};
