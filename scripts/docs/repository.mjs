// The files of the project, and the names that a text or a comment may contain: of these files and of decisions.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';
import { projectRoot } from '../lib/paths.mjs';

/** The files of the project, relative to its folder, without those that git ignores. */
export const files = listFiles().filter((file) => existsSync(path.join(projectRoot, file)));

function listFiles() {
  try {
    const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
      cwd: projectRoot,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return listed.split('\0').filter((file) => file !== '');
  } catch {
    // The sources may have been downloaded without their history.
    const ignored = new Set(read('.gitignore').match(/^[\w.-]+(?=\/$)/gm));
    return readdirSync(projectRoot)
      .filter((name) => !ignored.has(name))
      .flatMap((name) => (statSync(path.join(projectRoot, name)).isDirectory() ? filesIn(name) : [name]));
  }
}

function filesIn(folder) {
  return readdirSync(path.join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path.relative(projectRoot, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'),
    );
}

/** The ends of all paths, because a file may be named by its base name, or with some of its folders. */
const ends = new Set(
  files.flatMap((file) => file.split('/').map((_, at, parts) => parts.slice(at).join('/'))),
);

const decisions = new Set(files.flatMap((file) => /^docs\/decisions\/(\d{3})-/.exec(file)?.[1] ?? []));

/** Names of files that the project does not contain, each with the reason why a text may name it. */
export const otherFiles = new Map([
  ['app-update.yml', 'electron-builder writes it into the package'],
  ['archive.json', 'a part of a full export'],
  ['clock.json', 'in the data folder'],
  ['downloads.json', 'in the data folder'],
  ['export.json', 'in the data folder'],
  ['items.json', 'in the data folder'],
  ['keys.json', 'in the data folder'],
  ['latest-linux.yml', 'the feed of updates, which the release workflow publishes'],
  ['manifest.json', 'a part of an export'],
  ['own-engine.json', 'in the data folder'],
  ['proxy-logins.json', 'in the data folder'],
  ['rescue.json', 'in the data folder'],
  ['running.json', 'in the data folder'],
  ['window.json', 'in the data folder'],
  ['ipaddr.js', 'a package'],
  ['stable-diffusion.cpp', 'a project'],
]);

const fileName = /^(?:[\w@.-]+\/)*[\w@.-]*\w\.(?:tsx?|[mc]?js|json|css|html|sql|md|ya?ml|[ch]pp)$/;

export function read(file) {
  return readFileSync(path.join(projectRoot, file), 'utf8');
}

/**
 * @param {string} text a Markdown document
 * @returns {string[]} the names of files in backticks
 */
export function filesInBackticks(text) {
  return [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, name]) => (fileName.test(name) ? [name] : []));
}

/**
 * @param {string} comment
 * @returns {string[]} the names of files in a comment, without those of addresses
 */
export function filesInComment(comment) {
  const words = comment.replaceAll(/\bhttps?:\S+/g, ' ').split(/[^\w@./-]+/);
  return words.map((word) => word.replace(/[./]+$/, '')).filter((word) => fileName.test(word));
}

/**
 * @param {string} text
 * @returns {string[]} the numbers after "decision", "decisions" and `decisions/`: three digits, also several
 */
export function decisionsIn(text) {
  const numbers = '\\d{3}(?:(?:, | and |, and )\\d{3})*(?![\\d,])';
  return [...text.matchAll(new RegExp(`\\bdecisions?[ /](${numbers})`, 'gi'))].flatMap(([, found = '']) =>
    found.split(/, and | and |, /),
  );
}

/** Returns whether a file of the repository, or one of `otherFiles`, has a name or ends with a path. */
export function isFile(name) {
  return ends.has(name.replace(/^(\.{1,2}\/)+/, '')) || otherFiles.has(path.posix.basename(name));
}

/** @param {string} name a path from the project's folder to a file or a folder */
export function isPath(name) {
  const wanted = name.replace(/\/$/, '');
  return files.some((file) => file === wanted || file.startsWith(`${wanted}/`));
}

export function isDecision(number) {
  return decisions.has(number);
}

/**
 * @param {string} file for its ending
 * @param {string} source
 * @returns {string[]} the comments, with those on consecutive lines joined
 */
export function commentsOf(file, source) {
  if (/\.(tsx?|[mc]?js)$/.test(file)) return joinLines(source, parseSync(file, source).comments);
  if (file.endsWith('.css')) return source.match(/\/\*[\s\S]*?\*\//g) ?? [];
  if (file.endsWith('.html')) return source.match(/<!--[\s\S]*?-->/g) ?? [];
  if (file.endsWith('.sql')) return source.match(/^ *--.*(\n *--.*)*/gm) ?? [];
  if (/\.ya?ml$/.test(file)) return source.match(/^ *#.*(\n *#.*)*/gm) ?? [];
  return [];
}

/** Joins the comments of consecutive lines, because a name or a list of numbers may continue on the next one. */
function joinLines(source, comments) {
  const joined = [];
  let end = -1;
  for (const comment of comments) {
    if (end >= 0 && /^\n[ \t]*$/.test(source.slice(end, comment.start)))
      joined[joined.length - 1] += `\n${comment.value}`;
    else joined.push(comment.value);
    end = comment.end;
  }
  return joined;
}
