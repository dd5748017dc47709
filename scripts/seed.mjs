// `npm run seed -- --pictures N --messages M`: fills AFTERIMAGE_DATA_DIR with realistic data, by tests/seed.

import { ensureReady } from './bootstrap/ensure-ready.mjs';
import { runScript } from './lib/report.mjs';

await runScript(async () => {
  await ensureReady({ display: false });
  // Not at the top: before the set-up there may be no node_modules.
  const { runBundled } = await import('./app/run-bundled.mjs');
  return runBundled('tests/seed/run.ts', process.argv.slice(2));
});
