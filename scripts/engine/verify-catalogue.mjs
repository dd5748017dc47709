// Checks the catalogue of engines and models: every address, size and hash.
import { createHash } from 'node:crypto';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { list } from 'tar';
import { openPromise } from 'yauzl';

const builtIn = path.join(import.meta.dirname, '../../electron/main/engine/built-in-catalogue.json');
/**
 * Time limit for connecting (ms), so that a mirror that never answers does not delay the others. A whole file may
 * take hours.
 */
const maxConnectMs = 60_000;

/** Returns the response of an address. Its body must be read or cancelled. */
async function open(url, method) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), maxConnectMs);
  try {
    return await fetch(url, { method, signal: stop.signal, headers: { 'accept-encoding': 'identity' } });
  } finally {
    clearTimeout(timer);
  }
}

/** Reads a whole file. @returns its size, its hash, and its path if it was kept. */
async function download(url, keepIn) {
  const response = await open(url, 'GET');
  if (!response.ok || !response.body) throw new Error(`The server answered with ${response.status}.`);
  const hash = createHash('sha256');
  let bytes = 0;
  const counting = new Transform({
    transform(chunk, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const kept = keepIn === null ? null : path.join(keepIn, 'archive');
  const target = kept
    ? createWriteStream(kept)
    : new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(response.body, counting, target);
  return { bytes, sha256: hash.digest('hex'), kept };
}

/** Returns the names in an archive, except those that the app does not unpack. @param {'zip' | 'tar.gz'} kind */
async function namesIn(archive, kind) {
  if (kind === 'tar.gz') return namesInTar(archive);
  const zip = await openPromise(archive, { lazyEntries: true });
  const names = [];
  for await (const entry of zip.eachEntry()) names.push(entry.fileName);
  return names;
}

async function namesInTar(file) {
  const names = [];
  await list({
    file,
    strict: true,
    onReadEntry: ({ path: name }) => names.push(name.replace(/^(?:\.\/)+/, '')),
  });
  return names;
}

/** Checks addresses, and counts the results. */
function createChecks({ quick, write, folder }) {
  const count = { right: 0, wrong: 0, unknown: 0 };

  function report(outcome, subject, text) {
    count[outcome] += 1;
    console.log(`${outcome.padEnd(8)} ${subject}\n         ${text}`);
  }

  async function checkSize(url, { bytes }) {
    const response = await open(url, 'HEAD');
    await response.body?.cancel();
    const size = Number(response.headers.get('content-length'));
    if (!response.ok) report('wrong', url, `The server answered with ${response.status}.`);
    else if (size !== bytes) report('wrong', url, `It has ${size} bytes instead of ${bytes}.`);
    else report('right', url, `It answers, with ${size} bytes. The content was not read.`);
    return null;
  }

  /**
   * Returns the size and the hash, or null if the file is not the expected one. Adds the names in an archive to
   * `names`.
   */
  async function checkContent(url, expected, names) {
    const { bytes, sha256, kept } = await download(url, expected.unpack ? folder : null);
    if (kept) names.push(...(await namesIn(kept, expected.unpack)));
    const isUnknown = expected.sha256 === null;
    const isRight = isUnknown || (bytes === expected.bytes && sha256 === expected.sha256);
    const found = `${bytes} bytes, ${sha256}`;
    if (isUnknown) report('unknown', url, `${found}. The catalogue has no hash.`);
    else if (isRight) report('right', url, found);
    else report('wrong', url, `${found} instead of ${expected.bytes} bytes, ${expected.sha256}`);
    return isRight ? { bytes, sha256 } : null;
  }

  async function checkFile(expected, names) {
    const found = [];
    for (const url of expected.urls) {
      try {
        found.push(await (quick ? checkSize(url, expected) : checkContent(url, expected, names)));
      } catch (error) {
        report('wrong', url, error.cause?.code ?? error.message);
        found.push(null);
      }
    }
    const [first] = found;
    const isSame = found.every((other) => other !== null && other.sha256 === first?.sha256);
    if (write && isSame) Object.assign(expected, first);
    return isSame;
  }

  return {
    count,
    /** Checks an entry and, with `write`, changes it. */
    async checkEntry(entry) {
      console.log(`\n${entry.label} (${entry.id})${entry.isVerified ? '' : ', not marked as verified'}`);
      const names = [];
      let isRight = true;
      for (const expected of entry.files) isRight = (await checkFile(expected, names)) && isRight;
      if (entry.executable !== undefined && !quick && !names.includes(entry.executable)) {
        report('wrong', entry.id, `No archive has the program ${entry.executable}.`);
        isRight = false;
      }
      if (write && isRight) entry.isVerified = true;
    },
  };
}

/**
 * @param {string[]} args of the command line
 * @returns {Promise<number>} the exit code: 1 if something is wrong or has no hash
 */
export async function verifyCatalogue(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
  });
  const { quick } = values;
  // A quick check reads no content, so it cannot fill in hashes.
  const write = values.write && !quick;
  const file = positionals[0] ?? builtIn;
  const catalogue = JSON.parse(readFileSync(file, 'utf8'));
  const folder = mkdtempSync(path.join(tmpdir(), 'afterimage-engine-verify-'));
  const { count, checkEntry } = createChecks({ quick, write, folder });
  try {
    for (const entry of [...catalogue.engines, ...catalogue.models]) await checkEntry(entry);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (write) writeFileSync(file, `${JSON.stringify(catalogue, null, 2)}\n`);
  console.log(`\n${count.right} right, ${count.wrong} wrong, ${count.unknown} without a hash`);
  return count.wrong > 0 || (count.unknown > 0 && !write) ? 1 : 0;
}
