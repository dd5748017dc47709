// `npm run bench -- --json FILE`: the benchmark of tests/bench on the built app. With `--packaged` another one: the
// packaged app's start and memory.

import { join } from 'node:path';
import { ensureBuilt } from './app/build.mjs';
import { ensureReady } from './bootstrap/ensure-ready.mjs';
import { capture } from './lib/commands.mjs';
import { nodeModule, projectRoot } from './lib/paths.mjs';
import { longStep, runScript, SetupError } from './lib/report.mjs';

await runScript(async () => {
  const runtime = await ensureReady({ display: true });
  // Not at the top: before the set-up there may be no node_modules.
  const { runInDisplay } = await import('./app/run-in-display.mjs');
  if (process.argv.includes('--packaged')) {
    const { packForBench } = await import('./package/bench.mjs');
    Object.assign(process.env, await packForBench());
    return runInDisplay(runtime, 'tests/bench/packaged.ts', process.argv.slice(2));
  }
  await ensureBuilt(runtime);
  await buildBefore(runtime);
  return runInDisplay(runtime, 'tests/bench/run.ts', process.argv.slice(2));
});

/** The app with the order of things that the benchmark compares with. */
async function buildBefore({ executable }) {
  const { ok, output } = await longStep('Building what it is compared with', () =>
    capture(
      process.execPath,
      [
        nodeModule('electron-vite', 'bin', 'electron-vite.js'),
        'build',
        '--config',
        join('tests', 'bench', 'electron.vite.config.ts'),
      ],
      { cwd: projectRoot, env: { ...process.env, ELECTRON_EXEC_PATH: executable } },
    ),
  );
  if (!ok) throw new SetupError(`What the app is compared with could not be built:\n\n${output.trim()}`);
}
