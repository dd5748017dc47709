// `npm run faults`: kills, full disks, damaged databases and lost files, over and over; prints the totals.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { faultPoints } from '../../shared/domain/fault-points';
import { createRandom } from '../harness/random';
import { type GoogleServer, startGoogleServer } from '../servers/google-server';
import type { Note } from './checks';
import { corruptOnce, deleteFilesOnce, makeTemplate } from './damage';
import { fillDiskOnce, mountSmallDisk, unmountSmallDisk } from './full-disk';
import { killGenerators } from './generator-kills';
import { type Fault, runTrial } from './harness';

/** The picture takes about this long after Enter; the kill comes at any time until a little later. */
const latestKillMs = 1200;
const googleDelayMs = 150;
/** A folder serves this many trials, so that old rows and files are about when the next one dies. */
const trialsPerFolder = 25;

/** What runs, and how often, where nothing is said. Where one is named, only those that are named run. */
const usual = {
  kills: 1000,
  'generator-kills': 200,
  'full-disks': 100,
  corruptions: 100,
  'lost-files': 50,
} as const;
type Kind = keyof typeof usual;
/** After each the next start of the generator waits longer, so an app has only a few. */
const killsPerApp = 4;

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    'generator-kills': { type: 'string' },
    'full-disks': { type: 'string' },
    corruptions: { type: 'string' },
    'lost-files': { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const isAnyNamed = Object.keys(usual).some((kind) => kind in values);
const random = createRandom(wholeNumber('seed', values.seed));
const google = await startGoogleServer({ delayMs: googleDelayMs });
const folder = await mkdtemp(path.join(tmpdir(), 'afterimage-faults-'));
const template = path.join(folder, 'template');
const totals: string[] = [];
let losses = 0;

await repeat('kills', 1, async (trial) => {
  const dataFolder = await folderFor('kills', Math.floor(trial / trialsPerFolder));
  const point = faultPoints[Math.floor(random() * faultPoints.length * 2)];
  const fault: Fault = point ? { kind: 'point', point } : { kind: 'time', afterMs: random() * latestKillMs };
  return runTrial({ dataFolder, fault, google: eitherProvider(), prompt: `a fox ${trial}` });
});
await repeat('generator-kills', killsPerApp, async (trial, note, kills) => {
  const dataFolder = await folderFor('generator-kills', trial);
  return killGenerators({
    dataFolder,
    google: eitherProvider(),
    kills,
    random,
    prompt: `a boat ${trial}`,
    note,
  });
});
await repeat('full-disks', 1, async (trial, note) => {
  const disk = await folderFor('full-disks', trial);
  const problem = mountSmallDisk(disk);
  if (problem !== null) throw new Error(`Only root can mount a small disk; name other kinds. ${problem}`);
  try {
    return await fillDiskOnce({ disk, google: eitherProvider(), random, prompt: `a lake ${trial}`, note });
  } finally {
    unmountSmallDisk(disk);
  }
});
if (countOf('corruptions') + countOf('lost-files') > 0) {
  await mkdir(template);
  await makeTemplate(template);
}
await repeat('corruptions', 1, async (trial, note) =>
  corruptOnce(template, await folderFor('corruptions', trial), random, note),
);
await repeat('lost-files', 1, async (trial, note) =>
  deleteFilesOnce(template, await folderFor('lost-files', trial), random, note),
);

if (losses === 0) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
else console.log(`\nThe data folders are kept in ${folder}`);
await google.close();
console.log(`\n${totals.join('\n')}\n${losses} problems in all.`);
process.exitCode = losses > 0 ? 1 : 0;

/**
 * Runs the trials of a kind and adds up what was found.
 *
 * @param atOnce how many faults one trial has at most.
 */
async function repeat(
  kind: Kind,
  atOnce: number,
  run: (trial: number, note: Note, faults: number) => Promise<string[]>,
): Promise<void> {
  const count = countOf(kind);
  if (count === 0) return;
  const started = Date.now();
  const outcomes = new Map<string, number>();
  const note: Note = (outcome) => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  let problems = 0;
  for (let done = 0; done < count; done += atOnce) {
    const faults = Math.min(atOnce, count - done);
    const found = await run(done, note, faults).catch((error: unknown) => [String(error)]);
    for (const problem of found) console.log(`\n${kind}, trial ${done}: ${problem}`);
    problems += found.length;
    process.stderr.write(`\r${kind}: ${done + faults} of ${count}, ${problems} problems `);
  }
  process.stderr.write('\n');
  losses += problems;
  const seconds = Math.round((Date.now() - started) / 1000);
  const what = [...outcomes].map(([outcome, times]) => `${times} ${outcome}`).join(', ');
  totals.push(
    `${count} ${kind} in ${seconds} s: ${problems} problems.${what && ` Pictures or trials: ${what}.`}`,
  );
}

/** @returns a data folder that is there, the same one for the same number. */
async function folderFor(kind: Kind, number: number): Promise<string> {
  const made = path.join(folder, `${kind}-${number}`);
  await mkdir(made, { recursive: true });
  return made;
}

function eitherProvider(): GoogleServer | null {
  return random() < 0.5 ? google : null;
}

function countOf(kind: Kind): number {
  const text = values[kind];
  if (text === undefined) return isAnyNamed ? 0 : usual[kind];
  return wholeNumber(kind, text);
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new Error(`--${name} takes a whole number, not "${text}".`);
}
