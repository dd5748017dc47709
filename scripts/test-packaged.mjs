// `npm run test:packaged`: packages the app, then runs the main end-to-end tests and the package's own tests on it.
// As root on Debian it also installs and removes the deb. `-- --kept` tests the existing package in dist/.

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
    throw new SetupError('The packaged app can only be tested on Linux x64.');
  }
  const rest = process.argv.slice(2);
  const useExisting = rest.includes('--kept');
  await ensureReady({ display: true });
  if (!useExisting) {
    const exitCode = await runInForeground(process.execPath, [join('scripts', 'package.mjs')]);
    if (exitCode !== 0) return exitCode;
  }
  // Imported here because node_modules may not exist before the set-up.
  const { makeInspectable } = await import('./package/inspectable.mjs');
  await makeInspectable(unpacked, inspectable, 'afterimage');
  const variables = {
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
  const testArgs = rest.filter((arg) => arg !== '--kept');
  return withDisplay((env) =>
    runInForeground(process.execPath, [...args, ...testArgs], { env: { ...env, ...variables } }),
  );
});
