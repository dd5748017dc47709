// `npm run -s electron:path`: prints the path of the Electron executable in use, after setting it up if needed.

import { ensureReady } from './bootstrap/ensure-ready.mjs';
import { runScript } from './lib/report.mjs';

await runScript(async () => {
  const { executable } = await ensureReady({ display: false });
  process.stdout.write(`${executable}\n`);
});
