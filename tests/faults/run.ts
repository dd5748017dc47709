// `npm run faults`: kills the app at random times, over and over, and prints the totals.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { faultPoints } from '../../shared/fault-points';
import { createRandom } from '../harness/random';
import { startGoogleServer } from '../servers/google-server';
import { type Fault, runTrial } from './harness';

/** The picture takes about this long after Enter; the kill comes at any time until a little later. */
const latestKillMs = 1200;
const googleDelayMs = 150;
/** A folder serves this many trials, so that old rows and files are about when the next one dies. */
const trialsPerFolder = 25;

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});
const kills = wholeNumber('kills', values.kills);
const random = createRandom(wholeNumber('seed', values.seed));

const google = await startGoogleServer({ delayMs: googleDelayMs });
let losses = 0;
let dataFolder = '';
const started = Date.now();
for (let trial = 0; trial < kills; trial += 1) {
  if (trial % trialsPerFolder === 0) {
    await discard(dataFolder);
    dataFolder = await mkdtemp(path.join(tmpdir(), 'afterimage-faults-'));
  }
  const point = faultPoints[Math.floor(random() * faultPoints.length * 2)];
  const fault: Fault = point ? { kind: 'point', point } : { kind: 'time', afterMs: random() * latestKillMs };
  const server = random() < 0.5 ? google : null;
  const found = await runTrial({ dataFolder, fault, google: server, prompt: `a fox ${trial}` });
  losses += found.length;
  const where = fault.kind === 'point' ? fault.point : `after ${fault.afterMs.toFixed(0)} ms`;
  for (const problem of found)
    console.log(`\nTrial ${trial} (${where}, ${server ? 'google' : 'painter'}): ${problem}`);
  process.stderr.write(`\r${trial + 1} of ${kills} kills, ${losses} problems `);
}
await discard(dataFolder);
await google.close();
console.log(`\n${kills} kills in ${Math.round((Date.now() - started) / 1000)} s: ${losses} problems.`);
process.exitCode = losses > 0 ? 1 : 0;

async function discard(folder: string): Promise<void> {
  if (folder !== '') await rm(folder, { recursive: true, force: true, maxRetries: 10 });
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new Error(`--${name} takes a whole number, not "${text}".`);
}
