// A supervisor of real processes, with a strict sd-server and a model in a temporary folder, for tests.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { endWithApp } from '../../electron/main/engine/server/end-with-app';
import { endOrphans } from '../../electron/main/engine/server/orphans';
import { createProcessTable } from '../../electron/main/engine/server/process-table';
import type { Target } from '../../electron/main/engine/server/runnable';
import { createRunningRecord } from '../../electron/main/engine/server/running-record';
import { createStartServer, type StartServerOptions } from '../../electron/main/engine/server/start-server';
import { createSupervisor } from '../../electron/main/engine/server/supervisor';
import { createVerifyFiles } from '../../electron/main/engine/server/verify-files';
import { createSdServer } from './sd-server';

export type TestEngine = ReturnType<typeof createTestEngine>;

export function sha256Of(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

export const systemTable = createProcessTable({
  platform: process.platform,
  run: async (command, args) => (await promisify(execFile)(command, args)).stdout,
});

/** A clock that advances only when a test advances it. Work that is due runs at once. */
export function createTestClock() {
  let now = 0;
  let timers: { at: number; work: () => void }[] = [];
  return {
    now: () => now,
    after(milliseconds: number, work: () => void): () => void {
      const timer = { at: now + milliseconds, work };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    pass(milliseconds: number): void {
      now += milliseconds;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter((timer) => !due.includes(timer));
      for (const { work } of due) work();
    },
    /** The delays of all timers, in milliseconds from now. */
    waiting: (): number[] => timers.map(({ at }) => at - now),
  };
}

export function createTestEngine(folder: string, changes: Partial<StartServerOptions> = {}) {
  const program = createSdServer(path.join(folder, 'program'));
  const hashed: string[] = [];
  const logged: string[] = [];
  const states: string[] = [];
  const progress: [number, number][] = [];
  const clock = createTestClock();
  const record = createRunningRecord(path.join(folder, 'engine', 'running.json'));
  const start = createStartServer({
    verify: createVerifyFiles({
      async hash(file) {
        hashed.push(path.basename(file));
        return sha256Of(file);
      },
    }),
    env: { PATH: process.env['PATH'] ?? '', ...program.env },
    platform: process.platform,
    endWithApp: () => endWithApp(process.platform),
    table: systemTable,
    record,
    log: (line) => void logged.push(line),
    onProgress: ({ step, steps }) => void progress.push([step, steps]),
    ...changes,
  });
  const supervisor = createSupervisor({
    start,
    endOrphans: () => endOrphans({ record, table: systemTable }),
    after: clock.after,
    now: clock.now,
    onChange: () => void states.push(supervisor.state()),
  });

  function target(name = 'model.gguf'): Target {
    const file = path.join(folder, name);
    writeFileSync(file, `The weights of ${name}.`);
    return {
      engine: {
        id: 'engine-build',
        executable: program.executable,
        files: [{ path: program.executable, sha256: sha256Of(program.executable) }],
        folder: path.dirname(program.executable),
      },
      model: {
        ...{ id: name.replace('.gguf', ''), label: name, edits: false, arguments: ['--diffusion-fa'] },
        defaults: { steps: 4, guidance: 1, sampler: 'euler', side: 64 },
        files: [{ path: file, sha256: sha256Of(file), role: 'diffusion-model' }],
      },
    };
  }

  return { program, supervisor, start, record, clock, hashed, logged, states, progress, target };
}
