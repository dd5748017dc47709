// `npm run -s electron:path`: sets Electron up if needed and prints the path of its executable.

import { ensureReady } from './bootstrap/ensure-ready.mjs';
import { runScript } from './lib/report.mjs';

await runScript(async () => {
  const { executable } = await ensureReady({ display: false });
  process.stdout.write(`${executable}\n`);
});
