// Tries mutants one by one: each is a copy of the project with one mistake, which the tests should notice.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { projectRoot } from '../lib/paths.mjs';
import { say } from '../lib/report.mjs';
import { functionAround, keyOf, setupFile, withRecorders } from './coverage.mjs';
import { lineOf, mutate, mutationsOf } from './mutations.mjs';
import { createWorkspace } from './workspace.mjs';

/** Tests that run first, because they are most likely to notice. */
const maxFirstTests = 6;
/** A mutant whose tests take longer than this beyond their usual time hangs (ms). */
const minTimeoutMs = 60_000;
const maxRecordingMs = 3_600_000;

/**
 * @typedef {{ file: string, line: number, change: string, start: number, source: string, mutated: string }} Mutant
 * @typedef {{ mutant: Mutant, outcome: 'killed' | 'survived', reason: string }} Verdict
 */

/**
 * Returns the mutants of these files, in a random order of the seed, at most `max`.
 * @param {string[]} files
 * @param {{ seed: number, max: number }} options
 * @returns {Mutant[]}
 */
export function chooseMutants(files, { seed, max }) {
  const all = files.flatMap((file) => {
    const source = readFileSync(join(projectRoot, file), 'utf8');
    return mutationsOf(source, file).map((mutation) => ({
      file,
      line: lineOf(source, mutation.start),
      change: mutation.change,
      start: mutation.start,
      source,
      mutated: mutate(source, mutation),
    }));
  });
  return shuffled(all, seed).slice(0, max);
}

/** Fisher-Yates with a linear congruential generator, so that a seed always gives the same order. */
function shuffled(list, seed) {
  const result = [...list];
  let state = seed >>> 0;
  for (let at = result.length - 1; at > 0; at -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (at + 1));
    [result[at], result[other]] = [result[other], result[at]];
  }
  return result;
}

/**
 * Runs every test that imports these files once, and records which of them run which functions.
 * @param {string[]} files the mutants' files
 * @param {string[]} skipped test files that are not used
 * @returns {Promise<Map<string, Set<string>>>} test files by function
 */
export async function recordCoverage(files, skipped) {
  const workspace = createWorkspace();
  try {
    for (const file of files) workspace.write(file, withRecorders(workspace.read(file), file));
    const output = join(workspace.folder, 'runs.jsonl');
    workspace.write('record-runs.mjs', setupFile(output));
    workspace.write(
      'record-runs.config.mjs',
      `import base from './vitest.config.ts';
       export default { ...base, test: { ...base.test, setupFiles: ['./record-runs.mjs'] } };`,
    );
    const excluded = skipped.map((test) => `--exclude=${test}`);
    const args = ['--config=record-runs.config.mjs', '--reporter=json', '--outputFile=results.json'];
    await workspace.runVitest(['related', '--run', ...args, ...excluded, ...files], maxRecordingMs);
    const results = JSON.parse(workspace.read('results.json'));
    const failed = results.testResults.filter(({ status }) => status !== 'passed').map(({ name }) => name);
    for (const name of failed)
      say(`Left out, because it fails without a mutant: ${relative(workspace.folder, name)}`);
    const byFunction = new Map();
    for (const line of readFileSync(output, 'utf8').split('\n').filter(Boolean)) {
      const { test, runs } = JSON.parse(line);
      if (failed.includes(test)) continue;
      for (const key of runs) {
        const known = byFunction.get(key) ?? new Set();
        byFunction.set(key, known.add(relative(workspace.folder, test)));
      }
    }
    return byFunction;
  } finally {
    workspace.remove();
  }
}

/**
 * Tries the mutants in parallel, each in a workspace of one worker.
 * @param {Mutant[]} mutants
 * @param {Map<string, Set<string>>} byFunction
 * @param {{ workers: number, onVerdict: (verdict: Verdict) => void }} options
 */
export async function tryMutants(mutants, byFunction, { workers, onVerdict }) {
  const waiting = [...mutants];
  const work = async () => {
    const workspace = createWorkspace();
    try {
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        workspace.write(mutant.file, mutant.mutated);
        onVerdict({ mutant, ...(await tryMutant(workspace, mutant, byFunction)) });
        workspace.write(mutant.file, mutant.source);
      }
    } finally {
      workspace.remove();
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
}

async function tryMutant(workspace, { file, source, start }, byFunction) {
  const tests = byFunction.get(keyOf(file, functionAround(source, file, start))) ?? new Set();
  if (tests.size === 0) return { outcome: 'survived', reason: 'no test runs it' };
  const ordered = [...tests].toSorted((a, b) => distance(file, a) - distance(file, b));
  for (const part of [ordered.slice(0, maxFirstTests), ordered.slice(maxFirstTests)]) {
    if (part.length === 0) continue;
    const args = ['run', '--bail=1', '--no-file-parallelism', ...part];
    const outcome = await workspace.runVitest(args, minTimeoutMs * (1 + part.length / 4));
    if (outcome !== 'passed') return { outcome: 'killed', reason: outcome };
  }
  return { outcome: 'survived', reason: `${tests.size} test files pass` };
}

/** The test beside a file comes first, then those of its folder, then those nearby. */
function distance(file, test) {
  if (test === file.replace(/\.ts$/, '.test.ts')) return 0;
  const steps = relative(dirname(file), dirname(test)).split('/').filter(Boolean).length;
  return 1 + steps;
}

/** @param {string} file */
export function isSource(file) {
  return (
    existsSync(join(projectRoot, file)) && /\.ts$/.test(file) && !/(\.test|\.d)\.ts$|\/test-[^/]*$/.test(file)
  );
}
