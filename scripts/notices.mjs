// Collects the licences of the shipped packages into one text, for `npm run package` or `node scripts/notices.mjs FILE`.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from './lib/paths.mjs';
import { SetupError } from './lib/report.mjs';

const rule = '-'.repeat(80);
const opening = `Afterimage contains the software listed below. Each component belongs to its authors and has its own licence.

Every package also contains Electron and Chromium. Their licences are LICENSE.electron.txt and LICENSES.chromium.html,
next to the program (on macOS: in the download of Electron's own release).
Afterimage's own licence is LICENSE.txt, next to this file.
better-sqlite3 contains SQLite, which is in the public domain. @napi-rs/canvas contains Skia (BSD-3-Clause) and the
components listed with the package of its addon.`;

/**
 * Returns the notices of all packages in the lock file except development dependencies. A few of them are not part of
 * the app's bundles but are listed too.
 * @param {string} root the project's folder with installed dependencies
 * @returns {Promise<string>}
 */
export async function thirdPartyNotices(root = projectRoot) {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  const places = Object.entries(lock.packages).filter(([place, found]) => place !== '' && !found.dev);
  const notices = new Map();
  for (const [place, { optional, devOptional }] of places) {
    const notice = await readNotice(join(root, place));
    if (notice) notices.set(notice.title, notice);
    // Optional packages of other platforms are in the lock file but not installed.
    else if (!optional && !devOptional) throw new SetupError(`${place} is not installed. Run: npm ci`);
  }
  const sorted = [...notices.values()].sort((a, b) => a.title.localeCompare(b.title, 'en'));
  return `${[opening, ...sorted.map(({ title, text }) => `${rule}\n${title}\n\n${text}`)].join('\n\n')}\n`;
}

async function readNotice(folder) {
  const manifest = await readFile(join(folder, 'package.json'), 'utf8').then(JSON.parse, () => undefined);
  if (!manifest) return undefined;
  const licence = typeof manifest.license === 'string' ? manifest.license : manifest.license?.type;
  const title = `${manifest.name} ${manifest.version} (${licence ?? 'see below'})`;
  const text = (await readLicenceText(folder)) ?? missingTextNotice(manifest.author, licence);
  return { title, text: [text, ...(await readCompiledComponents(folder))].join('\n\n') };
}

/**
 * Returns the components from which an addon was compiled, as listed in its bill of materials:
 * https://cyclonedx.org/docs/1.6/json/
 */
async function readCompiledComponents(folder) {
  const sbom = await readFile(join(folder, 'sbom.cdx.json'), 'utf8').then(JSON.parse, () => undefined);
  const parts = (sbom?.components ?? []).flatMap(({ name, version, licenses = [] }) => {
    const terms = licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name);
    return terms.length > 0 ? [`  ${name} ${version} (${terms.join(', ')})`] : [];
  });
  return parts.length > 0 ? [`Compiled into it:\n${parts.sort().join('\n')}`] : [];
}

async function readLicenceText(folder) {
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort();
  const texts = [];
  for (const name of names) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    if (text.trim() !== '') texts.push(text.trim().replaceAll('\r\n', '\n'));
  }
  return texts.length > 0 ? texts.join('\n\n') : undefined;
}

function missingTextNotice(author, licence) {
  const name = typeof author === 'string' ? author : author?.name;
  const terms = licence === 'MIT' ? ' Its terms are the same as in Afterimage’s LICENSE.txt.' : '';
  return `The package does not contain its licence text.${terms}${name ? ` Author: ${name}.` : ''}`;
}

const [, scriptFile = '', file] = process.argv;
if (resolve(scriptFile) === fileURLToPath(import.meta.url)) {
  const text = await thirdPartyNotices();
  if (file === undefined) process.stdout.write(text);
  else await writeFile(file, text);
}
