// `npm run bench -- --json FILE`: the benchmark of tests/bench on the built app.

import { join } from 'node:path';
import { ensureBuilt } from './app/build.mjs';
import { electronEnvironment } from './app/environment.mjs';
import { runInForeground } from './setup/commands.mjs';
import { withDisplay } from './setup/display.mjs';
import { ensureReady } from './setup/index.mjs';
import { projectRoot } from './setup/paths.mjs';
import { runScript } from './setup/report.mjs';

await runScript(async () => {
  const runtime = await ensureReady({ display: true });
  await ensureBuilt(runtime);
  const args = [join(projectRoot, 'tests', 'bench', 'run.mjs'), ...process.argv.slice(2)];
  const told = electronEnvironment(runtime);
  return withDisplay((env) => runInForeground(process.execPath, args, { env: { ...env, ...told } }));
});
