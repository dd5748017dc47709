// Measures the processor time of the whole app while three pictures are pending.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { launch } from '../harness/launch';
import { startGoogleServer } from '../servers/google-server';
import { type LimitRow, rowOfValue } from './limits';
import { processorTime, processTree } from './processes';

const placeholders = 3;
const maxSecondsPerMinute = 2;
/** Three periods of the placeholder's animation. */
const measuredMs = 21_600;

export type WaitingFigures = { rows: LimitRow[]; secondsPerMinute: number };

/** Measures the processor time, in seconds per minute. */
export async function reportWaiting(): Promise<WaitingFigures> {
  const server = await startGoogleServer();
  server.setDefault({ kind: 'hang' });
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'afterimage-bench-'));
  const env = { GEMINI_API_KEY: 'bench', GOOGLE_GEMINI_BASE_URL: server.baseUrl };
  const running = await launch({ dataFolder, env });
  try {
    const field = running.page.getByRole('textbox', { name: 'Message' });
    for (let sent = 0; sent < placeholders; sent += 1) {
      await field.fill('a red fox at dawn');
      await field.press('Enter');
    }
    await server.received(placeholders);
    // By now the transcript has scrolled and late work of the start is done: the first check of the data comes after 20 s,
    // and idle threads end after a minute.
    await wait(75_000);
    const ids = processTree(running.electron.process().pid ?? 0);
    const before = processorTime(ids);
    await wait(measuredMs);
    const secondsPerMinute = ((processorTime(ids) - before) / measuredMs) * 60;
    const figure = 'Processor time while three placeholders wait (s a minute)';
    return {
      rows: [rowOfValue(figure, secondsPerMinute, { atMost: maxSecondsPerMinute })],
      secondsPerMinute,
    };
  } finally {
    await running.kill();
    await server.close();
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 10 });
  }
}
