// Generates the states in which a loss of power can leave a recorded folder.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRandom } from '../harness/random';
import { applyAll, type Change, type Files, filesIn, keyOf, once } from './files-after';
import type { Image, Inode, Operation } from './image';
import type { Recording } from './operations';

type Flush = Extract<Operation, { kind: 'flush' }>;

export type FlushCall = {
  /** As the program opened it. */
  path: string;
  /** How many flushes of this path have come so far, with this one. */
  count: number;
  /** The last marker before it; empty if there was none. */
  phase: string;
};

export type CrashState = {
  /** Returns the files of the folder after the crash. Built on demand, because all states together are too large. */
  files: () => Files;
  /** Markers that the program had reported when the power failed. */
  markers: string[];
  /** Where the power went out and what was missing, for the report of a problem. */
  description: string;
  /** Whether it is one of the few states that most mistakes show in. */
  isBasic: boolean;
};

export type StateOptions = {
  /** Random subsets of what was not flushed, for each moment. */
  randomSubsets: number;
  seed: number;
  /** Maximum of the subsets that leave out one operation, and of each similar kind, for each moment. */
  maxOfKind: number;
  /** Returns whether to treat a flush as if the program had not called it. */
  ignores?: (flush: FlushCall) => boolean;
};

/**
 * The model is weaker than every usual file system, so that what survives here survives there:
 *
 * - What a file contains is on the disk once the file is flushed; a name once its folder is flushed. A rename is atomic.
 * - Of everything else, any subset may be on the disk, in whatever order it was written. A write may be torn at a
 *   multiple of 512 bytes, and a file may have its new length and zeros instead of its content.
 *
 * The subsets of n operations are too many, so these are generated at each moment: none, all, each prefix, all but one,
 * only one, all names without contents and the reverse, lengths without contents, all but one file's contents, torn
 * writes, and random subsets of a fixed seed.
 *
 * The moments are the ends of all flushes and of the recording: between two flushes the set of what may be missing only
 * grows. States with the same content are generated once, with the markers of the latest moment. If flushes are ignored,
 * the moments begin with the first of them, because what comes before it is not changed by that.
 */
export function crashStates(recording: Recording, options: StateOptions): CrashState[] {
  const random = createRandom(options.seed);
  const states = new Map<string, CrashState>();
  for (const moment of momentsOf(recording, options.ignores)) {
    const { base, markers, name } = moment;
    for (const { kind, chosen, isBasic } of subsetsOf(moment.pending, options, random)) {
      const files = () => filesIn(applyAll(base, chosen));
      const key = keyOf(base, chosen);
      const known = states.get(key);
      if (known) known.markers = markers;
      else states.set(key, { files, markers, description: `${name}: ${kind}`, isBasic });
    }
  }
  return [...states.values()];
}

/** Returns at most `count` states, always the same: the basic ones first, and others evenly spread over the run. */
export function chooseStates(states: readonly CrashState[], count: number): CrashState[] {
  const basic = sample(
    states.filter(({ isBasic }) => isBasic),
    count,
  );
  const others = states.filter(({ isBasic }) => !isBasic);
  return [...basic, ...sample(others, count - basic.length)];
}

function sample<Value>(list: readonly Value[], count: number): Value[] {
  if (list.length <= count) return [...list];
  return Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)]).filter(
    (value) => value !== undefined,
  );
}

/** Writes a state into an empty folder. */
export function materialise(state: CrashState, folder: string): void {
  for (const [name, content] of state.files()) {
    if (content === null) mkdirSync(path.join(folder, name), { recursive: true });
    else writeFileSync(path.join(folder, name), content);
  }
}

type Moment = { base: Image; pending: Change[]; markers: string[]; name: string };

function* momentsOf({ start, operations }: Recording, ignores: StateOptions['ignores']): Generator<Moment> {
  let base: Image = { files: new Map(start.files), folders: new Map(start.folders) };
  let pending: { at: number; change: Change }[] = [];
  const markers: string[] = [];
  const counts = new Map<string, number>();
  let isChanged = ignores === undefined;
  const momentNow = (name: string): Moment => ({
    base,
    pending: pending.map(({ change }) => change),
    markers: [...markers],
    name,
  });
  for (const [at, operation] of operations.entries()) {
    if (operation.kind === 'marker') markers.push(operation.text);
    else if (operation.kind !== 'flush') pending.push({ at, change: operation });
    else {
      const phase = markers.at(-1) ?? '';
      const count = (counts.get(operation.path) ?? 0) + 1;
      counts.set(operation.path, count);
      if (ignores?.({ path: operation.path, count, phase })) {
        isChanged = true;
        continue;
      }
      const file = path.basename(operation.path);
      if (isChanged) yield momentNow(`before flush ${count} of ${file}, after "${phase.slice(0, 60)}"`);
      const flushed = coveredBy(operation, pending);
      base = applyAll(
        base,
        pending.filter((entry) => flushed.has(entry)).map(({ change }) => change),
      );
      pending = pending.filter((entry) => !flushed.has(entry));
    }
  }
  yield momentNow('at the end');
}

/** Returns what a flush makes durable, together with earlier changes of the same inodes' names. */
function coveredBy(flush: Flush, pending: { at: number; change: Change }[]) {
  const covered = new Set<{ at: number; change: Change }>();
  const named = new Set<Inode>();
  for (const entry of pending.toReversed()) {
    if (entry.at >= flush.begun) continue;
    const { change } = entry;
    if (change.kind !== 'name') {
      if (change.inode === flush.inode) covered.add(entry);
      continue;
    }
    const last = change.changes.at(-1);
    const isNamed = change.changes.some(({ inode }) => inode !== null && named.has(inode));
    if (last?.folder !== flush.inode && !isNamed) continue;
    covered.add(entry);
    for (const { inode } of change.changes) if (inode !== null) named.add(inode);
  }
  return covered;
}

/** `isBasic`: as in CrashState. */
type Subset = { kind: string; chosen: Change[]; isBasic: boolean };

function* subsetsOf(
  pending: readonly Change[],
  { randomSubsets, maxOfKind }: StateOptions,
  random: () => number,
): Generator<Subset> {
  const basic = (kind: string, chosen: Change[]): Subset => ({ kind, chosen, isBasic: true });
  const other = (kind: string, chosen: Change[]): Subset => ({ kind, chosen, isBasic: false });
  const isName = (change: Change): boolean => change.kind === 'name';
  yield basic('nothing unflushed', []);
  if (pending.length === 0) return;
  yield basic('everything', [...pending]);
  yield basic('names only', pending.filter(isName));
  yield basic(
    'contents only',
    pending.filter((change) => !isName(change)),
  );
  yield basic('lengths without contents', pending.map(withoutContent));
  for (const inode of new Set(pending.flatMap((change) => (change.kind === 'name' ? [] : [change.inode])))) {
    const isOf = (change: Change): boolean => change.kind !== 'name' && change.inode === inode;
    const without = pending.filter((change) => !isOf(change));
    yield other(`all but the contents of file ${inode}`, without);
    const only = pending.filter((change) => isName(change) || isOf(change));
    yield other(`names and the contents of file ${inode}`, only);
    const begun = pending.flatMap((change) =>
      isName(change) ? [change] : isOf(change) ? tornWrites(change) : [],
    );
    yield basic(`names and torn contents of file ${inode}`, begun);
    const zeroed = pending.map((change) => (isOf(change) ? withoutContent(change) : change));
    yield other(`file ${inode} zeroed`, zeroed);
  }
  for (const index of sample([...pending.keys()], maxOfKind)) {
    const change = pending[index];
    if (!change) continue;
    const without = pending.filter((one) => one !== change);
    yield { kind: `all but number ${index}`, chosen: without, isBasic: isName(change) };
    yield other(`the first ${index}`, pending.slice(0, index));
    yield other(`only number ${index}`, [change]);
    for (const torn of tornWrites(change)) {
      yield other(`the first ${index} and a torn write`, [...pending.slice(0, index), torn]);
      const withTorn = pending.map((one) => (one === change ? torn : one));
      yield other(`a torn write ${index}`, withTorn);
    }
  }
  for (let count = 0; count < randomSubsets; count += 1) {
    const share = random();
    const chosen = pending.filter(() => random() < share);
    yield other(`random subset ${count}`, chosen);
  }
}

const withoutContent = once((change: Change): Change => {
  return change.kind === 'write' ? { ...change, bytes: Buffer.alloc(change.bytes.length) } : change;
});

const sectorBytes = 512;

/** Returns the write with only its first sector, its first half, and all but its last sector. */
const tornWrites = once((change: Change): Change[] => {
  if (change.kind !== 'write' || change.bytes.length <= sectorBytes) return [];
  const sectors = Math.ceil(change.bytes.length / sectorBytes);
  const cuts = new Set([1, Math.floor(sectors / 2), sectors - 1]);
  return [...cuts].map((cut) => ({ ...change, bytes: change.bytes.subarray(0, cut * sectorBytes) }));
});
