// Simulates the dispatcher in endless random runs: `npm run faults -- --simulate`.
import { openMemoryStore } from '../../electron/main/db/test-database';
import { runSimulation } from '../../electron/main/test-support/run-simulation';
import { createRandom } from '../harness/random';

const runsPerReport = 1000;

/**
 * Runs seed after seed, and prints a total regularly. Returns only when a run has violated a guarantee.
 *
 * @returns the seed of that run.
 */
export async function simulateEndlessly(firstSeed: number): Promise<number> {
  const memory = openMemoryStore();
  const { error } = console;
  // Hides errors of the log, because failed writes are part of the runs.
  console.error = () => {};
  for (let seed = firstSeed; ; seed += 1) {
    const problems = await runSimulation(memory, createRandom(seed));
    if (problems.length > 0) {
      console.error = error;
      console.log(`Seed ${seed}:\n${problems.join('\n')}`);
      return seed;
    }
    const count = seed - firstSeed + 1;
    if (count % runsPerReport === 0) console.log(`${count} simulations, 0 problems`);
  }
}
