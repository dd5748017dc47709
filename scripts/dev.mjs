// `npm run dev`: runs the app with hot reload.

import { ensureReady } from './bootstrap/ensure-ready.mjs';
import { runInForeground } from './lib/commands.mjs';
import { electronArgs, withDisplay } from './lib/display.mjs';
import { nodeModule } from './lib/paths.mjs';
import { runScript } from './lib/report.mjs';

await runScript(async () => {
  const runtime = await ensureReady({ display: true });
  // electron-vite passes the arguments after `--` to Electron.
  const args = [nodeModule('electron-vite', 'bin', 'electron-vite.js'), 'dev', '--', ...electronArgs()];
  return withDisplay((env) =>
    runInForeground(process.execPath, args, { env: { ...env, ELECTRON_EXEC_PATH: runtime.executable } }),
  );
});
