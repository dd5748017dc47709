// `npm run build`: builds the app into out/, so that `<electron> .` runs it.

import { buildAnew } from './app/build.mjs';
import { ensureReady } from './setup/index.mjs';
import { runScript } from './setup/report.mjs';

await runScript(async () => {
  await buildAnew(await ensureReady({ display: false }));
});
