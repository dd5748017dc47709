// `npm run engine:verify`: downloads every file of the engine's catalogue and compares its size and its hash.
//
//   --quick      only asks whether each address answers, and for which size
//   --write      fills in hashes and sizes that are unknown, and marks the entries that are right as verified
//   FILE         another catalogue than the built-in one
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { runScript } from './lib/report.mjs';

await runScript(async () => {
  await ensureDependencies();
  // Imported here because node_modules may not exist before the set-up.
  const { verifyCatalogue } = await import('./engine/verify-catalogue.mjs');
  return verifyCatalogue(process.argv.slice(2));
});
