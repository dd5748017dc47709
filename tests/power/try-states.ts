// Tries the crash states of a recorded program one by one, and collects what was lost.
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chooseStates, crashStates, materialise, type StateOptions } from './crash-states';
import { findLosses } from './find-losses';
import { type Marker, parseMarkers } from './markers';
import type { Recording } from './operations';

export type Trial = {
  recording: Recording;
  /** Markers that were reported before the recording started. */
  before?: readonly Marker[];
  /** The damaged database that a rescue has to keep: see find-losses.ts. */
  damagedSha1?: string | null;
  states: StateOptions;
  /** Maximum number of states to try: see chooseStates. */
  maxStates: number;
  /** Whether to stop at the first loss. */
  isFirstEnough?: boolean;
};

export type Tried = { generated: number; tried: number; losses: string[] };

export async function tryStates(trial: Trial): Promise<Tried> {
  const { recording, before = [], damagedSha1 = null, isFirstEnough = false } = trial;
  const generated = crashStates(recording, trial.states);
  const chosen = chooseStates(generated, trial.maxStates);
  const end = recording.operations.flatMap((operation) =>
    operation.kind === 'marker' ? [operation.text] : [],
  );
  const all = [...before, ...parseMarkers(end)];
  const losses: string[] = [];
  const folder = mkdtempSync(path.join(fastFolder(), 'afterimage-power-'));
  let tried = 0;
  try {
    for (const state of chosen) {
      const dataFolder = path.join(folder, 'data');
      rmSync(dataFolder, { recursive: true, force: true });
      mkdirSync(dataFolder);
      materialise(state, dataFolder);
      const reported = [...before, ...parseMarkers(state.markers)];
      const found = await findLosses({ dataFolder, reported, all, damagedSha1 });
      tried += 1;
      losses.push(...found.map((loss) => `${state.description}: ${loss}`));
      if (isFirstEnough && losses.length > 0) break;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { generated: generated.length, tried, losses };
}

/** Returns a folder in memory where there is one: each start flushes many times, and nothing here has to last. */
function fastFolder(): string {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
}
