// `npm run bench`: measures, prints tables, and writes the figures with `--json FILE`.
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { reportDerived } from './derived';
import { reportDurability } from './durability';
import { reportEditor } from './editor';
import { reportGallery } from './gallery';
import { measureHeadline, type Summary } from './headline';
import { reportLanding } from './landing';
import { type LimitRow, machineLoad, printLimits } from './limits';
import { reportMemory } from './memory';
import { measurePictures } from './pictures';
import { reportReader } from './reader';
import { reportSearch } from './search';
import { reportStartLimits } from './start-limits';
import { reportStartUp } from './start-up';
import { measureTranscript } from './transcript';

/** Two frames of a 60 Hz display. */
const twoFramesMs = 33;
const seededCount = 100_000;
const startUpRounds = 9;
const startRounds = 15;
const derivedPictures = 24;

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    /** How long the loopback service takes, in milliseconds. */
    delay: { type: 'string', default: '6000' },
    rounds: { type: 'string', default: '20' },
    /** A folder of photographs or textures for the figures of display files. */
    pictures: { type: 'string' },
    /** Named parts run alone. Without any name, all parts except start-up, transcript and reader run. */
    gallery: { type: 'boolean', default: false },
    /** A further gallery size, such as 1000000. */
    more: { type: 'string' },
    search: { type: 'boolean', default: false },
    /** With 100,000 pictures and messages; takes about two minutes. */
    'start-up': { type: 'boolean', default: false },
    /** The last byte of a picture to the screen, against load and decode in the page. */
    landing: { type: 'boolean', default: false },
    /** Pictures with all their files, against the bare codec. */
    derived: { type: 'boolean', default: false },
    /** The start and the idle memory against an empty window. */
    start: { type: 'boolean', default: false },
    /** What stays in memory after 200 pictures and after scrolling through 300,000. */
    memory: { type: 'boolean', default: false },
    /** Painting a mask at 4K and at 16 megapixels, against a bare canvas. */
    editor: { type: 'boolean', default: false },
    /** With a conversation of 100,000 messages; takes about two minutes. */
    transcript: { type: 'boolean', default: false },
    /** With 100,000 pictures and messages; takes about four minutes. */
    reader: { type: 'boolean', default: false },
  },
});
const options = { delayMs: wholeNumber('delay', values.delay), rounds: wholeNumber('rounds', values.rounds) };

const loadBefore = machineLoad();
/** The rows of every part that has run: one table at the end. */
const limits: LimitRow[] = [];
const figures: Record<string, unknown> = {};
const more = values.more === undefined ? [] : [wholeNumber('more', values.more)];
if (values.gallery) figures['gallery'] = await reportGallery(more);
if (values.search) figures['search'] = reportSearch();
if (values.landing) figures['landing'] = await withRows(reportLanding(options.rounds));
if (values.derived) figures['derived'] = await withRows(reportDerived(derivedPictures));
if (values.start) figures['start'] = await withRows(reportStartLimits('unpackaged', startRounds));
if (values.memory) figures['memory'] = await withRows(reportMemory());
if (values.editor) figures['editor'] = await withRows(reportEditor());
if (values['start-up']) figures['startUp'] = await reportStartUp(seededCount, startUpRounds);
if (values.transcript) figures['transcript'] = await measureTranscript();
if (values.reader) figures['reader'] = await reportReader(seededCount, options.rounds);
if (Object.keys(figures).length > 0) {
  await finish(figures);
  process.exit();
}

const headline = await measureHeadline(options);
const { before, after, idle, bareEncode } = headline;
const targets = [
  {
    name: 'Placeholder painted, p95, within two frames',
    value: after.placeholder.p95,
    unit: 'ms',
    atMost: twoFramesMs,
  },
  {
    name: 'Placeholder sooner than Before, p50',
    value: 100 * (1 - after.placeholder.p50 / before.placeholder.p50),
    unit: '%',
    atLeast: 99,
  },
  {
    name: 'Reply against an empty request, p50',
    value: idle.reply.p50 / idle.ping.p50,
    unit: 'x',
    atMost: 5,
  },
  {
    name: 'Last byte to screen against the bare encode, p50',
    value: after.lastByteToScreen.p50 / bareEncode.p50,
    unit: 'x',
    atMost: 1.5,
  },
].map((target) => ({ ...target, isMet: isMet(target) }));

printHeadline();
const pictures = await measurePictures(values.pictures ?? null);
const durability = reportDurability();
const gallery = await reportGallery(more);
const search = reportSearch();
const start = await withRows(reportStartLimits('unpackaged', startRounds));
const memory = await withRows(reportMemory());
const landing = await withRows(reportLanding(options.rounds));
const derived = await withRows(reportDerived(derivedPictures));
const editor = await withRows(reportEditor());
await finish({
  headline,
  pictures,
  durability,
  gallery,
  search,
  start,
  memory,
  landing,
  derived,
  editor,
  targets,
});

/** Adds a part's rows to the table, and returns its other figures. */
async function withRows<Figures extends { rows: LimitRow[] }>(part: Promise<Figures>) {
  const { rows, ...others } = await part;
  limits.push(...rows);
  return others;
}

/** Prints the table of limits, and writes the figures if a file was named. */
async function finish(measured: Record<string, unknown>): Promise<void> {
  const load = { before: loadBefore, after: machineLoad() };
  if (limits.length > 0) printLimits(limits, load);
  if (values.json === undefined) return;
  const machine = { cores: cpus().length, cpu: cpus()[0]?.model ?? '', node: process.version, load };
  await writeFile(values.json, `${JSON.stringify({ options, machine, limits, ...measured }, null, 2)}\n`);
}

function isMet({ value, atMost, atLeast }: { value: number; atMost?: number; atLeast?: number }): boolean {
  return value <= (atMost ?? Number.POSITIVE_INFINITY) && value >= (atLeast ?? Number.NEGATIVE_INFINITY);
}

function printHeadline(): void {
  const show = ({ p50, p95 }: Summary) => `${p50.toFixed(1)} / ${p95.toFixed(1)}`;
  console.log(
    `\nA service that takes ${options.delayMs} ms; ${options.rounds} pictures each; ms as p50 / p95\n`,
  );
  console.table({
    'Enter to placeholder painted': { before: show(before.placeholder), after: show(after.placeholder) },
    'Enter to reply': { before: show(before.reply), after: show(after.reply) },
    'Reply to chat:send, app idle': { after: show(idle.reply) },
    'Empty request, app idle': { after: show(idle.ping) },
    'Last byte to full picture on screen': {
      before: show(before.lastByteToScreen),
      after: show(after.lastByteToScreen),
    },
    'Bare encode of the same picture': { after: show(bareEncode) },
  });
  for (const { name, value, unit, atMost, atLeast, isMet } of targets) {
    const aim = atMost === undefined ? `at least ${atLeast}` : `at most ${atMost}`;
    console.log(
      `${isMet ? 'met     ' : 'NOT MET '} ${name}: ${value.toFixed(2)} ${unit} (aim: ${aim} ${unit})`,
    );
  }
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a whole number, not "${text}".`);
}
