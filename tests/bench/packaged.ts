// `npm run bench -- --packaged`: compares the packaged app's start and memory with an empty window of the same runtime.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { summarise } from '../../shared/domain/timings';
import { readDebuggerAddress, waitForPage } from '../harness/attach';
import { memoryOf, processTree } from './processes';
import { type Start, whenQuiet } from './when-quiet';

const aim = 1.25;
/** The first starts fill the caches of the disk and of Chromium; they are not counted. */
const warmUpRounds = 2;
const idleMs = 5_000;

const { values } = parseArgs({
  options: {
    packaged: { type: 'boolean' },
    json: { type: 'string' },
    rounds: { type: 'string', default: '15' },
  },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number.');

type Program = { command: string; dataFolder: string; findPage: (browser: Browser) => Promise<Page> };

const programs: Record<'app' | 'empty', Program> = {
  app: {
    command: requiredVariable('AFTERIMAGE_PACKAGED_APP'),
    dataFolder: newFolder(),
    findPage: waitForPage,
  },
  empty: { command: requiredVariable('AFTERIMAGE_EMPTY_APP'), dataFolder: newFolder(), findPage: firstPage },
};
try {
  const starts: Record<'app' | 'empty', Start[]> = { app: [], empty: [] };
  for (let round = 0; round < warmUpRounds + rounds; round += 1) {
    // The programs alternate, and so does their order, so that a slow moment of the machine affects both.
    const order = round % 2 === 0 ? (['app', 'empty'] as const) : (['empty', 'app'] as const);
    for (const name of order) {
      const start = await withProgram(programs[name], async (page, spawnedAt) => {
        const { firstPaint, interactive } = await page.evaluate(whenQuiet);
        return { firstPaint: firstPaint - spawnedAt, interactive: interactive - spawnedAt };
      });
      if (round >= warmUpRounds) starts[name].push(start);
    }
    process.stderr.write(`\rstart: ${round + 1} of ${warmUpRounds + rounds} `);
  }
  process.stderr.write('\n');
  const memory = { app: await idleMemory(programs.app), empty: await idleMemory(programs.empty) };
  report(starts, memory);
} finally {
  for (const { dataFolder } of Object.values(programs)) {
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** @returns the memory of all processes after the program has been idle. */
async function idleMemory(program: Program): Promise<{ bytes: number; processes: number }> {
  return withProgram(program, async (page, _spawnedAt, child) => {
    await page.evaluate(whenQuiet);
    await wait(idleMs);
    const ids = processTree(child.pid ?? 0);
    return { bytes: memoryOf(ids), processes: ids.length };
  });
}

async function withProgram<Value>(
  { command, dataFolder, findPage }: Program,
  work: (page: Page, spawnedAt: number, child: ChildProcess) => Promise<Value>,
): Promise<Value> {
  const switches = (process.env['AFTERIMAGE_ELECTRON_ARGS'] ?? '').split(' ').filter(Boolean);
  const spawnedAt = Date.now();
  const child = spawn(command, ['--remote-debugging-port=0', ...switches], {
    env: { ...process.env, AFTERIMAGE_DATA_DIR: dataFolder, AFTERIMAGE_PROVIDER: 'painter' },
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

function report(
  starts: Record<'app' | 'empty', Start[]>,
  memory: Record<'app' | 'empty', { bytes: number; processes: number }>,
): void {
  const of = (name: 'app' | 'empty', moment: keyof Start) => {
    const { p50, p95 } = summarise(
      'start',
      starts[name].map((start) => start[moment]),
    );
    return { p50, p95 };
  };
  const figures = {
    firstPaint: { app: of('app', 'firstPaint'), empty: of('empty', 'firstPaint') },
    interactive: { app: of('app', 'interactive'), empty: of('empty', 'interactive') },
    memory,
  };
  const line = (moment: keyof Start) => {
    const { app, empty } = figures[moment];
    return {
      'empty window': `${empty.p50.toFixed(0)} / ${empty.p95.toFixed(0)}`,
      Afterimage: `${app.p50.toFixed(0)} / ${app.p95.toFixed(0)}`,
      ratio: (app.p50 / empty.p50).toFixed(3),
    };
  };
  console.log(`\nPackaged, against an empty window; ${rounds} starts each; ms from spawn as p50 / p95\n`);
  console.table({ 'First paint': line('firstPaint'), Interactive: line('interactive') });
  const megabytes = ({ bytes, processes }: { bytes: number; processes: number }) =>
    `${(bytes / 1e6).toFixed(0)} MB in ${processes} processes`;
  console.log(`Idle: ${megabytes(memory.app)}; the empty window ${megabytes(memory.empty)}.`);
  const ratio = figures.firstPaint.app.p50 / figures.firstPaint.empty.p50;
  console.log(
    `${ratio <= aim ? 'met     ' : 'NOT MET '} First paint against an empty window, p50: ${ratio.toFixed(2)} x (aim: at most ${aim} x)`,
  );
  if (values.json === undefined) return;
  const machine = { cores: cpus().length, cpu: cpus()[0]?.model ?? '', node: process.version };
  writeFileSync(values.json, `${JSON.stringify({ rounds, machine, ...figures, ratio, aim }, null, 2)}\n`);
}

function newFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'afterimage-bench-'));
}

function requiredVariable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Run this with \`npm run bench -- --packaged\`.`);
  return value;
}
