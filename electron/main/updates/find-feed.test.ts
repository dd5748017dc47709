// Where newer versions are looked for.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FeedOptions, findFeed } from './find-feed';

let folder: string;
let options: FeedOptions;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'afterimage-feed-'));
  options = {
    address: null,
    dataFolder: path.join(folder, 'data'),
    isChosenFolder: false,
    resources: folder,
    platform: 'linux',
    appImage: '/home/somebody/Afterimage.AppImage',
    cacheFolder: path.join(folder, 'home', 'cache'),
  };
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a build without a feed looks nowhere', () => {
  expect(findFeed(options)).toBeNull();
});

test("a build's own feed holds, but not for a data folder that was chosen", () => {
  writeFileSync(path.join(folder, 'app-update.yml'), '');
  expect(findFeed(options)).toEqual({ configFile: null });
  expect(findFeed({ ...options, isChosenFolder: true })).toBeNull();
});

test('on Linux a folder that was only unpacked looks nowhere: nothing could put a newer one in its place', () => {
  writeFileSync(path.join(folder, 'app-update.yml'), '');
  const unpacked = { ...options, appImage: null };
  expect(findFeed(unpacked)).toBeNull();
  expect(findFeed({ ...unpacked, platform: 'win32' })).toEqual({ configFile: null });
  writeFileSync(path.join(folder, 'package-type'), 'deb');
  expect(findFeed(unpacked)).toEqual({ configFile: null });
});

test('an address of the environment goes first, and downloads go into the data folder', () => {
  const feed = findFeed({ ...options, address: 'http://127.0.0.1:8080/feed', isChosenFolder: true });
  const config = JSON.parse(readFileSync(feed?.configFile ?? '', 'utf8'));
  expect(config).toMatchObject({ provider: 'generic', url: 'http://127.0.0.1:8080/feed' });
  expect(path.join(options.cacheFolder, config.updaterCacheDirName)).toBe(
    path.join(options.dataFolder, 'updates'),
  );
});
