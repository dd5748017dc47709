// Starts the app, or an empty window on the same runtime, as a user does, and measures the start and the idle
// memory.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, chromium, type Page } from '@playwright/test';
import { readDebuggerAddress, waitForPage } from '../harness/attach';
import { electronCommand } from '../harness/launch';
import { memoryOf, processTree } from './processes';
import { type Start, since, whenQuiet } from './when-quiet';

/** The first starts fill the caches of the disk and of Chromium; they are not counted. */
const warmUpRounds = 2;
const idleMs = 5_000;

export type ProgramName = 'app' | 'empty';

export type Program = {
  command: string;
  args: string[];
  dataFolder: string;
  findPage: (browser: Browser) => Promise<Page>;
};

export type Programs = Record<ProgramName, Program>;

export type Memory = { bytes: number; processes: number };

export type Comparison = { starts: Record<ProgramName, Start[]>; memory: Record<ProgramName, Memory> };

/** Returns the built app and the empty window, both run by the same Electron. */
export function unpackagedPrograms(): Programs {
  const dataFolder = newFolder();
  const { command, args } = electronCommand({ dataFolder });
  const emptyWindow = electronCommand({ dataFolder, main: path.join('scripts', 'package', 'empty-app') });
  return {
    app: { command, args, dataFolder, findPage: waitForPage },
    empty: { command, args: emptyWindow.args, dataFolder: newFolder(), findPage: firstPage },
  };
}

/** Returns the packaged app and the empty window packaged the same way. @throws if they have not been packaged. */
export function packagedPrograms(): Programs {
  const args = (process.env['AFTERIMAGE_ELECTRON_ARGS'] ?? '').split(' ').filter(Boolean);
  const program = (variable: string, findPage: Program['findPage']) => ({
    ...{ command: requiredVariable(variable), args },
    ...{ dataFolder: newFolder(), findPage },
  });
  return {
    app: program('AFTERIMAGE_PACKAGED_APP', waitForPage),
    empty: program('AFTERIMAGE_EMPTY_APP', firstPage),
  };
}

/** Starts both programs alternately and measures each start, then the memory of each. Removes their data folders. */
export async function comparePrograms(programs: Programs, rounds: number): Promise<Comparison> {
  try {
    const starts: Comparison['starts'] = { app: [], empty: [] };
    for (let round = 0; round < warmUpRounds + rounds; round += 1) {
      // The programs alternate, and so does their order, so that a slow moment of the machine affects both.
      const order = round % 2 === 0 ? (['app', 'empty'] as const) : (['empty', 'app'] as const);
      for (const name of order) {
        const start = await measureStart(programs[name]);
        if (round >= warmUpRounds) starts[name].push(start);
      }
      process.stderr.write(`\rstart: ${round + 1} of ${warmUpRounds + rounds} `);
    }
    process.stderr.write('\n');
    const memory = { app: await idleMemory(programs.app), empty: await idleMemory(programs.empty) };
    return { starts, memory };
  } finally {
    for (const { dataFolder } of Object.values(programs)) {
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 10 });
    }
  }
}

/** @returns milliseconds from the spawn. */
function measureStart(program: Program): Promise<Start> {
  return withProgram(program, async (page, spawnedAt) => {
    return since(spawnedAt, await page.evaluate(whenQuiet));
  });
}

/** @returns the memory of all processes after the program has been idle. */
function idleMemory(program: Program): Promise<Memory> {
  return withProgram(program, async (page, _spawnedAt, child) => {
    await page.evaluate(whenQuiet);
    await wait(idleMs);
    const ids = processTree(child.pid ?? 0);
    return { bytes: memoryOf(ids), processes: ids.length };
  });
}

async function withProgram<Value>(
  { command, args, dataFolder, findPage }: Program,
  work: (page: Page, spawnedAt: number, child: ChildProcess) => Promise<Value>,
): Promise<Value> {
  const spawnedAt = Date.now();
  const child = spawn(command, ['--remote-debugging-port=0', ...args], {
    env: {
      ...process.env,
      AFTERIMAGE_DATA_DIR: dataFolder,
      AFTERIMAGE_PROVIDER: 'painter',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const browser = await chromium.connectOverCDP(await readDebuggerAddress(child));
    const value = await work(await findPage(browser), spawnedAt, child);
    const session = await browser.newBrowserCDPSession();
    await session.send('Browser.close').catch(() => {});
    await exited;
    return value;
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
}

async function firstPage(browser: Browser): Promise<Page> {
  const [context] = browser.contexts();
  if (!context) throw new Error('The empty app has no window.');
  return context.pages()[0] ?? context.waitForEvent('page');
}

function newFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'afterimage-bench-'));
}

function requiredVariable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Run this with \`npm run bench -- --packaged\`.`);
  return value;
}
