// `npm run mutants -- --max N --seed S --files PATTERN`: runs mutation tests of the spine. Introduces small
// mistakes and counts how many the unit tests detect. Mutants without an observable effect are in
// tests/mutants/accepted.json, each with the reason.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureReady } from './bootstrap/ensure-ready.mjs';
import { projectRoot } from './lib/paths.mjs';
import { runScript, SetupError, say } from './lib/report.mjs';

const folders = ['chat', 'generation', 'outbox', 'db'].map((room) => `electron/main/${room}`);

await runScript(async () => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      max: { type: 'string' },
      // A part of the path, such as db/backups.
      files: { type: 'string', default: '' },
      workers: { type: 'string', default: String(availableParallelism()) },
      // Path of a test file to exclude; can be given several times.
      without: { type: 'string', multiple: true, default: [] },
      // A file for the recorded coverage: read if it exists, otherwise written. Tests added since the recording are
      // not used.
      recording: { type: 'string' },
      // Prints for each mutant which test detected it.
      verbose: { type: 'boolean', default: false },
      // Skips this number of mutants in the seed's order, to continue with a new sample.
      skip: { type: 'string', default: '0' },
    },
  });
  await ensureReady({ display: false });
  // Imported here because node_modules may not exist before the set-up.
  const { chooseMutants, isSource, recordCoverage, tryMutants } = await import('./mutants/run-mutants.mjs');
  const listed = execFileSync(
    'git',
    ['ls-files', '-co', '--exclude-standard', ...folders, 'electron/generator/pipeline'],
    {
      cwd: projectRoot,
      encoding: 'utf8',
    },
  );
  const files = listed.split('\n').filter((file) => isSource(file) && file.includes(values.files));
  if (files.length === 0) throw new SetupError(`No file of the spine has "${values.files}" in its path.`);
  const max = values.max === undefined ? Number.POSITIVE_INFINITY : Number(values.max);
  const mutants = chooseMutants(files, {
    seed: Number(values.seed),
    skip: Number(values.skip),
    max,
  });
  say(`${mutants.length} mutants in ${files.length} files. Their tests run once without a mutant first.`);
  const recording = await keptRecording(values.recording, () =>
    // Record all files if the recording is kept, because the next sample has mutants in other files.
    recordCoverage(values.recording ? files : [...new Set(mutants.map(({ file }) => file))], values.without),
  );

  const accepted = JSON.parse(readFileSync(join(projectRoot, 'tests/mutants/accepted.json'), 'utf8'));
  const survivors = [];
  let done = 0;
  let equivalent = 0;
  await tryMutants(mutants, recording, {
    workers: Number(values.workers),
    onVerdict({ mutant, outcome, reason, failed }) {
      done += 1;
      process.stderr.write(`\r${done} of ${mutants.length}, ${survivors.length} survived `);
      const { file, line, change, source } = mutant;
      if (values.verbose) say(`\n${outcome} ${file}:${line}: ${change} (${[reason, ...failed].join(', ')})`);
      if (outcome === 'killed') return;
      const text = source.split('\n')[line - 1].trim();
      if (accepted.some((known) => known.file === file && known.line === text && known.change === change)) {
        equivalent += 1;
        return;
      }
      const survivor = `${file}:${line}: ${change} (${reason})`;
      survivors.push(survivor);
      // Printed immediately, so that an interrupted run has reported its findings.
      say(`\n${survivor}`);
    },
  });
  process.stderr.write('\n');
  for (const survivor of survivors.toSorted()) console.log(survivor);
  if (equivalent > 0) console.log(`${equivalent} more are accepted in tests/mutants/accepted.json.`);
  console.log(`${mutants.length - survivors.length - equivalent} killed, ${survivors.length} survived`);
  return 0;
});

/** Returns the recording of an earlier run, or records and writes a new one. */
async function keptRecording(path, record) {
  if (path !== undefined && existsSync(path)) {
    const { byFunction, durations } = JSON.parse(readFileSync(path, 'utf8'));
    return {
      byFunction: new Map(byFunction.map(([key, tests]) => [key, new Set(tests)])),
      durations: new Map(durations),
    };
  }
  const { byFunction, durations } = await record();
  if (path !== undefined) {
    const kept = {
      byFunction: [...byFunction].map(([key, tests]) => [key, [...tests]]),
      durations: [...durations],
    };
    writeFileSync(path, JSON.stringify(kept));
  }
  return { byFunction, durations };
}
