import { expect, test } from 'vitest';
import { newService } from '../../../../shared/domain/services';
import type { ModelEntry, ModelList } from '../../../state/models/model-entries';
import { describeRow, isChoosable, rowsInPage, rowsOf, topsOf } from './model-rows';
import { describeModel } from './model-text';

const service = newService('mine', 'openai-compatible', 'Mine');
const entry: ModelEntry = {
  ...{ serviceId: 'mine', serviceName: 'Mine', model: 'a', label: 'A', price: null, usualMs: null },
  ...{ life: { state: 'available' }, isUnlisted: false, keyLack: null, isMore: false, bytes: null },
};
const nothing = {
  ...{ expanded: new Set<string>(), problems: {}, thisComputer: null },
  ...{ isSearching: false, isInUse: (_entry: ModelEntry) => false },
};

function many(count: number): ModelList {
  const entries = Array.from({ length: count }, (_, index) => ({ ...entry, model: `m${index}` }));
  return { recent: [], groups: [{ service, entries, more: [] }] };
}

test('"Use this computer" comes after usable models, and can be chosen', () => {
  const rows = rowsOf(many(1), { ...nothing, thisComputer: '6.5\u00a0GB · about 40\u00a0s' });
  expect(rows.map(({ kind }) => kind)).toEqual(['heading', 'model', 'heading', 'this-computer', 'connect']);
  expect(rows.filter(isChoosable).map(({ kind }) => kind)).toEqual(['model', 'this-computer', 'connect']);
});

test('additional models are one row until the user expands it', () => {
  const list = { recent: [], groups: [{ service, entries: [entry], more: [{ ...entry, model: 'b' }] }] };
  expect(rowsOf(list, nothing).map(({ kind }) => kind)).toEqual(['heading', 'model', 'more', 'connect']);
  const all = rowsOf(list, { ...nothing, expanded: new Set(['mine']) });
  expect(all.map(({ kind }) => kind)).toEqual(['heading', 'model', 'model', 'connect']);
});

test('a service without its key shows only its model in use, until the user searches', () => {
  const needy = [1, 2].map((number): ModelEntry => ({ ...entry, model: `m${number}`, keyLack: 'missing' }));
  const list = { recent: [], groups: [{ service, entries: needy, more: [] }] };
  const models = (texts: typeof nothing) =>
    rowsOf(list, texts).flatMap((row) => (row.kind === 'model' ? [row.entry.model] : []));
  expect(rowsOf(list, nothing).map(({ kind }) => kind)).toEqual(['note', 'connect']);
  expect(models({ ...nothing, isSearching: true })).toEqual(['m1', 'm2']);
  const isInUse = ({ model }: ModelEntry) => model === 'm2';
  expect(models({ ...nothing, isInUse })).toEqual(['m2']);
});

test('a service whose key belongs to another address is listed with a note', () => {
  const held: ModelEntry = { ...entry, keyLack: 'held' };
  const rows = rowsOf({ recent: [], groups: [{ service, entries: [held], more: [] }] }, nothing);
  expect(rows.map(({ kind }) => kind)).toEqual(['heading', 'model', 'connect']);
  expect(rows[0]).toMatchObject({ text: 'Mine', note: 'Key is for another address' });
});

test('shows under a service that its list could not be read', () => {
  const rows = rowsOf(many(1), { ...nothing, problems: { mine: 'It did not answer.' } });
  expect(rows[1]).toMatchObject({ kind: 'note', text: 'It did not answer.' });
});

test('each row of such a service has the problem in its description for screen readers', () => {
  const problems = { mine: 'It did not answer.' };
  const more = [{ ...entry, model: 'b' }];
  const needy: ModelEntry = { ...entry, keyLack: 'missing' };
  const rows = rowsOf(
    { recent: [entry], groups: [{ service, entries: [needy], more }] },
    { ...nothing, problems, isSearching: true },
  );
  const described = rows.flatMap((row) =>
    row.kind === 'model' || row.kind === 'more' ? [describeRow(row)] : [],
  );
  expect(described).toEqual([
    'price unknown, It did not answer.',
    'needs a key, price unknown, It did not answer.',
    'It did not answer.',
  ]);
  expect(rowsOf(many(1), nothing).flatMap((row) => (row.kind === 'model' ? [describeRow(row)] : []))).toEqual(
    ['price unknown'],
  );
});

test('a sentence of several lines moves the rows below it down', () => {
  const rows = rowsOf(many(2), { ...nothing, problems: { mine: 'It did not answer.' } });
  const [usual, measured] = [topsOf(rows), topsOf(rows, new Map([['note mine', 75]]))];
  expect(measured.slice(0, 2)).toEqual(usual.slice(0, 2));
  expect(measured.slice(2)).toEqual(usual.slice(2).map((top) => top + 75 - 28));
});

test('a search without results shows a note', () => {
  const rows = rowsOf({ recent: [], groups: [] }, nothing);
  expect(rows.map(({ kind }) => kind)).toEqual(['note', 'connect']);
});

test('each row has a unique key, even a recent model that is also in its group', () => {
  const rows = rowsOf({ ...many(3), recent: [{ ...entry, model: 'm1' }] }, nothing);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});

test('a short list is rendered completely', () => {
  const tops = topsOf(rowsOf(many(100), nothing));
  expect(rowsInPage(tops, { top: 0, height: 440 })).toEqual({ first: 0, end: tops.length - 1 });
});

test.each([0, 1, 17_000, 36_000, 1_000_000])('of 1,000 models, those around %i px are rendered', (top) => {
  const rows = rowsOf(many(1000), nothing);
  const tops = topsOf(rows);
  const { first, end } = rowsInPage(tops, { top, height: 440 });
  expect(end - first).toBeLessThan(60);
  for (let index = 0; index < rows.length; index += 1) {
    const isVisible = (tops[index + 1] ?? 0) > top && (tops[index] ?? 0) < top + 440;
    if (isVisible) expect(index >= first && index < end).toBe(true);
  }
});

test('every model can be chosen, and so can the row that opens the sheet', () => {
  expect(rowsOf(many(3), nothing).filter(isChoosable)).toHaveLength(4);
});

test.each([
  [{}, 'price unknown'],
  [{ price: 0 }, 'free'],
  [{ price: 33_600, usualMs: 12_000 }, 'about 12\u00a0s, $0.034'],
  [{ keyLack: 'missing', price: 42_000 }, 'needs a key, $0.042'],
  [{ keyLack: 'held', price: 42_000 }, 'key is for another address, $0.042'],
  [{ isUnlisted: true, price: 0 }, 'Not listed, free'],
  [
    { price: 0, life: { state: 'deprecated', until: '2026-12-11', replacement: 'b' } },
    'Retires 11 Dec 2026, free',
  ],
  [{ price: 0, life: { state: 'deprecated', replacement: 'b' } }, 'Retires soon, free'],
  [{ price: 0, life: { state: 'shut-down', on: '2026-10-02', replacement: 'b' } }, 'Retired, use b, free'],
] as const)('%j reads “%s”', (changes, text) => {
  expect(describeModel({ ...entry, ...changes })).toBe(text);
});
