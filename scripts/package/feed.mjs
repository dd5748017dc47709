// Writes the update feed that electron-updater reads on Linux: https://www.electron.build/auto-update

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writeWhole } from '../lib/manifest.mjs';

/** The file in `resources/` that tells an installed app the address of its feed. */
export const feedConfigFile = 'app-update.yml';

/**
 * Adds one file to the feed, which installed apps compare with their own version. Keeps electron-builder's entries.
 * @param {string} feedFile such as `dist/latest-linux.yml`
 * @param {{ version: string, file: string, releaseDate: Date }} release
 */
export async function addToFeed(feedFile, { version, file, releaseDate }) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const sha512 = hash.digest('base64');
  const { size } = await stat(file);
  const name = basename(file);
  const entry = `  - url: ${name}\n    sha512: ${sha512}\n    size: ${size}\n`;
  const written = await readFile(feedFile, 'utf8').catch(() => undefined);
  const lines = written?.startsWith(`version: ${version}\nfiles:\n`)
    ? written.replace('files:\n', `files:\n${entry}`)
    : `version: ${version}\nfiles:\n${entry}path: ${name}\nsha512: ${sha512}\nreleaseDate: '${releaseDate.toISOString()}'\n`;
  await writeWhole(feedFile, lines);
}

/**
 * Returns the content of the file that tells the app the address of its feed.
 * @param {{ owner: string, repo: string }} repository on GitHub
 */
export function feedConfig({ owner, repo }) {
  return `provider: github\nowner: ${owner}\nrepo: ${repo}\nupdaterCacheDirName: afterimage-updater\n`;
}

/**
 * @param {string | undefined} text `owner/repo`
 * @returns {{ owner: string, repo: string } | undefined}
 */
export function readRepository(text) {
  const [, owner, repo] = /^([\w-]+)\/([\w.-]+)$/.exec(text ?? '') ?? [];
  return owner && repo ? { owner, repo } : undefined;
}
