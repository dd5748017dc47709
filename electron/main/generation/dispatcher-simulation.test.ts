import { afterAll, expect, test } from 'vitest';
import { createRandom } from '../../../tests/harness/random';
import { openMemoryStore } from '../db/test-database';
import { createSimulation } from '../test-support/simulation';
import { findBrokenInvariants } from '../test-support/simulation-invariants';
import { createHistory, takeStep } from '../test-support/simulation-steps';

const memory = openMemoryStore();
const { store } = memory;
afterAll(() => store.close());

const seeds = Number(process.env['AFTERIMAGE_SIMULATIONS'] ?? 2000);
const firstSeed = Number(process.env['AFTERIMAGE_FIRST_SEED'] ?? 1);
const stepsPerRun = 30;

/** Prints nothing: writes that fail are part of every run. */
console.error = () => {};

async function simulate(seed: number): Promise<string[]> {
  memory.clear();
  const simulation = createSimulation(memory, createRandom(seed));
  const history = createHistory();
  store.transaction(() =>
    store.settings.write({ provider: 'google', prefetchBilled: true, reusePictures: 'same-prompt' }),
  );
  const taken: string[] = [];
  for (let step = 0; step < stepsPerRun; step += 1) taken.push(await takeStep(simulation, history));
  const problems = await findBrokenInvariants(simulation, history);
  return problems.length === 0 ? [] : [`seed ${seed}: ${taken.join(', ')}`, ...problems];
}

test(`keeps every promise in ${seeds} random runs`, { timeout: 600_000 }, async () => {
  for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
    expect(await simulate(seed)).toEqual([]);
  }
});
