// Records what a program does to a folder: runs it in a process of its own under strace.
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildScript } from '../harness/build-script';
import { imageOf } from './image';
import { markerFile, type Recording, recordOperations } from './operations';
import { parseTrace, tracedCalls } from './trace';

/** Longer than any write of the recorded programs, so that strace shortens none. */
const maxStringBytes = 16 * 1024 * 1024;

/** Returns why nothing can be recorded here, or null if it can. */
export function whyNotRecordable(): string | null {
  if (process.platform !== 'linux') return 'strace exists on Linux only';
  const { error, status, stderr } = spawnSync('strace', ['-f', '-o', '/dev/null', 'true'], {
    encoding: 'utf8',
  });
  if (error) return 'strace is not installed (Debian package strace)';
  return status === 0 ? null : `strace cannot trace a process here: ${stderr.trim()}`;
}

export type Program = {
  run: (scenario: string, dataFolder: string) => Promise<Recording>;
  remove: () => void;
};

/** Builds a program, so that it starts at once. @param entry relative to the project. */
export async function buildProgram(entry: string): Promise<Program> {
  const { script, remove } = await buildScript(entry);
  return { run: (scenario, dataFolder) => record([script, scenario, dataFolder], dataFolder), remove };
}

/**
 * Runs Node with these arguments and records what it does to `folder`. The program writes its markers, one a line, to a
 * file beside the folder: see `markerFile`.
 *
 * @throws if the program fails.
 */
async function record(args: readonly string[], folder: string): Promise<Recording> {
  mkdirSync(folder, { recursive: true });
  const start = imageOf(folder);
  writeFileSync(path.join(path.dirname(folder), markerFile), '');
  const output = path.join(path.dirname(folder), 'trace');
  // --seccomp-bpf stops the program at the traced calls only.
  const options = ['-f', '--seccomp-bpf', '-xx', '-s', String(maxStringBytes), '-o', output];
  const traced = `trace=${tracedCalls.join(',')}`;
  // libuv would write through io_uring, which makes no system calls.
  const env = { ...process.env, UV_USE_IO_URING: '0' };
  await promisify(execFile)('strace', [...options, '-e', traced, process.execPath, ...args], { env });
  const operations = recordOperations(start, folder, parseTrace(readFileSync(output, 'latin1')));
  rmSync(output);
  return { start, operations };
}
