// `npm run dev`: the app with hot reload.

import { runInForeground } from './setup/commands.mjs';
import { electronArgs, withDisplay } from './setup/display.mjs';
import { ensureReady } from './setup/index.mjs';
import { nodeModule } from './setup/paths.mjs';
import { runScript } from './setup/report.mjs';

await runScript(async () => {
  const runtime = await ensureReady({ display: true });
  // What follows `--` goes to Electron.
  const args = [nodeModule('electron-vite', 'bin', 'electron-vite.js'), 'dev', '--', ...electronArgs()];
  return withDisplay((env) =>
    runInForeground(process.execPath, args, { env: { ...env, ELECTRON_EXEC_PATH: runtime.executable } }),
  );
});
