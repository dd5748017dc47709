// Kills the generator process repeatedly while the app keeps running.
import { setTimeout as wait } from 'node:timers/promises';
import type {} from '../../renderer/ipc';
import type { Running } from '../harness/launch';
import type { Random } from '../harness/random';
import type { GoogleServer } from '../servers/google-server';
import { timeoutMs, waitUntilSettled } from './checks';
import { send, type Trials } from './harness';

export type GeneratorKills = {
  google: GoogleServer | null;
  kills: number;
  random: Random;
  /** The beginning of each picture's prompt. */
  prompt: string;
};

/** A little longer than a picture takes. Each kill comes at a random time before (ms). */
const maxKillDelayMs = 600;

/** @returns the problems found afterwards. */
export async function killGenerators(trials: Trials, options: GeneratorKills): Promise<string[]> {
  const { google, kills, random, prompt } = options;
  const running = await trials.appWith(google);
  let count = 0;
  let last: number | null = null;
  for (let kill = 0; kill < kills; kill += 1) {
    last = await waitForGenerator(running, last);
    const sent = await send(running.page, `${prompt}, ${kill}`);
    trials.acknowledge(sent);
    count += sent.length;
    await wait(random() * maxKillDelayMs);
    process.kill(last, 'SIGKILL');
    await waitUntilSettled(trials.dataFolder);
  }
  if (count !== kills * 2) return [`${count} messages were acknowledged`];
  return trials.findAllProblems(google);
}

/** Runs in the page. */
export async function askGenerator(): Promise<void> {
  await window.afterimage.request('provider:check', { provider: 'painter' });
}

/** @returns the process id of the next generator, as soon as it differs from `before`. */
async function waitForGenerator({ electron, page }: Running, before: number | null): Promise<number> {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    const id = await electron.evaluate(
      ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Afterimage generator')?.pid ?? null,
    );
    if (id !== null && id !== before) return id;
    // The first generator starts with the first request, as with a user's first key press.
    if (before === null) await page.evaluate(askGenerator);
    await wait(25);
  }
  throw new Error('No new generator process was started.');
}
