// The central promise: the reply leaves and the placeholder is painted before any work begins.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { FaultPoint } from '../../shared/domain/fault-points';
import type { Running } from '../harness/launch';
import type { GoogleServer } from '../servers/google-server';
import { expect, expectFullPicture, googleEnvironment, pictures, sendMessage, test } from './fixture';

test.use({ pictureScale: 0.5 });

type Reached = { at: number; point: FaultPoint };

/** The points of one message in the order in which it must reach them. */
const order: FaultPoint[] = [
  'send: committed',
  'send: replied',
  'begin: starts',
  'begin: committed',
  'settle: committed',
  'settle: broadcast',
  'drain: committed',
];

/** Records when the first placeholder is painted. Times of the page and of the main process have the same clock. */
async function watchPlaceholder(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const painted = new Promise<number>((resolve) => {
      const look = () => {
        if (!document.querySelector('[data-testid="picture"]')) return;
        observer.disconnect();
        // A message that is posted in a frame is delivered after that frame is painted.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(Date.now());
          port2.postMessage(null);
        });
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, { childList: true, subtree: true });
    });
    Object.assign(window, { painted });
  });
  return () => page.evaluate(() => Reflect.get(window, 'painted'));
}

function readTrace(file: string): Reached[] {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  return lines.filter(Boolean).map((line): Reached => JSON.parse(line));
}

/**
 * Sends a message, and checks the order of what follows. The service answers only once the placeholder is painted.
 *
 * @returns when it was painted, and when each point was reached.
 */
async function sendAndTrace({ page }: Running, google: GoogleServer, trace: string) {
  rmSync(trace, { force: true });
  const painted = await watchPlaceholder(page);
  google.answerNext({ kind: 'hang' });
  await sendMessage(page, 'a red fox at dawn');
  const paintedAt = await painted();
  await google.received(1);
  google.release();
  await expectFullPicture(pictures(page));
  await expect.poll(() => readTrace(trace).map(({ point }) => point)).toContain('drain: committed');

  const reached = readTrace(trace).filter(({ point }) => order.includes(point));
  expect(reached.map(({ point }) => point)).toEqual(order);
  const timeOf = (name: FaultPoint) => reached.find(({ point }) => point === name)?.at ?? 0;
  return { paintedAt, timeOf };
}

const slowWorlds = [
  ['a slow disk at the start of the work', 'begin: starts 5000'],
  ['a slow disk at the end of the work', 'settle: committed 1500'],
  ['a blocked main process', 'send: committed 1000'],
] as const;

for (const [world, slowPoint] of slowWorlds) {
  test(`a message is answered before any work begins, on ${world}`, async ({ start, google, dataFolder }) => {
    const trace = path.join(dataFolder, 'trace.jsonl');
    const env = { AFTERIMAGE_SLOW_POINT: slowPoint, AFTERIMAGE_TRACE_POINTS: trace };
    const running = await start({ env: { ...googleEnvironment(google), ...env } });
    const { paintedAt, timeOf } = await sendAndTrace(running, google, trace);
    // Without a delay the two processes may work at the same time; with one, the paint must not wait for it. Nothing but
    // the times can tell, because nobody can ask the page while the main process stands still.
    if (slowPoint.startsWith('begin')) expect(paintedAt).toBeLessThan(timeOf('begin: starts'));
  });
}

test('a message is answered before any work begins, on a quiet machine', async ({
  start,
  google,
  dataFolder,
}) => {
  const trace = path.join(dataFolder, 'trace.jsonl');
  const running = await start({ env: { ...googleEnvironment(google), AFTERIMAGE_TRACE_POINTS: trace } });
  await sendAndTrace(running, google, trace);
});
