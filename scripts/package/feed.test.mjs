// The update feed on Linux.

import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addToFeed, readRepository } from './feed.mjs';

const releaseDate = new Date(0);
let folder;
let deb;
let feed;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterimage-feed-'));
  deb = join(folder, 'a.deb');
  feed = join(folder, 'latest-linux.yml');
  await writeFile(deb, 'package');
});
afterEach(() => rm(folder, { recursive: true }));

const sha512 = createHash('sha512').update('package').digest('base64');

test('a new feed contains the file, its hash and its size', async () => {
  await addToFeed(feed, { version: '1.2.3', file: deb, releaseDate });
  expect(await readFile(feed, 'utf8')).toBe(
    `version: 1.2.3\nfiles:\n  - url: a.deb\n    sha512: ${sha512}\n    size: 7\npath: a.deb\nsha512: ${sha512}\nreleaseDate: '1970-01-01T00:00:00.000Z'\n`,
  );
});

test('addToFeed keeps entries of the same version and removes those of another', async () => {
  const other = 'version: 1.2.3\nfiles:\n  - url: a.AppImage\n    sha512: x\n    size: 1\npath: a.AppImage\n';
  await writeFile(feed, other);
  await addToFeed(feed, { version: '1.2.3', file: deb, releaseDate });
  expect(await readFile(feed, 'utf8')).toContain('url: a.AppImage');
  expect(await readFile(feed, 'utf8')).toContain('url: a.deb');
  await addToFeed(feed, { version: '1.2.4', file: deb, releaseDate });
  expect(await readFile(feed, 'utf8')).not.toContain('AppImage');
});

test('readRepository accepts owner/name and rejects everything else', () => {
  expect(readRepository('someone/afterimage')).toEqual({ owner: 'someone', repo: 'afterimage' });
  for (const text of [undefined, '', 'someone', 'a/b/c', 'a b/c', 'a/b\nprivate: true']) {
    expect(readRepository(text)).toBeUndefined();
  }
});
