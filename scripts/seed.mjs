// `npm run seed -- --pictures N --messages M`: fills AFTERIMAGE_DATA_DIR with realistic data; see tests/seed.

import { ensureReady } from './bootstrap/ensure-ready.mjs';
import { runScript } from './lib/report.mjs';

await runScript(async () => {
  await ensureReady({ display: false });
  // Imported here because node_modules may not exist before the set-up.
  const { runBundled } = await import('./app/run-bundled.mjs');
  return runBundled('tests/seed/run.ts', process.argv.slice(2));
});
