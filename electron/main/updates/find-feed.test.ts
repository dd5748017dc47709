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
    isCustomDataFolder: false,
    resources: folder,
    platform: 'linux',
    appImage: '/home/somebody/Afterimage.AppImage',
    cacheFolder: path.join(folder, 'home', 'cache'),
  };
});
afterEach(() => rmSync(folder, { recursive: true }));

test('finds no feed in a build without one', () => {
  expect(findFeed(options)).toBeNull();
});

test('uses the feed of the build unless the data folder is custom', () => {
  writeFileSync(path.join(folder, 'app-update.yml'), '');
  expect(findFeed(options)).toEqual({ configFile: null, origin: 'https://github.com' });
  expect(findFeed({ ...options, isCustomDataFolder: true })).toBeNull();
});

test('finds no feed for an unpacked folder on Linux, which cannot be replaced', () => {
  writeFileSync(path.join(folder, 'app-update.yml'), '');
  const unpacked = { ...options, appImage: null };
  expect(findFeed(unpacked)).toBeNull();
  expect(findFeed({ ...unpacked, platform: 'win32' })).toEqual({
    configFile: null,
    origin: 'https://github.com',
  });
  writeFileSync(path.join(folder, 'package-type'), 'deb');
  expect(findFeed(unpacked)).toEqual({ configFile: null, origin: 'https://github.com' });
});

test('prefers the feed from the environment and downloads into the data folder', () => {
  const feed = findFeed({ ...options, address: 'http://127.0.0.1:8080/feed', isCustomDataFolder: true });
  const config = JSON.parse(readFileSync(feed?.configFile ?? '', 'utf8'));
  expect(config).toMatchObject({ provider: 'generic', url: 'http://127.0.0.1:8080/feed' });
  expect(path.join(options.cacheFolder, config.updaterCacheDirName)).toBe(
    path.join(options.dataFolder, 'updates'),
  );
});
