// Kills the generator by its process id while it is at work, over and over, in an app that goes on running.
import { setTimeout as wait } from 'node:timers/promises';
import { launch, type Running } from '../harness/launch';
import type { Random } from '../harness/random';
import type { GoogleServer } from '../servers/google-server';
import { type Note, patience, problems, read, settled } from './checks';
import { environmentFor, send } from './harness';

export type GeneratorKills = {
  dataFolder: string;
  google: GoogleServer | null;
  kills: number;
  random: Random;
  /** Each picture's begins with it. */
  prompt: string;
  /** Told each picture's last status. */
  note: Note;
};

/** The picture takes about this long; the kill comes at any time until a little later. */
const latestKillMs = 600;

/** @returns what is wrong afterwards, in words. */
export async function killGenerators(trial: GeneratorKills): Promise<string[]> {
  const { dataFolder, google, kills, random, prompt, note } = trial;
  const running = await launch({ dataFolder, env: environmentFor(google) });
  const acknowledged: string[] = [];
  let last: number | null = null;
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      last = await nextGenerator(running, last);
      acknowledged.push(...(await send(running.page, `${prompt}, ${kill}`)));
      await wait(random() * latestKillMs);
      process.kill(last, 'SIGKILL');
      await settled(dataFolder);
    }
    if (acknowledged.length !== kills * 2) return [`${acknowledged.length} messages were acknowledged`];
  } finally {
    await running.quit();
  }
  for (const { status } of read(dataFolder, "SELECT status FROM messages WHERE kind = 'image'"))
    note(String(status));
  return problems(dataFolder, acknowledged, google);
}

/** @returns the process id of the generator, once there is one that is not the one before. */
async function nextGenerator({ electron }: Running, before: number | null): Promise<number> {
  const until = Date.now() + patience;
  while (Date.now() < until) {
    const id = await electron.evaluate(
      ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Afterimage generator')?.pid ?? null,
    );
    if (id !== null && id !== before) return id;
    await wait(25);
  }
  throw new Error('No new generator was started.');
}
