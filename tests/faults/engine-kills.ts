// Kills the app, the generator or the engine's server while files are verified, a server starts or a picture is made.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { killProcess } from '../harness/kill-process';
import { launch, type Running } from '../harness/launch';
import type { Random } from '../harness/random';
import { unlessGone } from '../harness/unless-gone';
import { sha256Of } from '../servers/downloads';
import { installEngine } from '../servers/install-engine';
import { createSdServer, sdServerScript } from '../servers/sd-server';
import { findProblems, read, waitUntilSettled } from './checks';
import { killDownloadOnce } from './engine-download-kills';
import {
  type EngineTrial,
  type Hit,
  orphansOf,
  type Phase,
  type Program,
  phaseAfter,
  phases,
  quitAndCheck,
  unverifiedFiles,
} from './engine-phases';
import { send } from './harness';
import { holdsInTime, untilKillMs } from './wait-until';

/** Large enough that hashing takes a moment, in which a kill can come. */
const weights = randomBytes(48_000_000);
const verified = [sha256Of(weights), sha256Of(Buffer.from(sdServerScript()))];
/** Maximum delay before the kill in each phase (ms). */
const maxDelayMs: Readonly<Record<Exclude<Phase, 'download'>, number>> = {
  verification: 120,
  start: 400,
  generation: 600,
};

/** An earlier trial in the same folder may have changed a file. */
const ofChangedFiles = ['failed: engine_changed'];

/** The trials in turn, so that none is left out: a kill in each phase, and a changed file. */
const kinds = [...phases, 'changed file'] as const;

/** Creates the trials, which share a count of their hits. */
export function createEngineTrials() {
  const hits = new Map<string, number>();
  let count = 0;
  return {
    /** @returns the problems found afterwards. */
    run(trial: EngineTrial): Promise<string[]> {
      const kind = kinds[count % kinds.length] ?? 'changed file';
      count += 1;
      const hit = (what: string, where: string) => {
        trial.note(`${what} in ${where}`);
        hits.set(where, (hits.get(where) ?? 0) + 1);
      };
      if (kind === 'changed file') return changeFileOnce(trial);
      return kind === 'download' ? killDownloadOnce({ ...trial, hit }) : killOnce(trial, kind, hit);
    },
    /** Returns the phases that no kill has hit, about which the trials prove nothing. */
    missed: (): string[] =>
      phases
        .filter((phase, index) => count > index + 3 * kinds.length && !hits.has(phase))
        .map((phase) => `no kill came during the ${phase}`),
  };
}

async function killOnce(
  { dataFolder, random, prompt }: EngineTrial,
  phase: Exclude<Phase, 'download'>,
  hit: Hit,
): Promise<string[]> {
  const program = createSdServer(`${dataFolder}-program`);
  installEngine(dataFolder, program, weights);
  program.set({ startMs: random() * 400, jobMs: random() * 600, canCancel: random() < 0.5 });
  const before = program.events().length;
  const first = await launch({ dataFolder, env: program.env });
  const problems: string[] = [];
  const sent = unlessGone(send(first.page, prompt), []);
  const since = () => program.events().slice(before);
  await holdsInTime(
    () =>
      hasBegun(
        phase,
        since().map(({ event }) => event),
        dataFolder,
      ),
    untilKillMs,
  );
  await wait(random() * maxDelayMs[phase]);
  const victim = pickVictim(phase, random);
  const servers = program.alive();
  hit(victim, phaseAfter(since()));
  if (victim === 'app') {
    first.electron.process().kill('SIGKILL');
    // Checked separately, because quitting through the harness would also end leftover processes.
    for (const name of await orphansOf(dataFolder)) problems.push(`a process outlives its app: ${name}`);
    await first.kill();
  } else {
    const [pid] = victim === 'server' ? servers : [await generatorOf(first)];
    if (pid !== undefined && pid !== null) killProcess(pid, 'SIGSEGV');
    await waitUntilSettled(dataFolder);
    await first.electron.close();
    await first.kill();
  }
  const acknowledged = await sent;
  const second = await launch({ dataFolder, env: program.env });
  await waitUntilSettled(dataFolder);
  if (program.alive().length > 1) problems.push(`${program.alive().length} servers run`);
  return [
    ...problems,
    ...(await quitAndCheck(second, dataFolder, program)),
    ...unverifiedFiles(startsIn(since()), verified),
    ...findProblems(dataFolder, acknowledged, null, ofChangedFiles),
  ];
}

function hasBegun(phase: Exclude<Phase, 'download'>, events: readonly string[], dataFolder: string): boolean {
  if (phase === 'generation') return events.includes('generate');
  if (phase === 'start') return events.includes('start');
  return read(dataFolder, "SELECT id FROM messages WHERE status = 'generating'").length > 0;
}

function pickVictim(phase: Phase, random: Random): 'app' | 'server' | 'generator' {
  if (phase === 'verification' || random() < 0.5) return 'app';
  return random() < 0.5 ? 'server' : 'generator';
}

function startsIn(events: ReturnType<Program['events']>) {
  return events.filter(({ event }) => event === 'start');
}

/** Changes the program or the model after the installation. Neither may be used then. */
async function changeFileOnce({ dataFolder, random, prompt, note }: EngineTrial): Promise<string[]> {
  note('changed file');
  const program = createSdServer(`${dataFolder}-program`);
  installEngine(dataFolder, program, weights);
  const name = random() < 0.5 ? 'builds/test-build/sd-server' : 'models/test-model/weights.gguf';
  const file = path.join(dataFolder, 'engine', name);
  const installed = readFileSync(file);
  const before = program.events('start').length;
  const changed = Buffer.from(installed);
  const at = Math.floor(random() * installed.length);
  changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
  writeFileSync(file, changed);
  const running = await launch({ dataFolder, env: program.env });
  const acknowledged = await send(running.page, prompt);
  await waitUntilSettled(dataFolder);
  await running.quit();
  writeFileSync(file, installed);
  const problems = findProblems(dataFolder, acknowledged, null, ofChangedFiles);
  if (program.events('start').length > before) problems.push(`${name} was used although it was changed`);
  const [ended] = read(
    dataFolder,
    "SELECT error_code AS code FROM messages WHERE kind = 'image' ORDER BY rowid DESC",
  );
  if (ended?.['code'] !== 'engine_changed') problems.push(`the picture ended as ${String(ended?.['code'])}`);
  return problems;
}

function generatorOf({ electron }: Running): Promise<number | null> {
  return electron.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Afterimage generator')?.pid ?? null,
  );
}
