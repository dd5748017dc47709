// `npm run faults`: repeats kills, full disks, database corruption and file loss, and prints the totals.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { faultPoints } from '../../shared/domain/fault-points';
import { killAllApps } from '../harness/launch';
import { createRandom } from '../harness/random';
import { type GoogleServer, startGoogleServer } from '../servers/google-server';
import { type Note, read } from './checks';
import { corruptOnce, deleteFilesOnce, makeTemplate } from './damage';
import { billedTextEndings } from './endings';
import { createEngineTrials } from './engine-kills';
import { fillDiskOnce, mountSmallDisk, unmountSmallDisk } from './full-disk';
import { killGenerators } from './generator-kills';
import { createTrials, type Fault, type Trials } from './harness';
import { losePower } from './power-loss';
import { simulateEndlessly } from './simulate';

/** A little longer than a picture takes. Each kill comes at a random time before (ms). */
const maxKillDelayMs = 1200;
const googleDelayMs = 150;
/** Trials that share a data folder, so that it contains older rows and files when the app is killed. */
const trialsPerFolder = 25;

/** Default number of trials. If the command line has any option, only the named kinds run. */
const defaultCounts = {
  kills: 1000,
  'generator-kills': 200,
  engine: 100,
  'full-disks': 100,
  corruptions: 100,
  'lost-files': 50,
} as const;
type Kind = keyof typeof defaultCounts;
/** The generator restarts more slowly after each crash, so only a few kills are made per app. */
const killsPerApp = 4;

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    'generator-kills': { type: 'string' },
    engine: { type: 'string' },
    'full-disks': { type: 'string' },
    corruptions: { type: 'string' },
    'lost-files': { type: 'string' },
    /** All states after a power failure. The seed determines them, so there is no number of trials. */
    power: { type: 'boolean', default: false },
    /** Only simulates the dispatcher, until a run violates a guarantee. */
    simulate: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
  },
});
const isAnyNamed = values.power || Object.keys(defaultCounts).some((kind) => kind in values);
const seed = wholeNumber('seed', values.seed);
if (values.simulate) {
  await simulateEndlessly(seed);
  process.exit(1);
}
const random = createRandom(seed);
const google = await startGoogleServer({ delayMs: googleDelayMs });
const folder = await mkdtemp(path.join(tmpdir(), 'afterimage-faults-'));
const template = path.join(folder, 'template');
const totals: string[] = [];
let losses = 0;

/**
 * The trials in the shared folder. After problems the next trial gets a new folder, because the old one would
 * report them again.
 */
let trials: Trials | null = null;
await repeat('kills', 1, async (trial) => {
  const point = faultPoints[Math.floor(random() * faultPoints.length * 2)];
  // At this point the app may derive files of older pictures that an earlier kill left out, so the fault may hit
  // another picture.
  const isOfAnyPicture = point === 'derive: among the small versions';
  const fault: Fault = point
    ? { kind: 'point', point }
    : { kind: 'time', afterMs: random() * maxKillDelayMs };
  const isQuestion = random() < 0.3 && (fault.kind === 'time' || fault.point in billedTextEndings);
  const message = isQuestion
    ? ({ text: `Why is the sky blue, for the ${trial}th time?`, sent: 'question' } as const)
    : { text: `a fox ${trial}` };
  const options = { fault, google: pickService(), ...message };
  if (isOfAnyPicture) {
    const alone = createTrials(await folderFor('kills', trial, 'alone'));
    return alone.run(options).finally(alone.end);
  }
  if (trial % trialsPerFolder === 0) await endTrials();
  trials ??= createTrials(await folderFor('kills', trial));
  const found = await trials.run(options).catch((error: unknown) => [String(error)]);
  if (found.length > 0) await endTrials();
  return found;
});
await endTrials();
await repeat('generator-kills', killsPerApp, async (trial, note, kills) => {
  const dataFolder = await folderFor('generator-kills', trial);
  const killed = createTrials(dataFolder);
  const options = { google: pickService(), kills, random, prompt: `a boat ${trial}` };
  const found = await killGenerators(killed, options).finally(killed.end);
  for (const { status } of read(dataFolder, "SELECT status FROM messages WHERE kind = 'image'"))
    note(String(status));
  return found;
});
const engineTrials = createEngineTrials();
await repeat('engine', 1, async (trial, note) =>
  engineTrials.run({
    dataFolder: await folderFor('engine', Math.floor(trial / trialsPerFolder)),
    ...{ random, note, prompt: `a mill ${trial}` },
  }),
);
for (const problem of engineTrials.missed()) {
  console.log(`\nengine: ${problem}`);
  losses += 1;
}
await repeat('full-disks', 1, async (trial, note) => {
  const disk = await folderFor('full-disks', trial);
  const problem = mountSmallDisk(disk);
  if (problem !== null)
    throw new Error(`Only root can mount the small disk. Run other kinds, such as --kills 100. ${problem}`);
  try {
    return await fillDiskOnce({ disk, google: pickService(), random, prompt: `a lake ${trial}`, note });
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
if (values.power || !isAnyNamed) {
  const outcomes = new Map<string, number>();
  const started = Date.now();
  const { found, tried } = await losePower(seed, countIn(outcomes));
  for (const problem of found) console.log(`\npower: ${problem}`);
  losses += found.length;
  addTotal(`${tried} states after a loss of power`, started, found.length, outcomes);
}

if (losses === 0) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
else console.log(`\nThe data folders are in ${folder}`);
await google.close();
console.log(`\n${totals.join('\n')}\n${losses} problems in total.`);
process.exitCode = losses > 0 ? 1 : 0;

/**
 * Runs the trials of one kind and adds their problems to the totals.
 *
 * @param maxFaults maximum number of faults in one trial.
 */
async function repeat(
  kind: Kind,
  maxFaults: number,
  run: (trial: number, note: Note, faults: number) => Promise<string[]>,
): Promise<void> {
  const count = countOf(kind);
  if (count === 0) return;
  const started = Date.now();
  const outcomes = new Map<string, number>();
  const note = countIn(outcomes);
  let problems = 0;
  for (let done = 0; done < count; done += maxFaults) {
    const faults = Math.min(maxFaults, count - done);
    const found = await run(done, note, faults).catch(async (error: unknown) => {
      // A running app would hold the data folder of the next trial.
      await killAllApps();
      return [String(error)];
    });
    for (const problem of found) console.log(`\n${kind}, trial ${done}: ${problem}`);
    problems += found.length;
    process.stderr.write(`\r${kind}: ${done + faults} of ${count}, ${problems} problems `);
  }
  process.stderr.write('\n');
  losses += problems;
  addTotal(`${count} ${kind}`, started, problems, outcomes);
}

function countIn(outcomes: Map<string, number>): Note {
  return (outcome) => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}

function addTotal(what: string, started: number, problems: number, outcomes: Map<string, number>): void {
  const seconds = Math.round((Date.now() - started) / 1000);
  const outcomeText = [...outcomes].map(([outcome, times]) => `${times} ${outcome}`).join(', ');
  totals.push(`${what} in ${seconds} s: ${problems} problems.${outcomeText && ` Outcomes: ${outcomeText}.`}`);
}

async function endTrials(): Promise<void> {
  const last = trials;
  trials = null;
  await last?.end();
}

/** @returns an existing data folder. The same number and suffix give the same folder. */
async function folderFor(kind: Kind, number: number, suffix = ''): Promise<string> {
  const made = path.join(folder, `${kind}-${number}${suffix === '' ? '' : `-${suffix}`}`);
  await mkdir(made, { recursive: true });
  return made;
}

function pickService(): GoogleServer | null {
  return random() < 0.5 ? google : null;
}

function countOf(kind: Kind): number {
  const text = values[kind];
  if (text === undefined) return isAnyNamed ? 0 : defaultCounts[kind];
  return wholeNumber(kind, text);
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a whole number below a million, not "${text}".`);
}
