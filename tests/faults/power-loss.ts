// Tries all states that a power failure can leave; the unit tests try a sample. See tests/power/crash-states.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildProgram, whyNotRecordable } from '../power/record';
import { makeRecordings, programEntry, recordingNames } from '../power/recordings';
import { tryStates } from '../power/try-states';
import type { Note } from './checks';

const states = { randomSubsets: 30, maxOfKind: 1_000 };

/** @returns the problems found, and the number of states tried. @throws if system calls cannot be recorded here. */
export async function losePower(seed: number, note: Note): Promise<{ found: string[]; tried: number }> {
  const problem = whyNotRecordable();
  if (problem !== null) throw new Error(`Run other kinds, such as --kills 100: ${problem}.`);
  const folder = mkdtempSync(path.join(tmpdir(), 'afterimage-power-'));
  const program = await buildProgram(programEntry);
  const found: string[] = [];
  let tried = 0;
  const { error } = console;
  // Most states of a rescue start with a damaged database, and log errors.
  console.error = () => {};
  try {
    const recordings = await makeRecordings(program, folder);
    for (const name of recordingNames) {
      const options = { states: { ...states, seed }, maxStates: Number.POSITIVE_INFINITY };
      const result = await tryStates({ ...recordings[name], ...options });
      for (let state = 0; state < result.tried; state += 1) note(name);
      tried += result.tried;
      found.push(...result.losses.map((loss) => `${name}, ${loss}`));
    }
  } finally {
    console.error = error;
    program.remove();
    rmSync(folder, { recursive: true, force: true });
  }
  return { found, tried };
}
