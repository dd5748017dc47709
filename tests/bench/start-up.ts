// Measures how long the app takes to start with 100,000 pictures and messages, compared with an empty data folder.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { nativeBinding } from '../../electron/main/db/native-binding';
import { summarise } from '../../shared/domain/timings';
import { readDebuggerAddress, waitForPage } from '../harness/attach';
import { electronCommand, projectRoot } from '../harness/launch';
import { readOptions } from '../seed/options';
import { seed } from '../seed/seed';
import type { Summary } from './headline';
import { type Start, since, whenQuiet } from './when-quiet';

export type StartUpFigures = {
  pictures: number;
  messages: number;
  /** Milliseconds from the process's spawn. `interactive`: the page is painted and its main thread is idle. */
  empty: { firstPaint: Summary; interactive: Summary };
  full: { firstPaint: Summary; interactive: Summary };
};

/** The first starts of a folder fill Chromium's caches; they are not counted. */
const warmUpRounds = 2;

/** Measures and prints the figures. @param count the number of pictures and of messages. */
export async function reportStartUp(count: number, rounds: number): Promise<StartUpFigures> {
  const empty = await mkdtemp(path.join(tmpdir(), 'afterimage-bench-'));
  const full = await mkdtemp(path.join(tmpdir(), 'afterimage-bench-'));
  try {
    process.stderr.write(`start-up: seeding ${count} pictures and messages\n`);
    const counts = ['--pictures', String(count), '--messages', String(count), '--files', '500'];
    const options = readOptions(counts, full);
    const binding = nativeBinding(projectRoot);
    await seed({ ...options, until: Date.now(), nativeBinding: binding, onProgress: () => {} });
    const starts: Record<'empty' | 'full', Start[]> = { empty: [], full: [] };
    for (let round = 0; round < warmUpRounds + rounds; round += 1) {
      // The folders alternate, and so does their order, so that a slow moment of the machine affects both.
      const order = round % 2 === 0 ? (['empty', 'full'] as const) : (['full', 'empty'] as const);
      for (const kind of order) {
        const start = await startOnce(kind === 'empty' ? empty : full);
        if (round >= warmUpRounds) starts[kind].push(start);
      }
      process.stderr.write(`\rstart-up: ${round + 1} of ${warmUpRounds + rounds} `);
    }
    process.stderr.write('\n');
    const figures = { pictures: count, messages: count, empty: sum(starts.empty), full: sum(starts.full) };
    print(figures);
    return figures;
  } finally {
    for (const folder of [empty, full]) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

function sum(starts: readonly Start[]) {
  return {
    firstPaint: summary(starts.map(({ firstPaint }) => firstPaint)),
    interactive: summary(starts.map(({ interactive }) => interactive)),
  };
}

function summary(durations: number[]): Summary {
  const { p50, p95, count } = summarise('start-up', durations);
  return { p50, p95, count };
}

/**
 * Starts the app as a user does and quits it. Playwright's own launch would delay the app until it is connected, so this
 * connects through the debugging port and reads the times afterwards.
 */
async function startOnce(dataFolder: string): Promise<Start> {
  const { command, args, env } = electronCommand({ dataFolder, env: { AFTERIMAGE_PROVIDER: 'painter' } });
  const spawnedAt = Date.now();
  const child = spawn(command, ['--remote-debugging-port=0', ...args], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const browser = await chromium.connectOverCDP(await readDebuggerAddress(child));
    const seen = await (await waitForPage(browser)).evaluate(whenQuiet);
    const session = await browser.newBrowserCDPSession();
    await session.send('Browser.close').catch(() => {});
    await exited;
    return since(spawnedAt, seen);
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
}

function print({ pictures, messages, empty, full }: StartUpFigures): void {
  const show = ({ p50, p95 }: Summary) => `${p50.toFixed(0)} / ${p95.toFixed(0)}`;
  const line = (name: keyof StartUpFigures['empty']) => ({
    'empty folder': show(empty[name]),
    full: show(full[name]),
    ratio: (full[name].p50 / empty[name].p50).toFixed(3),
  });
  console.log(`\nStart with ${pictures} pictures and ${messages} messages; ms as p50 / p95\n`);
  console.table({ 'First paint': line('firstPaint'), Interactive: line('interactive') });
}
