// `npm run build`: builds the app into out/, so that `<electron> .` runs it.

import { rebuild } from './app/build.mjs';
import { ensureReady } from './bootstrap/ensure-ready.mjs';
import { runScript } from './lib/report.mjs';

await runScript(async () => {
  await rebuild(await ensureReady({ display: false }));
});
