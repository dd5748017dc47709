import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { ZipFile } from 'yazl';
import { sha256Of } from '../../../tests/servers/downloads';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { BadArchiveError, unpackZip } from './unpack-zip';

let root: string;
let folder: string;

beforeEach(() => {
  const temporary = temporaryFolder();
  onTestFinished(temporary.remove);
  root = temporary.folder;
  folder = path.join(root, 'out');
  mkdirSync(folder, { recursive: true });
});

type Content = { name: string; text: string; mode?: number };

async function zip(contents: readonly Content[]): Promise<Buffer> {
  const archive = new ZipFile();
  for (const { name, text, mode = 0o100644 } of contents)
    archive.addBuffer(Buffer.from(text), name, { mode });
  archive.end();
  return buffer(archive.outputStream);
}

function unpack(bytes: Buffer, limits?: { maxFiles: number; maxBytes: number }) {
  const file = path.join(root, 'archive.zip');
  writeFileSync(file, bytes);
  return unpackZip(file, folder, new AbortController().signal, limits);
}

/** Replaces a name everywhere in an archive by another of the same length, which yazl itself would refuse. */
function rename(bytes: Buffer, from: string, to: string): Buffer {
  expect(to).toHaveLength(from.length);
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
}

test('writes files and folders, their hashes, and who may execute them', async () => {
  const files = await unpack(
    await zip([
      { name: 'sd-server', text: 'program', mode: 0o100755 },
      { name: 'lib/libsd.so', text: 'library' },
    ]),
  );
  expect(files).toEqual([
    { name: 'sd-server', bytes: 7, sha256: sha256Of(Buffer.from('program')) },
    { name: 'lib/libsd.so', bytes: 7, sha256: sha256Of(Buffer.from('library')) },
  ]);
  expect(readFileSync(path.join(folder, 'lib/libsd.so'), 'utf8')).toBe('library');
  expect(statSync(path.join(folder, 'sd-server')).mode & 0o777).toBe(0o755 & ~process.umask());
  expect(statSync(path.join(folder, 'lib/libsd.so')).mode & 0o111).toBe(0);
});

describe('refuses', () => {
  test.each([
    ['a path outside', 'aaaevil', '../evil'],
    ['a path outside by a detour', 'aa/aaa/evil', 'b/../../evi'],
    ['an absolute path', 'aevil', '/evil'],
    ['a path with a drive', 'aaevil', 'C:evil'],
    ['a path with backslashes', 'aaaevil', '..\\evil'],
  ])('%s', async (_what, from, to) => {
    const bytes = rename(await zip([{ name: from, text: 'x' }]), from, to);
    await expect(unpack(bytes)).rejects.toThrow(BadArchiveError);
    expect(readdirSync(root).toSorted()).toEqual(['archive.zip', 'out']);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['a symbolic link', 0o120777],
    ['a device', 0o020644],
    ['a pipe', 0o010644],
    ['a socket', 0o140644],
  ])('%s', async (_what, mode) => {
    await expect(unpack(await zip([{ name: 'link', text: '/etc/passwd', mode }]))).rejects.toThrow(
      BadArchiveError,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test('two files with one name', async () => {
    const bytes = rename(
      await zip([
        { name: 'one', text: '1' },
        { name: 'two', text: '2' },
      ]),
      'two',
      'one',
    );
    await expect(unpack(bytes)).rejects.toThrow(BadArchiveError);
    expect(readFileSync(path.join(folder, 'one'), 'utf8')).toBe('1');
  });

  test('more files than the limit', async () => {
    const contents = Array.from({ length: 4 }, (_, index) => ({ name: `f${index}`, text: 'x' }));
    await expect(unpack(await zip(contents), { maxFiles: 3, maxBytes: 1_000 })).rejects.toThrow(
      BadArchiveError,
    );
  });

  test('more bytes than the limit, however small they are packed', async () => {
    const bomb = await zip([{ name: 'zeros', text: '\0'.repeat(5_000_000) }]);
    expect(bomb.length).toBeLessThan(20_000);
    await expect(unpack(bomb, { maxFiles: 3, maxBytes: 4_999_999 })).rejects.toThrow(BadArchiveError);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a file that is larger than its entry says', async () => {
    const bytes = await zip([{ name: 'zeros', text: '\0'.repeat(500_000) }]);
    // The uncompressed size in the central directory: 24 bytes after its signature.
    const entry = bytes.indexOf(Buffer.from('504b0102', 'hex'));
    bytes.writeUInt32LE(10, entry + 24);
    await expect(unpack(bytes)).rejects.toThrow(BadArchiveError);
  });

  test.each([
    ['no archive', Buffer.from('this is no archive'.repeat(10))],
    ['nothing', Buffer.alloc(0)],
  ])('%s', async (_what, bytes) => {
    await expect(unpack(bytes)).rejects.toThrow(BadArchiveError);
  });

  test('an archive that was cut', async () => {
    const bytes = await zip([{ name: 'a', text: 'x'.repeat(1_000) }]);
    await expect(unpack(bytes.subarray(0, bytes.length - 30))).rejects.toThrow(BadArchiveError);
  });
});

test('ends when it is stopped', async () => {
  const stop = new AbortController();
  stop.abort();
  const file = path.join(root, 'archive.zip');
  writeFileSync(file, await zip([{ name: 'a', text: 'x' }]));
  await expect(unpackZip(file, folder, stop.signal)).rejects.toBe(stop.signal.reason);
});
