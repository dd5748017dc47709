// Tries mutants one by one. Each is a copy of the project with one mistake, which the tests should detect.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { projectRoot } from '../lib/paths.mjs';
import { say } from '../lib/report.mjs';
import { functionAround, keyOf, setupFile, withRecorders } from './coverage.mjs';
import { lineOf, mutate, mutationsOf } from './mutations.mjs';
import { configFile, configOf, createTestRunner, createWorkspace } from './workspace.mjs';

/** Number of test files per batch. The first ones are most likely to detect the mutant, so small batches come first. */
const batchSizes = [1, 4, 10];
/** A mutant hangs if its tests take longer than this and longer than ten times their usual time (ms). */
const minTimeoutMs = 60_000;
const maxRecordingMs = 3_600_000;

/**
 * @typedef {{ file: string, line: number, change: string, start: number, source: string, mutated: string }} Mutant
 * @typedef {object} Verdict
 * @property {Mutant} mutant
 * @property {'killed' | 'survived'} outcome
 * @property {string} reason
 * @property {string[]} failed test files that noticed it
 */

/**
 * Returns the mutants of these files, in a random order of the seed, at most `max` after the first `skip`.
 * @param {string[]} files
 * @param {{ seed: number, skip: number, max: number }} options
 * @returns {Mutant[]}
 */
export function chooseMutants(files, { seed, skip, max }) {
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
  return shuffled(all, seed).slice(skip, skip + max);
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
 * @typedef {object} Recording
 * @property {Map<string, Set<string>>} byFunction test files by function
 * @property {Map<string, number>} durations of test files (ms)
 */

/**
 * Runs every test that imports these files once, and records which of them run which functions.
 * @param {string[]} files the mutants' files
 * @param {string[]} skipped test files that are not used
 * @returns {Promise<Recording>}
 */
export async function recordCoverage(files, skipped) {
  const workspace = createWorkspace();
  try {
    for (const file of files) workspace.write(file, withRecorders(workspace.read(file), file));
    const output = join(workspace.folder, 'runs.jsonl');
    workspace.write('record-runs.mjs', setupFile(output));
    workspace.write(configFile, configOf("setupFiles: ['./record-runs.mjs']"));
    const excluded = skipped.map((test) => `--exclude=${test}`);
    const args = [`--config=${configFile}`, '--reporter=json', '--outputFile=results.json'];
    await workspace.runVitest(['related', '--run', ...args, ...excluded, ...files], maxRecordingMs);
    const { testResults } = JSON.parse(workspace.read('results.json'));
    const runs = readFileSync(output, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    return readRecording(testResults, runs, workspace.folder);
  } finally {
    workspace.remove();
  }
}

function readRecording(testResults, runs, folder) {
  const durations = new Map();
  for (const { name, status, startTime, endTime } of testResults) {
    if (status === 'passed') durations.set(relative(folder, name), endTime - startTime);
    else say(`Left out, because it fails without a mutant: ${relative(folder, name)}`);
  }
  const byFunction = new Map();
  for (const { test, runs: keys } of runs) {
    const name = relative(folder, test);
    if (!durations.has(name)) continue;
    for (const key of keys) byFunction.set(key, (byFunction.get(key) ?? new Set()).add(name));
  }
  return { byFunction, durations };
}

/**
 * Tries the mutants in parallel, each in a workspace of one worker.
 * @param {Mutant[]} mutants
 * @param {Recording} recording
 * @param {{ workers: number, onVerdict: (verdict: Verdict) => void }} options
 */
export async function tryMutants(mutants, recording, { workers, onVerdict }) {
  const waiting = [...mutants];
  const notices = new Map();
  const work = async () => {
    const workspace = createWorkspace();
    const runner = createTestRunner(workspace.folder);
    let isChecked = false;
    try {
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        const { file } = mutant;
        const tests = inOrder(mutant, recording, notices.get(file) ?? new Map());
        if (!isChecked && tests[0]) {
          await checkRunner(workspace, runner, mutant, tests[0]);
          isChecked = true;
        }
        const verdict = await tryMutant(workspace, runner, mutant, tests);
        for (const test of verdict.failed) countNotice(notices, file, test);
        onVerdict({ mutant, ...verdict });
      }
    } finally {
      runner.stop();
      workspace.remove();
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
}

/**
 * Checks that a change reaches the tests, and ends with its run. Otherwise every mutant would seem to survive.
 *
 * @param {ReturnType<typeof createWorkspace>} workspace
 * @param {ReturnType<typeof createTestRunner>} runner
 * @param {Mutant} mutant
 * @param {{ test: string, durationMs: number }} covering a test that imports the mutant's file
 */
async function checkRunner(workspace, runner, mutant, covering) {
  const { file, source } = mutant;
  const { test, durationMs } = covering;
  const outcomes = [];
  for (const text of [source, `throw new Error('Every test notices this.');\n${source}`, source]) {
    workspace.write(file, text);
    const { outcome } = await runner.run(file, [test], minTimeoutMs + 10 * durationMs);
    outcomes.push(outcome);
  }
  if (outcomes.join() === 'passed,failed,passed') return;
  throw new Error(
    `${test} did not notice a change of ${file}, or noticed it too long: ${outcomes.join(', ')}.`,
  );
}

/** Tests that have detected a mutant and then passed without it. */
const trusted = new Set();

/** @returns {Promise<Omit<Verdict, 'mutant'>>} */
async function tryMutant(workspace, runner, { file, source, mutated }, tests) {
  if (tests.length === 0) return { outcome: 'survived', reason: 'no test runs it', failed: [] };
  const run = (text, batch) => {
    workspace.write(file, text);
    const usualMs = batch.reduce((sum, { durationMs }) => sum + durationMs, 0);
    return runner.run(
      file,
      batch.map(({ test }) => test),
      minTimeoutMs + 10 * usualMs,
    );
  };
  try {
    let from = 0;
    for (const size of [...batchSizes, tests.length]) {
      const batch = tests.slice(from, from + size);
      from += size;
      if (batch.length === 0) break;
      const { outcome, failed, hasWaited } = await run(mutated, batch);
      if (outcome === 'passed') continue;
      // A test that also fails without the mutant, for example because the computer is busy, has detected nothing.
      const noticing = failed.length === 0 ? batch : batch.filter(({ test }) => failed.includes(test));
      const isTrusted = !hasWaited && failed.some((test) => trusted.has(test));
      if (isTrusted || (await run(source, noticing)).outcome === 'passed') {
        for (const test of failed) trusted.add(test);
        return { outcome: 'killed', reason: outcome, failed };
      }
      say(`\nFails without a mutant, too: ${noticing.map(({ test }) => test).join(', ')}`);
    }
    return { outcome: 'survived', reason: `${tests.length} test files pass`, failed: [] };
  } finally {
    workspace.write(file, source);
  }
}

/** Sorts tests: first those that detected other mutants of the file, then the test beside it, then the fastest ones. */
function inOrder({ file, source, start }, { byFunction, durations }, noticed) {
  const tests = byFunction.get(keyOf(file, functionAround(source, file, start))) ?? new Set();
  const rank = (test) => {
    const nearness =
      1 + (test === file.replace(/\.ts$/, '.test.ts') ? 20 : 0) + 10 * (noticed.get(test) ?? 0);
    return (durations.get(test) + 200) / nearness / (dirname(test) === dirname(file) ? 3 : 1);
  };
  return [...tests]
    .map((test) => ({ test, durationMs: durations.get(test), rank: rank(test) }))
    .toSorted((a, b) => a.rank - b.rank);
}

function countNotice(notices, file, test) {
  const counts = notices.get(file) ?? new Map();
  notices.set(file, counts.set(test, (counts.get(test) ?? 0) + 1));
}

/**
 * Returns whether mutants of a file can be noticed by unit tests. What imports Electron runs in end-to-end tests only.
 * @param {string} file
 */
export function isSource(file) {
  const path = join(projectRoot, file);
  const isCode = /\.ts$/.test(file) && !/(\.test|\.d)\.ts$|\/test-[^/]*$/.test(file);
  return (
    isCode && existsSync(path) && !/^import (?!type).* from 'electron';$/m.test(readFileSync(path, 'utf8'))
  );
}
