// Runs one simulation from its first step to the check of what must hold.
import type { MemoryStore } from '../db/test-database';
import { createSimulation } from './simulation';
import { findBrokenInvariants } from './simulation-invariants';
import { createHistory, takeStep } from './simulation-steps';

const stepsPerRun = 25;

/**
 * @param memory is emptied first.
 * @param random decides everything: the same numbers give the same run.
 * @returns what is broken, after the steps that led to it; empty if everything holds.
 */
export async function runSimulation(memory: MemoryStore, random: () => number): Promise<string[]> {
  const { store } = memory;
  memory.clear();
  store.transaction(() =>
    store.settings.write({ provider: 'google', prefetchBilled: true, reusePictures: 'same-prompt' }),
  );
  const simulation = createSimulation(memory, random);
  const history = createHistory();
  const steps: string[] = [];
  for (let step = 0; step < stepsPerRun; step += 1) steps.push(await takeStep(simulation, history));
  const problems = await findBrokenInvariants(simulation, history);
  return problems.length === 0 ? [] : [steps.join(', '), ...problems];
}
