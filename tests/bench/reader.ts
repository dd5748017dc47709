// Measures whether the spine waits for long reads: the time of a reply while each of them runs, and while none
// does.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { nativeBinding } from '../../electron/main/db/native-binding';
import type { RequestInput, RequestName } from '../../shared/contract';
import { everyPicture } from '../../shared/domain/gallery-query';
import { nextChunk } from '../../shared/domain/gallery-timeline';
import { summarise } from '../../shared/domain/timings';
import { launch, projectRoot, type Running } from '../harness/launch';
import { newMessage } from '../harness/new-message';
import { readOptions } from '../seed/options';
import { seed } from '../seed/seed';
import { startGoogleServer } from '../servers/google-server';
import type { Summary } from './headline';
import type { LimitRow } from './limits';
import { threadTime } from './processes';
import { addConversations, type ReadFigures, readerRows } from './reader-rows';

type Request = {
  [Name in RequestName]: { name: Name; input: RequestInput<Name>; detail?: string };
}[RequestName];

const estimated = { provider: 'painter', model: 'painter-1', resolution: '4K' } as const;
const searched = (text: string) => ({ ...everyPicture, text });
const reads: Request[] = [
  { name: 'gallery:facets', input: {} },
  { name: 'gallery:months', input: {} },
  { name: 'gallery:count', input: { query: searched('a') }, detail: 'of a common word' },
  { name: 'gallery:count', input: { query: { ...everyPicture, hasSeed: true } }, detail: 'with a seed' },
  {
    name: 'gallery:index',
    input: { query: searched('a'), isStacked: true, after: null, limit: nextChunk },
    detail: 'of a common word',
  },
  { name: 'gallery:index', input: { query: everyPicture, isStacked: true, after: null, limit: nextChunk } },
  { name: 'collections:list', input: {} },
  { name: 'conversations:list', input: { limit: 500 }, detail: 'the longest page' },
  { name: 'conversations:list', input: { limit: 200 }, detail: 'the sidebar’s page' },
  { name: 'conversations:search', input: { text: 'red fox', limit: 100 } },
  { name: 'usage:costs', input: {} },
  { name: 'usage:estimate', input: estimated },
  { name: 'diagnostics:read', input: {} },
  { name: 'trash:list', input: { limit: 200 } },
  { name: 'trash:measure', input: {} },
  { name: 'storage:read', input: {} },
];

/** Number of alternating blocks of messages with and without the read, so that a slow moment affects both. */
const blocks = 4;
/** Number of consecutive reads whose processor time is measured. */
const readsMeasured = 5;

/**
 * Measures and prints the figures.
 *
 * @param count number of pictures and of messages.
 * @param rounds messages in each block.
 */
export async function reportReader(
  count: number,
  rounds: number,
): Promise<{ rows: LimitRow[]; reads: ReadFigures[] }> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'afterimage-bench-'));
  try {
    process.stderr.write(`reader: seeding ${count} pictures and messages\n`);
    const options = readOptions(
      ['--pictures', String(count), '--messages', String(count), '--files', '500'],
      dataFolder,
    );
    const binding = nativeBinding(projectRoot);
    await seed({ ...options, until: Date.now(), nativeBinding: binding, onProgress: () => {} });
    addConversations(path.join(dataFolder, 'afterimage.db'), binding);
    const figures = await measureFolder(dataFolder, rounds);
    return { rows: readerRows(figures), reads: figures };
  } finally {
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Measures in a data folder that is already filled. */
async function measureFolder(dataFolder: string, rounds: number): Promise<ReadFigures[]> {
  // The server answers with short texts, which cost the app little.
  const server = await startGoogleServer();
  const running = await launch({
    dataFolder,
    env: { GEMINI_API_KEY: 'bench', GOOGLE_GEMINI_BASE_URL: server.baseUrl },
  });
  try {
    // Starts the thread and warms up compilers and caches.
    for (const read of reads) await measureBlock(running, read, 1);
    const figures: ReadFigures[] = [];
    for (const read of reads) {
      const idle = { sent: [] as number[], longest: 0 };
      const busy = { sent: [] as number[], took: [] as number[], longest: 0 };
      for (let block = 0; block < blocks; block += 1) {
        const without = await measureBlock(running, null, rounds);
        const during = await measureBlock(running, read, rounds);
        idle.sent.push(...without.sent);
        idle.longest = Math.max(idle.longest, without.longest);
        busy.sent.push(...during.sent);
        busy.took.push(...during.took);
        busy.longest = Math.max(busy.longest, during.longest);
      }
      figures.push({
        read: nameOf(read),
        took: summary(busy.took),
        idle: summary(idle.sent),
        busy: summary(busy.sent),
        ratio: summary(busy.sent).p95 / summary(idle.sent).p95,
        longestIdle: idle.longest,
        longestBusy: busy.longest,
        mainThread: await mainThreadTime(running, read),
      });
      process.stderr.write(`\rreader: ${figures.length} of ${reads.length} `);
    }
    process.stderr.write('\n');
    print(figures);
    return figures;
  } finally {
    await running.kill();
    await server.close();
  }
}

/** Returns the processor time of the main thread for one read, in milliseconds. */
async function mainThreadTime({ electron, page }: Running, { name, input }: Request): Promise<number> {
  const id = electron.process().pid;
  if (id === undefined) throw new Error('The app has no process.');
  const before = threadTime(id, id);
  await page.evaluate(
    async ({ name, input, times }) => {
      for (let time = 0; time < times; time += 1) await window.afterimage.request(name, input);
    },
    { name, input, times: readsMeasured },
  );
  return (threadTime(id, id) - before) / readsMeasured;
}

/** Sends messages one after another. If there is a read, it runs all the time. */
async function measureBlock({ electron, page }: Running, read: Request | null, rounds: number) {
  await electron.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const histogram = monitorEventLoopDelay({ resolution: 1 });
    histogram.enable();
    Object.assign(globalThis, { benchHistogram: histogram });
  });
  const seen = await sendWhileReading(page, read, rounds);
  const longest = await electron.evaluate(() => {
    const histogram: ReturnType<typeof import('node:perf_hooks').monitorEventLoopDelay> = Reflect.get(
      globalThis,
      'benchHistogram',
    );
    histogram.disable();
    // One millisecond is the planned interval between two samples.
    return histogram.max / 1e6 - 1;
  });
  return { ...seen, longest };
}

function sendWhileReading(page: Page, read: Request | null, rounds: number) {
  const messages = Array.from({ length: rounds }, () => {
    return { ...newMessage(), text: 'Hello', mode: 'auto', aspectRatio: '1:1' } as const;
  });
  return page.evaluate(
    async ({ messages, read }) => {
      const pauseMs = 40;
      const sent: number[] = [];
      const took: number[] = [];
      let isOver = false;
      const timed = async (durations: number[], request: () => Promise<{ ok: boolean }>) => {
        const start = performance.now();
        if (!(await request()).ok) throw new Error('A request of the benchmark failed.');
        durations.push(performance.now() - start);
      };
      const readOn = async () => {
        while (read && !isOver) await timed(took, () => window.afterimage.request(read.name, read.input));
      };
      const reading = readOn();
      for (const message of messages) {
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        await timed(sent, () => window.afterimage.request('chat:send', message));
      }
      isOver = true;
      await reading;
      return { sent, took };
    },
    { messages, read },
  );
}

function nameOf({ name, detail }: Request): string {
  return detail === undefined ? name : `${name}, ${detail}`;
}

function summary(durations: number[]): Summary {
  const { p50, p95, count } = summarise('', durations);
  return { p50, p95, count };
}

function print(figures: readonly ReadFigures[]): void {
  const show = ({ p50, p95 }: Summary) => `${p50.toFixed(1)} / ${p95.toFixed(1)}`;
  console.log(
    '\nThe reply to a message while a read runs; ms as p50 / p95 (aim: ratio at most 1.1, task under 8)\n',
  );
  console.table(
    Object.fromEntries(
      figures.map(({ read, took, idle, busy, ratio, longestIdle, longestBusy, mainThread }) => [
        read,
        {
          read: show(took),
          'reply, idle': show(idle),
          'reply, reading': show(busy),
          'p95 ratio': ratio.toFixed(2),
          'longest task, idle': longestIdle.toFixed(1),
          'longest task, reading': longestBusy.toFixed(1),
          'main thread, a read': mainThread.toFixed(2),
        },
      ]),
    ),
  );
}
