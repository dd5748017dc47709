// Which pictures look alike: measures the fingerprints on a corpus whose answers are known, and prints what it found.
import { beforeAll, expect, test } from 'vitest';
import { createAlikeIndex } from '../../electron/main/db/alike-index';
import { areNearDuplicates, coloursEnd } from '../../shared/domain/fingerprints';
import { duplicates, fingerprintOfPicture, type Original, originals, relatives } from './corpus';

type Entry = { name: string; of: Original; change: string | null; fingerprint: Uint8Array };

let entries: Entry[];
const index = createAlikeIndex();

beforeAll(async () => {
  entries = [];
  for (const [number, of] of originals().entries()) {
    entries.push({ name: of.name, of, change: null, fingerprint: await fingerprintOfPicture(of.picture) });
    // Every third one, because each takes 20 ms.
    if (number % 3 !== 0) continue;
    for (const [change, make] of Object.entries({ ...duplicates, ...relatives })) {
      const fingerprint = await fingerprintOfPicture(make(of.picture));
      entries.push({ name: `${of.name}, ${change}`, of, change, fingerprint });
    }
  }
  index.add(
    entries.map((_, at) => at),
    Buffer.concat(entries.map(({ fingerprint }) => fingerprint.subarray(0, coloursEnd))),
  );
});

const changed = () =>
  entries.filter(({ of }) => entries.some((other) => other.of === of && other.change !== null));
const sources = () => changed().filter(({ change }) => change === null);

test('pictures that were made from a picture are found first, near duplicates before all others', () => {
  const rows: string[] = [];
  const ranksOf: Record<string, number[]> = {};
  for (const source of sources()) {
    const found = index.alikeTo(source.fingerprint).flatMap((at) => entries[at] ?? []);
    const changes = Object.keys({ ...duplicates, ...relatives });
    const own = found.slice(0, 1 + changes.length);
    for (const change of changes) {
      const rank = found.findIndex((entry) => entry.of === source.of && entry.change === change);
      ranksOf[change] = [...(ranksOf[change] ?? []), rank < 0 ? Number.POSITIVE_INFINITY : rank];
    }
    // All of them, and nothing in between.
    expect(own.filter(({ of }) => of !== source.of).map(({ name }) => `${source.name}: ${name}`)).toEqual([]);
  }
  for (const [change, ranks] of Object.entries(ranksOf)) {
    const mean = ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length;
    rows.push(`${change.padEnd(26)} mean place ${mean.toFixed(1).padStart(4)}   last ${Math.max(...ranks)}`);
  }
  console.log(rows.join('\n'));
});

test('pictures of the same prompt come before unrelated ones more often than by chance', () => {
  let [before, all] = [0, 0];
  const sketches = entries.filter(({ change, of }) => change === null && !of.name.startsWith('shapes'));
  for (const source of sketches) {
    const places = new Map(index.alikeTo(source.fingerprint).map((at, place) => [entries[at], place]));
    const placeOf = (entry: Entry) => places.get(entry) ?? Number.POSITIVE_INFINITY;
    for (const same of sketches.filter((entry) => entry !== source && entry.of.prompt === source.of.prompt)) {
      for (const other of sketches.filter((entry) => entry.of.prompt !== source.of.prompt)) {
        all += 1;
        const [a, b] = [placeOf(same), placeOf(other)];
        before += a < b ? 1 : a === b ? 0.5 : 0;
      }
    }
  }
  console.log(`same prompt before another one: ${((before / all) * 100).toFixed(1)} % of ${all} pairs`);
  expect(before / all).toBeGreaterThan(0.6);
});

test('only other sizes and compressions of a picture are its near duplicates', () => {
  const counts = { found: 0, missed: 0, wrong: 0, pairs: 0 };
  const wrong: string[] = [];
  const missed: string[] = [];
  for (const source of sources()) {
    for (const other of entries) {
      if (other === source) continue;
      counts.pairs += 1;
      const isDuplicate = other.of === source.of && other.change !== null && other.change in duplicates;
      const isFound = areNearDuplicates(source.fingerprint, other.fingerprint);
      if (isDuplicate) counts[isFound ? 'found' : 'missed'] += 1;
      if (isDuplicate && !isFound) missed.push(`${source.name} ~ ${other.name}`);
      // A picture without edges hardly changes when a little is cut off.
      const isCropped = other.of === source.of && other.change === 'cropped by 5 %';
      if (!isDuplicate && !isCropped && isFound) wrong.push(`${source.name} ~ ${other.name}`);
    }
  }
  counts.wrong = wrong.length;
  console.log(`near duplicates: ${JSON.stringify(counts)}\n${[...missed, ...wrong].join('\n')}`);
  expect(wrong).toEqual([]);
  expect(counts.found / (counts.found + counts.missed)).toBeGreaterThan(0.95);
});
