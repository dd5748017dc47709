// `npm run faults -- --kills N --seed S`: the long fault-injection run of tests/faults on the built app.

import { ensureBuilt } from './app/build.mjs';
import { ensureReady } from './bootstrap/ensure-ready.mjs';
import { runScript } from './lib/report.mjs';

await runScript(async () => {
  const runtime = await ensureReady({ display: true });
  await ensureBuilt(runtime);
  // Not at the top: before the set-up there may be no node_modules.
  const { runInDisplay } = await import('./app/run-in-display.mjs');
  return runInDisplay(runtime, 'tests/faults/run.ts', process.argv.slice(2));
});
