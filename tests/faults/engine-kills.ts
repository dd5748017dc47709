// Kills the app, the generator or the engine's server while a server starts or makes a picture, or changes a file of it.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { launch, type Running } from '../harness/launch';
import type { Random } from '../harness/random';
import { installEngine } from '../servers/install-engine';
import { createSdServer, isAlive } from '../servers/sd-server';
import { findProblems, type Note, read, timeoutMs, waitUntilSettled } from './checks';
import { send } from './harness';

export type EngineTrial = {
  /** Empty, or that of an earlier trial. */
  dataFolder: string;
  random: Random;
  prompt: string;
  note: Note;
};

/** Each kill comes at a random time after the message was sent, or after the server has come so far. */
const moments = [null, 'start', 'listening', 'generate', 'generate'] as const;
const maxKillDelayMs = 600;
const faults = ['app', 'app', 'app', 'server', 'generator', 'changed file'] as const;

/** A trial in the same folder may have changed a file before. */
const ofChangedFiles = ['failed: engine_changed'];

/** @returns the problems found afterwards. */
export async function killEngineOnce({ dataFolder, random, prompt, note }: EngineTrial): Promise<string[]> {
  const program = createSdServer(`${dataFolder}-program`);
  installEngine(dataFolder, program);
  program.set({ startMs: random() * 400, jobMs: random() * 600, canCancel: random() < 0.5 });
  const fault = faults[Math.floor(random() * faults.length)] ?? 'app';
  if (fault === 'changed file') {
    note(fault);
    return changeFile(dataFolder, program, random, prompt);
  }
  const before = program.events().length;
  const first = await launch({ dataFolder, env: program.env });
  const problems: string[] = [];
  const sent = send(first.page, prompt).catch(() => []);
  const moment = moments[Math.floor(random() * moments.length)] ?? null;
  await reach(program, before, fault === 'server' ? (moment ?? 'start') : moment);
  await wait(random() * maxKillDelayMs);
  const servers = program.alive();
  const reached = program.events().slice(before).at(-1)?.event;
  note(`${fault} after ${reached ?? 'nothing'}`);
  if (fault === 'app') {
    first.electron.process().kill('SIGKILL');
    // Not with the harness, which would end the server, too.
    if (!(await endsSoon(servers))) problems.push('a server outlives its app');
    await first.kill();
  } else {
    const [pid] = fault === 'server' ? servers : [await generatorOf(first)];
    if (pid !== undefined && pid !== null) process.kill(pid, 'SIGSEGV');
    await waitUntilSettled(dataFolder);
    await first.electron.close();
    await first.kill();
  }
  const acknowledged = await sent;
  const second = await launch({ dataFolder, env: program.env });
  await waitUntilSettled(dataFolder);
  if (program.alive().length > 1) problems.push(`${program.alive().length} servers run`);
  await second.electron.close();
  if (!(await endsSoon(program.alive()))) problems.push('a server is left after quitting');
  await second.kill();
  for (const pid of program.alive()) process.kill(pid, 'SIGKILL');
  return [...problems, ...findProblems(dataFolder, acknowledged, null, ofChangedFiles)];
}

/** Waits until the server has come so far; null waits for nothing. */
async function reach(
  program: ReturnType<typeof createSdServer>,
  before: number,
  moment: string | null,
): Promise<void> {
  const until = Date.now() + timeoutMs;
  const isReached = () =>
    program
      .events()
      .slice(before)
      .some(({ event }) => event === moment);
  while (moment !== null && !isReached() && Date.now() < until) await wait(5);
}

/** Changes the program or the model after the installation: neither may be used. */
async function changeFile(
  dataFolder: string,
  program: ReturnType<typeof createSdServer>,
  random: Random,
  prompt: string,
): Promise<string[]> {
  const name = random() < 0.5 ? 'builds/test-build/sd-server' : 'models/test-model/weights.gguf';
  const file = path.join(dataFolder, 'engine', name);
  const installed = readFileSync(file);
  const before = program.events('start').length;
  const at = Math.floor(random() * installed.length);
  writeFileSync(
    file,
    installed.map((byte, index) => (index === at ? byte ^ 1 : byte)),
  );
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

async function endsSoon(pids: readonly number[]): Promise<boolean> {
  const until = Date.now() + timeoutMs;
  while (pids.some(isAlive) && Date.now() < until) await wait(10);
  return !pids.some(isAlive);
}
