// `npm run seed -- --pictures N --messages M`: fills AFTERIMAGE_DATA_DIR with realistic data, by tests/seed.

import { rm } from 'node:fs/promises';
import { runInForeground } from './setup/commands.mjs';
import { ensureReady } from './setup/index.mjs';
import { runScript } from './setup/report.mjs';

await runScript(async () => {
  await ensureReady({ display: false });
  // Not at the top: before the set-up there may be no node_modules.
  const { bundle } = await import('./app/bundle.mjs');
  const { folder, file } = await bundle('tests/seed/run.ts');
  try {
    return await runInForeground(process.execPath, [file, ...process.argv.slice(2)]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
