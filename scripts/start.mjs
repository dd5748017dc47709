// `npm start`: sets up and builds what is missing, then opens the app. Without a display it runs the demo instead.

import { ensureBuilt } from './app/build.mjs';
import { runDemo } from './app/demo.mjs';
import { ensureReady } from './bootstrap/ensure-ready.mjs';
import { runInForeground } from './lib/commands.mjs';
import { electronArgs, lacksDisplay } from './lib/display.mjs';
import { projectRoot } from './lib/paths.mjs';
import { runScript, say } from './lib/report.mjs';

await runScript(async () => {
  const runtime = await ensureReady({ display: true });
  await ensureBuilt(runtime);
  if (lacksDisplay()) {
    say('No display found. Running the demo on a virtual display instead.');
    return runDemo(runtime);
  }
  return runInForeground(runtime.executable, [...electronArgs(), projectRoot]);
});
