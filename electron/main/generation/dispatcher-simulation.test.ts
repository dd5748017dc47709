import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createRandom } from '../../../tests/harness/random';
import { openMemoryStore } from '../db/test-database';
import { runSimulation } from '../test-support/run-simulation';

const runs = 2000;

const memory = openMemoryStore();
afterAll(() => memory.store.close());

// Writes that fail are part of the runs.
beforeAll(() => {
  for (const level of ['error', 'info'] as const) vi.spyOn(console, level).mockImplementation(() => {});
});

test(`keeps every promise in ${runs} random runs`, { timeout: 1_200_000 }, async () => {
  for (let seed = 1; seed <= runs; seed += 1) {
    const problems = await runSimulation(memory, createRandom(seed));
    expect(problems.length === 0 ? [] : [`seed ${seed}`, ...problems]).toEqual([]);
  }
});
