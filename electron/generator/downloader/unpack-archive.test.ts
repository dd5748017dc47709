import { randomBytes } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { ZipFile } from 'yazl';
import { sha256Of } from '../../../tests/servers/downloads';
import { tarGz } from '../../../tests/servers/tar-gz';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { BadArchiveError } from './archive-entries';
import { unpackArchive } from './unpack-archive';

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

type Limits = { maxFiles: number; maxBytes: number };
type Kind = 'zip' | 'tar.gz';

function unpack(bytes: Buffer, limits?: Limits, kind: Kind = 'zip', signal = new AbortController().signal) {
  const archive = path.join(root, 'archive.zip');
  writeFileSync(archive, bytes);
  return unpackArchive({ kind, archive, folder }, signal, limits);
}

const untar = (bytes: Buffer, limits?: Limits) => unpack(bytes, limits, 'tar.gz');

/** Replaces a name everywhere in an archive by one of the same length, which yazl itself would refuse to write. */
function rename(bytes: Buffer, from: string, to: string): Buffer {
  expect(to).toHaveLength(from.length);
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
}

test('writes files and folders with their hashes and execute permissions', async () => {
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

  test('more bytes than the limit, even if they compress to few', async () => {
    const bomb = await zip([{ name: 'zeros', text: '\0'.repeat(5_000_000) }]);
    expect(bomb.length).toBeLessThan(20_000);
    await expect(unpack(bomb, { maxFiles: 3, maxBytes: 4_999_999 })).rejects.toThrow(BadArchiveError);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a file that is larger than its entry says', async () => {
    const bytes = await zip([{ name: 'zeros', text: '\0'.repeat(500_000) }]);
    // In the central directory, the uncompressed size is 24 bytes after the signature.
    const entry = bytes.indexOf(Buffer.from('504b0102', 'hex'));
    bytes.writeUInt32LE(10, entry + 24);
    await expect(unpack(bytes)).rejects.toThrow(BadArchiveError);
  });

  test.each([
    ['bytes that are not an archive', Buffer.from('this is no archive'.repeat(10))],
    ['nothing', Buffer.alloc(0)],
  ])('%s', async (_what, bytes) => {
    await expect(unpack(bytes)).rejects.toThrow(BadArchiveError);
  });

  test('an archive that was cut', async () => {
    const bytes = await zip([{ name: 'a', text: 'x'.repeat(1_000) }]);
    await expect(unpack(bytes.subarray(0, bytes.length - 30))).rejects.toThrow(BadArchiveError);
  });
});

test('rejects with the abort reason when it is aborted', async () => {
  const stop = new AbortController();
  stop.abort();
  const bytes = await zip([{ name: 'a', text: 'x' }]);
  await expect(unpack(bytes, undefined, 'zip', stop.signal)).rejects.toBe(stop.signal.reason);
  await expect(unpack(tarGz([{ name: 'a', text: 'x' }]), undefined, 'tar.gz', stop.signal)).rejects.toBe(
    stop.signal.reason,
  );
});

const linkMode = 0o120777;

describe('a link', () => {
  test('to a file of the archive becomes that file, also through other links', async () => {
    const files = await unpack(
      await zip([
        { name: 'lib/libsd.so', text: 'libsd.so.1', mode: linkMode },
        { name: 'lib/libsd.so.1', text: './libsd.so.1.2', mode: linkMode },
        { name: 'lib/libsd.so.1.2', text: 'library' },
        { name: 'libsd.so', text: 'lib/libsd.so', mode: linkMode },
      ]),
    );
    const sha256 = sha256Of(Buffer.from('library'));
    const names = ['lib/libsd.so', 'lib/libsd.so.1', 'lib/libsd.so.1.2', 'libsd.so'];
    expect(files.toSorted((one, other) => one.name.localeCompare(other.name))).toEqual(
      names.map((name) => ({ name, bytes: 7, sha256 })),
    );
    for (const name of names) {
      expect(lstatSync(path.join(folder, name)).isFile()).toBe(true);
      expect(readFileSync(path.join(folder, name), 'utf8')).toBe('library');
    }
  });

  test.each([
    ['outside', '../../etc/passwd'],
    ['to an absolute path', '/etc/passwd'],
    ['to what is not there', 'missing'],
    ['to a folder', 'lib'],
    ['to itself', 'link'],
  ])('%s is refused in both kinds of archive', async (_what, target) => {
    const library = { name: 'lib/libsd.so', text: 'library' };
    await expect(
      unpack(await zip([library, { name: 'link', text: target, mode: linkMode }])),
    ).rejects.toThrow(BadArchiveError);
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    await expect(untar(tarGz([library, { name: 'link', linkTo: target }]))).rejects.toThrow(BadArchiveError);
    expect(existsSync(path.join(folder, 'link'))).toBe(false);
  });
});

describe('a gzipped tar file', () => {
  test('is unpacked like a zip file, with folders, links, long names and execute permissions', async () => {
    const long = `${'folder/'.repeat(40)}libsd.so`;
    const files = await untar(
      tarGz([
        { name: './', folder: true },
        { name: './sd-server', text: 'program', mode: 0o755 },
        { name: './lib/', folder: true },
        { name: './lib/libsd.so', linkTo: 'libsd.so.1' },
        { name: './lib/libsd.so.1', text: 'x'.repeat(100_000) },
        { name: './empty', text: '' },
        { name: long, text: 'deep' },
        { name: 'copy', hardLinkTo: './sd-server' },
      ]),
    );
    expect(files.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['sd-server', 7],
      ['lib/libsd.so.1', 100_000],
      ['empty', 0],
      [long, 4],
      ['lib/libsd.so', 100_000],
      ['copy', 7],
    ]);
    expect(files[0]?.sha256).toBe(sha256Of(Buffer.from('program')));
    expect(readFileSync(path.join(folder, 'lib/libsd.so'), 'utf8')).toBe('x'.repeat(100_000));
    expect(statSync(path.join(folder, 'sd-server')).mode & 0o777).toBe(0o755 & ~process.umask());
    expect(statSync(path.join(folder, 'empty')).mode & 0o111).toBe(0);
  });

  test.each([
    ['a path outside', { name: '../evil', text: 'x' }],
    ['a path outside by a detour', { name: 'b/../../evil', text: 'x' }],
    ['an absolute path', { name: '/evil', text: 'x' }],
    ['a path with a drive', { name: 'C:evil', text: 'x' }],
    ['a path with backslashes', { name: '..\\evil', text: 'x' }],
    ['a pipe', { name: 'pipe', type: 'FIFO' as const }],
    ['a device', { name: 'device', type: 'CharacterDevice' as const }],
  ])('with %s is refused', async (_what, entry) => {
    await expect(untar(tarGz([entry]))).rejects.toThrow(BadArchiveError);
    expect(readdirSync(root).toSorted()).toEqual(['archive.zip', 'out']);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('with two files of one name is refused', async () => {
    const bytes = tarGz([
      { name: 'one', text: '1' },
      { name: 'one', text: '2' },
    ]);
    await expect(untar(bytes)).rejects.toThrow(BadArchiveError);
    expect(readFileSync(path.join(folder, 'one'), 'utf8')).toBe('1');
  });

  test('with too many files or bytes is refused', async () => {
    const contents = Array.from({ length: 4 }, (_, index) => ({ name: `f${index}`, text: 'x' }));
    await expect(untar(tarGz(contents), { maxFiles: 3, maxBytes: 1_000 })).rejects.toThrow(BadArchiveError);
    const bomb = tarGz([{ name: 'zeros', text: '\0'.repeat(5_000_000) }]);
    expect(bomb.length).toBeLessThan(20_000);
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    await expect(untar(bomb, { maxFiles: 3, maxBytes: 4_999_999 })).rejects.toThrow(BadArchiveError);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['not an archive', () => Buffer.from('this is no archive'.repeat(100))],
    ['nothing', () => Buffer.alloc(0)],
    ['a gzip file without a tar file', () => gzipSync('no tar file')],
    [
      'one that was cut',
      () => tarGz([{ name: 'a', text: randomBytes(50_000).toString('hex') }]).subarray(0, 30_000),
    ],
  ])('that is %s is refused', async (_what, make) => {
    await expect(untar(make())).rejects.toThrow(BadArchiveError);
  });
});
