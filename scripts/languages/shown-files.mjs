// Lists the files that may contain user-facing text: all of the app's code except tests and code without such text.
import { readdirSync } from 'node:fs';
import path from 'node:path';

const folders = ['renderer', 'shared', 'electron'];
const left = [
  /\.test\.tsx?$/,
  /\.d\.ts$/,
  /^shared\/languages\//,
  // Contains names of other programs' fields, and SQL.
  /^electron\/generator\/recipes\//,
  /^electron\/main\/db\//,
  /test-support\//,
  /\/test-[\w-]+\.ts$/,
  /^shared\/painter\//,
  /^electron\/generator\/painter\//,
];

/** @returns {string[]} paths relative to `root`, with slashes */
export function shownFiles(root) {
  return folders
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
        .map((entry) =>
          path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'),
        ),
    )
    .filter((file) => !left.some((pattern) => pattern.test(file)))
    .sort();
}
