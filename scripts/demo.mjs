// `npm run demo`: makes a picture in the app without a user. See app/demo-in-app.mjs.

import { ensureBuilt } from './app/build.mjs';
import { runDemo } from './app/demo.mjs';
import { ensureReady } from './bootstrap/ensure-ready.mjs';
import { runScript } from './lib/report.mjs';

await runScript(async () => {
  const runtime = await ensureReady({ display: true });
  await ensureBuilt(runtime);
  return runDemo(runtime);
});
