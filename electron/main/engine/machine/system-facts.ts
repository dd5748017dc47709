// Asks this computer's system for the facts that readMachine needs.
import { execFile } from 'node:child_process';
import { access, readdir, readFile, statfs } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import type { SystemFacts } from './read-machine';

/** A driver that hangs must not keep the user waiting (ms). */
const maxRunMs = 3_000;

/**
 * @param folder where models are stored; it need not exist yet.
 * @param gpuInfo as `app.getGPUInfo('basic')`.
 */
export function systemFacts(folder: string, gpuInfo: () => Promise<unknown>): SystemFacts {
  return {
    platform: process.platform,
    arch: process.arch,
    memoryBytes: totalmem(),
    cores: availableParallelism(),
    glibc: glibcOfRun(),
    variables: process.env,
    gpuInfo: () => gpuInfo().catch(() => null),
    run: runProgram,
    exists: (file) =>
      access(file).then(
        () => true,
        () => false,
      ),
    list: (path) => readdir(path).catch(() => []),
    readText: (file) => readFile(file, 'utf8').catch(() => null),
    freeDiskBytes: () =>
      statfs(folder).then(
        ({ bavail, bsize }) => bavail * bsize,
        () => null,
      ),
  };
}

/** Returns what a program prints; null if it is missing, fails, prints too much or takes too long. */
export function runProgram(
  program: string,
  args: readonly string[],
  timeout = maxRunMs,
): Promise<string | null> {
  return new Promise((resolve) => {
    const options = { timeout, killSignal: 'SIGKILL', maxBuffer: 64 * 1024, windowsHide: true } as const;
    execFile(program, args, options, (error, output) => resolve(error ? null : output));
  });
}

let knownGlibc: string | null | undefined;

/** The report takes some milliseconds of the main thread, and the version stays the same while the app runs. */
function glibcOfRun(): string | null {
  if (knownGlibc === undefined) knownGlibc = readGlibc();
  return knownGlibc;
}

/** https://nodejs.org/api/report.html */
function readGlibc(): string | null {
  if (process.platform !== 'linux') return null;
  // Looking up the names of all addresses could take seconds. Node's types do not have it yet.
  Object.assign(process.report, { excludeNetwork: true });
  const report: unknown = process.report.getReport();
  const header = report instanceof Object && 'header' in report ? report.header : null;
  const version =
    header instanceof Object && 'glibcVersionRuntime' in header ? header.glibcVersionRuntime : null;
  return typeof version === 'string' ? version : null;
}
