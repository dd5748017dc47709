// A loss of power at any moment loses nothing that was acknowledged: see crash-states.ts for what a disk may do.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../electron/main/test-support/temporary-folder';
import type { FlushCall } from './crash-states';
import { buildProgram, whyNotRecordable } from './record';
import { makeRecordings, programEntry, type Recordings } from './recordings';
import { tryStates } from './try-states';

const problem = whyNotRecordable();
// Continuous integration installs strace, so there the tests fail instead.
const isSkipped = problem !== null && (process.platform !== 'linux' || !process.env['CI']);
if (isSkipped) console.warn(`The tests of a loss of power are skipped: ${problem}.`);

/** Hundreds of starts, on a machine that may have much else to do (ms). */
const maxTestMs = 300_000;
const states = { randomSubsets: 3, seed: 1, maxOfKind: 24 };
/** Enough to show a missing flush. */
const fewStates = { randomSubsets: 0, seed: 1, maxOfKind: 8 };

/** Flushes without which something is lost. If the app no longer calls one of them, the tests above it fail. */
type Dropped = [flush: string, recording: keyof Recordings, ignores: (flush: FlushCall) => boolean];
const isPhase = ({ phase }: FlushCall, ...kinds: string[]): boolean =>
  kinds.some((kind) => (kind === '' ? phase === '' : phase.startsWith(`{"kind":"${kind}"`)));
const isWal = ({ path }: FlushCall): boolean => path.endsWith('.db-wal');
const isData = ({ path }: FlushCall): boolean => path.endsWith('/data');

const dropped: Dropped[] = [
  [
    'the commit of a sent message',
    'chat',
    (flush) => isWal(flush) && isPhase(flush, 'opened', 'ready', 'replied'),
  ],
  [
    'the commits of a request that leaves and of a reply',
    'chat',
    (flush) => isWal(flush) && isPhase(flush, 'sent'),
  ],
  ['the commit of a failure', 'chat', (flush) => isWal(flush) && isPhase(flush, 'generating')],
  ['the bytes of a picture', 'chat', ({ path }) => /\.(arrived|png)$|\/arrived\/[^/]+$/.test(path)],
  ['the name of a picture', 'chat', ({ path }) => /\/images\/..$/.test(path)],
  ['the folder of a picture', 'chat', ({ path }) => path.endsWith('/images')],
  ['the recipe of a picture', 'chat', ({ path }) => /\/images\/.*\.json$/.test(path)],
  ['the database before its log is overwritten', 'chat', ({ path }) => path.endsWith('.db')],
  ['the bytes of a file', 'files', ({ path }) => path.endsWith('keys.json.part')],
  ['the name of a file', 'files', ({ path }) => path.endsWith('/new/folder')],
  ['the name of a folder', 'files', ({ path }) => path.endsWith('/new')],
  ['the bytes of a file written synchronously', 'files', ({ path }) => path.endsWith('rescue.json.part')],
  [
    'the name of a file written synchronously',
    'files',
    (flush) => isData(flush) && isPhase(flush, 'written'),
  ],
  ['the bytes of a backup', 'backup', ({ path }) => path.endsWith('.db.part')],
  ['the name of a backup', 'backup', ({ path }) => path.endsWith('/backups')],
  ['the folder of the backups', 'backup', (flush) => isData(flush)],
  ['the names of the database that a rescue moves', 'rescue', (flush) => isData(flush) && flush.count === 2],
  ['the bytes of the restored database', 'rescue', ({ path }) => path.includes('.restoring')],
];

describe.skipIf(isSkipped)('a loss of power', { timeout: maxTestMs }, () => {
  const made = temporaryFolder();
  let recordings: Recordings;

  beforeAll(async () => {
    expect(problem).toBeNull();
    const program = await buildProgram(programEntry);
    try {
      recordings = await makeRecordings(program, made.folder);
    } finally {
      program.remove();
    }
    // Rescues report what they find.
    vi.spyOn(console, 'error').mockImplementation(() => {});
  }, maxTestMs);
  afterAll(() => {
    vi.restoreAllMocks();
    made.remove();
  });

  test.each([
    ['chat', 220],
    ['files', 100],
    ['backup', 100],
    ['rescue', 100],
  ] as const)('loses nothing that was acknowledged: %s', async (name, maxStates) => {
    const { tried, losses } = await tryStates({ ...recordings[name], states, maxStates });
    expect(losses).toEqual([]);
    expect(tried).toBeGreaterThan(20);
  });

  test.each(dropped)('would lose something without the flush of %s', async (_flush, name, ignores) => {
    const options = { states: { ...fewStates, ignores }, maxStates: 1000, isFirstEnough: true };
    const { losses } = await tryStates({ ...recordings[name], ...options });
    expect(losses).not.toEqual([]);
  });
});
