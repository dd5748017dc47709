// The results of services' tests, also those that another version has written.
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { ServiceCheck } from '../../../shared/domain/services';
import { sentence } from '../../../shared/languages/sentence';
import { createServiceCheckReads, createServiceCheckWrites } from './service-checks';
import { emptyDatabase, openPlain } from './test-database';

let checks: ReturnType<typeof createServiceCheckReads> & ReturnType<typeof createServiceCheckWrites>;
let addRow: (service: string, code: string | null) => void;

beforeEach(() => {
  const database = openPlain(emptyDatabase());
  onTestFinished(() => void database.close());
  checks = { ...createServiceCheckReads(database), ...createServiceCheckWrites(database) };
  addRow = (service, code) =>
    database.prepare('INSERT INTO service_checks VALUES (?, 5, ?, NULL, NULL)').run(service, code);
});

const works: ServiceCheck = { service: 'openai', at: 1, problem: null };
const precise = sentence('services.google_key_rejected');
const refused: ServiceCheck = {
  ...{ service: 'google', at: 2 },
  problem: { code: 'key_rejected', message: 'Refused.', sentence: precise },
};
const unreachable: ServiceCheck = {
  ...{ service: 'mine', at: 3 },
  problem: { code: 'unreachable', message: 'Nobody.' },
};

test('lists the last result of each service, by its id', () => {
  expect(checks.list()).toEqual([]);
  for (const check of [works, refused, unreachable]) checks.set(check);
  expect(checks.list()).toEqual([refused, unreachable, works]);
  checks.set({ ...refused, at: 9, problem: null });
  checks.set({ ...works, at: 10, problem: unreachable.problem });
  expect(checks.list()).toEqual([
    { service: 'google', at: 9, problem: null },
    unreachable,
    { service: 'openai', at: 10, problem: unreachable.problem },
  ]);
});

test('removes the result of one service', () => {
  checks.set(works);
  checks.set(refused);
  checks.remove('google');
  checks.remove('nobody');
  expect(checks.list()).toEqual([works]);
});

test('leaves out results that only another version can explain, and services that it cannot have', () => {
  addRow('later', 'reason_of_tomorrow');
  addRow('not an id', 'unreachable');
  addRow('automatic', null);
  addRow('plain', 'unreachable');
  addRow('well', null);
  expect(checks.list()).toMatchObject([
    { service: 'plain', at: 5, problem: { code: 'unreachable' } },
    { service: 'well', at: 5, problem: null },
  ]);
});
