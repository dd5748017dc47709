// `npm run languages -- [folder…]`: lists text in the code that is not in the catalogue, and mistakes in the catalogue.
import { findMistakes } from './languages/find-mistakes.mjs';
import { findUntranslated } from './languages/find-untranslated.mjs';
import { shownFiles } from './languages/shown-files.mjs';
import { projectRoot } from './lib/paths.mjs';
import { runScript, say } from './lib/report.mjs';

await runScript(async () => {
  const folders = process.argv.slice(2);
  const files = shownFiles(projectRoot).filter(
    (file) => folders.length === 0 || folders.some((folder) => file.startsWith(folder)),
  );
  const found = findUntranslated(projectRoot, files);
  for (const { file, line, text } of found) say(`${file}:${line} ${text}`);
  say(`${found.length} texts in ${files.length} files are not in the catalogue.`);
  const mistakes = findMistakes(projectRoot);
  for (const mistake of mistakes) say(mistake);
  say(`${mistakes.length} mistakes are in the catalogue.`);
});
