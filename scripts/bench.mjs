// `npm run bench -- --json FILE`: runs the benchmark in tests/bench on the built app. With `--packaged` it measures the
// packaged app's start and memory instead.

import { join } from 'node:path';
import { ensureBuilt } from './app/build.mjs';
import { ensureReady } from './bootstrap/ensure-ready.mjs';
import { capture } from './lib/commands.mjs';
import { nodeModule, projectRoot } from './lib/paths.mjs';
import { longStep, runScript, SetupError } from './lib/report.mjs';

await runScript(async () => {
  const runtime = await ensureReady({ display: true });
  // Imported here because node_modules may not exist before the set-up.
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

// Builds the "before" app that the benchmark compares with.
async function buildBefore({ executable }) {
  const { ok, output } = await longStep('Building the app to compare with', () =>
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
  if (!ok)
    throw new SetupError(
      `The app to compare with could not be built. The build printed:\n\n${output.trim()}`,
    );
}
