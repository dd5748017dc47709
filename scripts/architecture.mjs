// `npm run architecture`: updates the generated tables of imports in docs/architecture.md.
import { writeFile } from 'node:fs/promises';
import { architectureDocument } from './architecture/diagrams.mjs';
import { projectRoot } from './lib/paths.mjs';
import { runScript, say } from './lib/report.mjs';

await runScript(async () => {
  const { file, current, updated } = architectureDocument(projectRoot);
  if (current !== updated) await writeFile(file, updated);
  say(current === updated ? 'docs/architecture.md is current.' : 'docs/architecture.md is updated.');
});
