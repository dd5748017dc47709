// Simulates the dispatcher in random runs without end: `npm run faults -- --simulate`.
import { openMemoryStore } from '../../electron/main/db/test-database';
import { runSimulation } from '../../electron/main/test-support/run-simulation';
import { createRandom } from '../harness/random';

const runsPerReport = 1000;

/** Runs seed after seed, and prints a total now and then. Returns only when a run has broken a promise: its seed. */
export async function simulateEndlessly(firstSeed: number): Promise<number> {
  const memory = openMemoryStore();
  const { error } = console;
  // Writes that fail are part of the runs.
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
