// `npm run readme:picture`: takes the README's screenshot of the app again. Run it when the chat has changed.

import { ensureBuilt } from './app/build.mjs';
import { ensureReady } from './bootstrap/ensure-ready.mjs';
import { runScript } from './lib/report.mjs';

await runScript(async () => {
  const runtime = await ensureReady({ display: true });
  await ensureBuilt(runtime);
  // Imported here because node_modules may not exist before the set-up.
  const { runInDisplay } = await import('./app/run-in-display.mjs');
  return runInDisplay(runtime, 'tests/harness/readme-picture.ts', []);
});
