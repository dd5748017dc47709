// `npm run -s electron:path`: prints the path of the Electron executable in use, after setting it up if needed.

import { ensureReady } from './setup/index.mjs';
import { runScript } from './setup/report.mjs';

await runScript(async () => {
  const { executable } = await ensureReady({ display: false });
  process.stdout.write(`${executable}\n`);
});
