// Kills the generator process repeatedly while the app keeps running.
import { setTimeout as wait } from 'node:timers/promises';
import type {} from '../../renderer/ipc';
import { launch, type Running } from '../harness/launch';
import type { Random } from '../harness/random';
import type { GoogleServer } from '../servers/google-server';
import { findProblems, type Note, read, timeoutMs, waitUntilSettled } from './checks';
import { environmentFor, send } from './harness';

export type GeneratorKills = {
  dataFolder: string;
  google: GoogleServer | null;
  kills: number;
  random: Random;
  /** The beginning of each picture's prompt. */
  prompt: string;
  /** Counts the final status of each picture. */
  note: Note;
};

/** A little longer than a picture takes; each kill comes at a random time before. */
const maxKillDelayMs = 600;

/** @returns the problems found afterwards. */
export async function killGenerators(trial: GeneratorKills): Promise<string[]> {
  const { dataFolder, google, kills, random, prompt, note } = trial;
  const running = await launch({ dataFolder, env: environmentFor(google) });
  const acknowledged: string[] = [];
  let last: number | null = null;
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      last = await waitForGenerator(running, last);
      acknowledged.push(...(await send(running.page, `${prompt}, ${kill}`)));
      await wait(random() * maxKillDelayMs);
      process.kill(last, 'SIGKILL');
      await waitUntilSettled(dataFolder);
    }
    if (acknowledged.length !== kills * 2) return [`${acknowledged.length} messages were acknowledged`];
  } finally {
    await running.quit();
  }
  for (const { status } of read(dataFolder, "SELECT status FROM messages WHERE kind = 'image'"))
    note(String(status));
  return findProblems(dataFolder, acknowledged, google);
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
    // A question starts the first one, as a user's first key does.
    if (before === null) await page.evaluate(askGenerator);
    await wait(25);
  }
  throw new Error('No new generator process was started.');
}
