// Kills the generator process repeatedly while the app keeps running.
import { setTimeout as wait } from 'node:timers/promises';
import type {} from '../../renderer/ipc';
import type { Running } from '../harness/launch';
import type { Random } from '../harness/random';
import type { GoogleServer } from '../servers/google-server';
import { waitUntilSettled } from './checks';
import { send, type Trials } from './harness';
import { waitUntil } from './wait-until';

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
  let id = Number.NaN;
  await waitUntil(async () => {
    const found = await electron.evaluate(
      ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Afterimage generator')?.pid ?? null,
    );
    // The first generator starts with the first request, as with a user's first key press.
    if (found === null && before === null) await page.evaluate(askGenerator);
    if (found !== null) id = found;
    return found !== null && found !== before;
  }, 'No new generator process was started.');
  return id;
}
