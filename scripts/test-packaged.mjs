// `npm run test:packaged`: packs the app, then runs the core of the end-to-end tests on it, and the tests of the
// package itself. As root on Debian that includes installing and removing the deb. `-- --kept` takes what is in dist/.

import { join } from 'node:path';
import { ensureReady } from './bootstrap/ensure-ready.mjs';
import { runInForeground } from './lib/commands.mjs';
import { electronArgs, withDisplay } from './lib/display.mjs';
import { nodeModule, projectRoot } from './lib/paths.mjs';
import { runScript, SetupError } from './lib/report.mjs';

const unpacked = join(projectRoot, 'dist', 'linux-unpacked');
const inspectable = join(projectRoot, 'dist', '.package', 'inspectable');

await runScript(async () => {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError('The packaged app is tested on Linux x64 alone so far.');
  }
  const rest = process.argv.slice(2);
  const kept = rest.includes('--kept');
  await ensureReady({ display: true });
  if (!kept) {
    const exitCode = await runInForeground(process.execPath, [join('scripts', 'package.mjs')]);
    if (exitCode !== 0) return exitCode;
  }
  // Not at the top: before the set-up there may be no node_modules.
  const { makeInspectable } = await import('./package/inspectable.mjs');
  await makeInspectable(unpacked, inspectable, 'afterimage');
  const told = {
    AFTERIMAGE_ELECTRON: join(inspectable, 'afterimage'),
    AFTERIMAGE_ELECTRON_ARGS: electronArgs().join(' '),
    AFTERIMAGE_PACKAGED: unpacked,
  };
  const args = [
    nodeModule('@playwright', 'test', 'cli.js'),
    'test',
    '--config',
    'playwright.packaged.config.ts',
  ];
  const chosen = rest.filter((arg) => arg !== '--kept');
  return withDisplay((env) =>
    runInForeground(process.execPath, [...args, ...chosen], { env: { ...env, ...told } }),
  );
});
