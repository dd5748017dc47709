// `npm run demo`: the main job without a user; see app/demo-in-app.mjs for what it does.

import { ensureBuilt } from './app/build.mjs';
import { runDemo } from './app/demo.mjs';
import { ensureReady } from './bootstrap/ensure-ready.mjs';
import { runScript } from './lib/report.mjs';

await runScript(async () => {
  const runtime = await ensureReady({ display: true });
  await ensureBuilt(runtime);
  return runDemo(runtime);
});
