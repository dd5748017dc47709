// `npm test`: types, lint, build, unit tests and end-to-end tests on the real Electron. All stages run, even if an
// earlier one fails. Types and lint need the packages only, so they run while Electron and the rest are being prepared.
// `-- --unit` and `-- --e2e` run one kind of tests; `-- --check` (`npm run check`) runs types, lint and unit tests.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './app/build.mjs';
import { electronEnvironment } from './app/environment.mjs';
import { checkCounts, endToEndCounts, sum, summary, unitCounts } from './app/test-counts.mjs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { ensureReady } from './bootstrap/ensure-ready.mjs';
import { capture, runInForeground } from './lib/commands.mjs';
import { lacksDisplay, withDisplay } from './lib/display.mjs';
import { nodeModule, projectRoot } from './lib/paths.mjs';
import { runScript, SetupError, say } from './lib/report.mjs';

/** Apps that run at the same time in end-to-end tests. Each of them waits for half of its time. */
const appsPerCore = 2;
const maxWorkers = 6;
/** A virtual display has no GPU, so a process for one only makes each start a fifth more expensive. */
const virtualDisplaySwitches = '--disable-gpu --in-process-gpu';

const hasColours = process.stdout.isTTY === true;
const types = check('Types', [
  nodeModule('typescript', 'bin', 'tsc'),
  '--build',
  '--pretty',
  `${hasColours}`,
]);
const lint = check('Lint', [
  ...[nodeModule('@biomejs', 'biome', 'bin', 'biome'), 'ci', '.'],
  `--colors=${hasColours ? 'force' : 'off'}`,
]);

await runScript(async () => {
  const stages = chosenStages(process.argv.slice(2));
  await ensureDependencies();
  for (const stage of stages) stage.begin?.();
  const runtime = await ensureReady({
    display: stages.includes(endToEnd),
    strace: stages.includes(unit),
  });
  const reports = await mkdtemp(join(tmpdir(), 'afterimage-test-'));
  try {
    const counts = [];
    for (const stage of stages) counts.push(await stage({ runtime, reports }));
    const total = sum(counts);
    console.log(`\n${summary(total)}`);
    return total.failed > 0 ? 1 : 0;
  } finally {
    await rm(reports, { recursive: true, force: true });
  }
});

function chosenStages(args) {
  if (args.length === 0) return [types, lint, unit, endToEnd];
  const stagesByOption = { '--unit': [unit], '--e2e': [endToEnd], '--check': [types, lint, unit] };
  return args.flatMap((arg) => {
    if (!(arg in stagesByOption)) {
      throw new SetupError(`Unknown option ${arg}. npm test supports --unit, --e2e and --check.`);
    }
    return stagesByOption[arg];
  });
}

/**
 * Returns a stage that runs a program in the background from `begin` on, and prints what it wrote in its turn.
 * @param {string} title
 * @param {string[]} args of Node
 */
function check(title, args) {
  let result;
  const begin = () => {
    result ??= capture(process.execPath, args, { cwd: projectRoot });
    return result;
  };
  const run = async () => {
    const { ok, output } = await begin();
    say(`\n${title}`);
    process.stdout.write(output);
    return checkCounts(title, ok);
  };
  return Object.assign(run, { begin });
}

async function unit({ reports }) {
  say('\nUnit tests');
  const report = join(reports, 'unit.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const exitCode = await runNode([nodeModule('vitest', 'vitest.mjs'), 'run', ...reporters]);
  return unitCounts(await readReport(report), exitCode);
}

/** The build counts as one check: if it fails, the end-to-end tests cannot run. */
async function endToEnd({ runtime, reports }) {
  say('\nEnd-to-end tests');
  try {
    await ensureBuilt(runtime);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    return checkCounts('Build', false);
  }
  const report = join(reports, 'e2e.json');
  const variables = { ...electronEnvironment(runtime), PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  // On the user's own display, two apps would take each other's focus and clipboard.
  const isVirtual = lacksDisplay();
  const workers = isVirtual ? Math.min(maxWorkers, availableParallelism() * appsPerCore) : 1;
  if (isVirtual) variables.AFTERIMAGE_ELECTRON_ARGS += ` ${virtualDisplaySwitches}`;
  const cli = nodeModule('@playwright', 'test', 'cli.js');
  const args = [cli, 'test', '--reporter=list,json', `--workers=${workers}`];
  const exitCode = await withDisplay((env) => runNode(args, { ...env, ...variables }), workers);
  return sum([checkCounts('Build', true), endToEndCounts(await readReport(report), exitCode)]);
}

function runNode(args, env = process.env) {
  return runInForeground(process.execPath, args, { env });
}

async function readReport(file) {
  return readFile(file, 'utf8').then(JSON.parse, () => undefined);
}
