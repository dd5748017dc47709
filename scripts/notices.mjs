// The licences of the packages that ship, as one text: `node scripts/notices.mjs FILE`; `npm run package` ships it.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from './lib/paths.mjs';
import { SetupError } from './lib/report.mjs';

const rule = '-'.repeat(80);
const opening = `Afterimage contains the software named below. Each part is its authors' and under its own licence.

Electron and Chromium are in every package too. Their licences are LICENSE.electron.txt and LICENSES.chromium.html,
beside the program (on macOS: in the download's folder of Electron's own release).
Afterimage's own licence is LICENSE.txt, beside this file.
better-sqlite3 contains SQLite, which is in the public domain. @napi-rs/canvas contains Skia (BSD-3-Clause) and what is
listed with the package of its addon.`;

/**
 * The text for the packages of the lock file that are not for development alone. Most are merged into the app's own
 * files; a few that those leave out are named all the same.
 * @param {string} root the project's folder, its dependencies installed
 * @returns {Promise<string>}
 */
export async function thirdPartyNotices(root = projectRoot) {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  const places = Object.entries(lock.packages).filter(([place, found]) => place !== '' && !found.dev);
  const notices = new Map();
  for (const [place, { optional, devOptional }] of places) {
    const notice = await noticeOf(join(root, place));
    if (notice) notices.set(notice.title, notice);
    // Addons of other platforms are in the lock file and nowhere else.
    else if (!optional && !devOptional) throw new SetupError(`${place} is not installed. Run: npm ci`);
  }
  const sorted = [...notices.values()].sort((a, b) => a.title.localeCompare(b.title, 'en'));
  return `${[opening, ...sorted.map(({ title, text }) => `${rule}\n${title}\n\n${text}`)].join('\n\n')}\n`;
}

async function noticeOf(folder) {
  const about = await readFile(join(folder, 'package.json'), 'utf8').then(JSON.parse, () => undefined);
  if (!about) return undefined;
  const licence = typeof about.license === 'string' ? about.license : about.license?.type;
  const title = `${about.name} ${about.version} (${licence ?? 'see below'})`;
  const text = (await textIn(folder)) ?? withoutText(about.author, licence);
  return { title, text: [text, ...(await compiledInto(folder))].join('\n\n') };
}

/** What an addon was compiled from, as its own bill of materials names it: https://cyclonedx.org/docs/1.6/json/ */
async function compiledInto(folder) {
  const bill = await readFile(join(folder, 'sbom.cdx.json'), 'utf8').then(JSON.parse, () => undefined);
  const parts = (bill?.components ?? []).flatMap(({ name, version, licenses = [] }) => {
    const terms = licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name);
    return terms.length > 0 ? [`  ${name} ${version} (${terms.join(', ')})`] : [];
  });
  return parts.length > 0 ? [`Compiled into it:\n${parts.sort().join('\n')}`] : [];
}

async function textIn(folder) {
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort();
  const texts = [];
  for (const name of names) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    if (text.trim() !== '') texts.push(text.trim().replaceAll('\r\n', '\n'));
  }
  return texts.length > 0 ? texts.join('\n\n') : undefined;
}

function withoutText(author, licence) {
  const name = typeof author === 'string' ? author : author?.name;
  const terms = licence === 'MIT' ? ' Its terms are those of Afterimage’s own LICENSE.txt.' : '';
  return `The package carries no text of its licence.${terms}${name ? ` Author: ${name}.` : ''}`;
}

const [, started = '', file] = process.argv;
if (resolve(started) === fileURLToPath(import.meta.url)) {
  const text = await thirdPartyNotices();
  if (file === undefined) process.stdout.write(text);
  else await writeFile(file, text);
}
