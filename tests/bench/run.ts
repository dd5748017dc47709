// `npm run bench`: measures, prints tables, and writes the figures with `--json FILE`.
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { reportDerived } from './derived';
import { reportDurability } from './durability';
import { reportEditor } from './editor';
import { reportGallery } from './gallery';
import { measureHeadline } from './headline';
import { headlineRows, printHeadline } from './headline-rows';
import { reportImport } from './import';
import { reportLanding } from './landing';
import { type LimitRow, machineLoad, printLimits } from './limits';
import { reportMemory } from './memory';
import { measurePictures } from './pictures';
import { reportReader } from './reader';
import { reportSearch } from './search';
import { reportStartLimits } from './start-limits';
import { reportStartUp } from './start-up';
import { measureTranscript } from './transcript';
import { reportWaiting } from './waiting';

const seededCount = 100_000;
const startUpRounds = 9;
const startRounds = 15;
const derivedPictures = 24;

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    /** Delay of the loopback service in milliseconds. */
    delay: { type: 'string', default: '6000' },
    rounds: { type: 'string', default: '20' },
    /** A folder of photographs or textures for the figures of display files. */
    pictures: { type: 'string' },
    /** If parts are named, only these run. Otherwise all parts except start-up, transcript and import run. */
    gallery: { type: 'boolean', default: false },
    /** An additional gallery size, such as 1000000. */
    more: { type: 'string' },
    search: { type: 'boolean', default: false },
    /** With 100,000 pictures and messages; takes about two minutes. */
    'start-up': { type: 'boolean', default: false },
    /** From a picture's last byte to the screen, against load and decode in the page. */
    landing: { type: 'boolean', default: false },
    /** Pictures with all their files, against the bare codec. */
    derived: { type: 'boolean', default: false },
    /** Processor time while three placeholders wait. */
    waiting: { type: 'boolean', default: false },
    /** The start and the idle memory against an empty window. */
    start: { type: 'boolean', default: false },
    /** Memory after 200 pictures and after scrolling through 300,000. */
    memory: { type: 'boolean', default: false },
    /** Painting a mask at 4K and at 16 megapixels, against a bare canvas. */
    editor: { type: 'boolean', default: false },
    /** An import in the running app. 10,000 pictures take about ten minutes. */
    import: { type: 'boolean', default: false },
    'import-pictures': { type: 'string', default: '10000' },
    /** With a conversation of 100,000 messages; takes about two minutes. */
    transcript: { type: 'boolean', default: false },
    /** With 100,000 pictures and messages; takes about four minutes. */
    reader: { type: 'boolean', default: false },
  },
});
const options = { delayMs: wholeNumber('delay', values.delay), rounds: wholeNumber('rounds', values.rounds) };

const loadBefore = machineLoad();
/** The rows of every part that has run, printed as one table at the end. */
const limits: LimitRow[] = [];
const figures: Record<string, unknown> = {};
const more = values.more === undefined ? [] : [wholeNumber('more', values.more)];
if (values.gallery) figures['gallery'] = await reportGallery(more);
if (values.search) figures['search'] = reportSearch();
if (values.landing) figures['landing'] = await withRows(reportLanding(options.rounds));
if (values.derived) figures['derived'] = await withRows(reportDerived(derivedPictures));
if (values.waiting) figures['waiting'] = await withRows(reportWaiting());
if (values.start) figures['start'] = await withRows(reportStartLimits('unpackaged', startRounds));
if (values.memory) figures['memory'] = await withRows(reportMemory());
if (values.editor) figures['editor'] = await withRows(reportEditor());
if (values.import) {
  const count = wholeNumber('import-pictures', values['import-pictures']);
  figures['import'] = await withRows(reportImport(count));
}
if (values['start-up']) figures['startUp'] = await reportStartUp(seededCount, startUpRounds);
if (values.transcript) figures['transcript'] = await measureTranscript();
if (values.reader) figures['reader'] = await withRows(reportReader(seededCount, options.rounds));
if (Object.keys(figures).length > 0) {
  await finish(figures);
  process.exit();
}

const headline = await measureHeadline(options);
printHeadline(headline, options);
limits.push(...headlineRows(headline));
const pictures = await measurePictures(values.pictures ?? null);
const durability = reportDurability();
const gallery = await reportGallery(more);
const search = reportSearch();
const landing = await withRows(reportLanding(options.rounds));
const derived = await withRows(reportDerived(derivedPictures));
const start = await withRows(reportStartLimits('unpackaged', startRounds));
const waiting = await withRows(reportWaiting());
const memory = await withRows(reportMemory());
const editor = await withRows(reportEditor());
const reader = await withRows(reportReader(seededCount, options.rounds));
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
  waiting,
  editor,
  reader,
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

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a whole number, not "${text}".`);
}
