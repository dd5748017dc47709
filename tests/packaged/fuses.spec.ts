// The packaged build: its fuses, its files, and that the tested build differs from it in one fuse only.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { packagedFolder } from '../harness/launch';

const folder = packagedFolder();
const executable = path.join(folder, 'afterimage');

test('the packaged build has every fuse set as intended', async () => {
  const { FuseState, FuseV1Options, getCurrentFuseWire } = await import('@electron/fuses');
  const wire = await getCurrentFuseWire(executable);
  expect({
    runAsNode: wire[FuseV1Options.RunAsNode],
    cookieEncryption: wire[FuseV1Options.EnableCookieEncryption],
    nodeOptions: wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
    inspect: wire[FuseV1Options.EnableNodeCliInspectArguments],
    asarIntegrity: wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
    onlyAsar: wire[FuseV1Options.OnlyLoadAppFromAsar],
    browserSnapshot: wire[FuseV1Options.LoadBrowserProcessSpecificV8Snapshot],
    filePrivileges: wire[FuseV1Options.GrantFileProtocolExtraPrivileges],
  }).toEqual({
    runAsNode: FuseState.DISABLE,
    cookieEncryption: FuseState.ENABLE,
    nodeOptions: FuseState.DISABLE,
    inspect: FuseState.DISABLE,
    asarIntegrity: FuseState.ENABLE,
    onlyAsar: FuseState.ENABLE,
    browserSnapshot: FuseState.DISABLE,
    filePrivileges: FuseState.DISABLE,
  });
});

test('the tested build differs from the packaged build in one byte', () => {
  const real = readFileSync(executable);
  const driven = readFileSync(process.env['AFTERIMAGE_ELECTRON'] ?? '');
  expect(driven.length).toBe(real.length);
  const differing: number[] = [];
  // Compares pages first, because comparing 180 million bytes one by one takes seconds.
  for (let start = 0; start < real.length; start += 4096) {
    if (real.subarray(start, start + 4096).equals(driven.subarray(start, start + 4096))) continue;
    for (let at = start; at < Math.min(start + 4096, real.length); at += 1) {
      if (real[at] !== driven[at]) differing.push(at);
    }
  }
  expect(differing).toHaveLength(1);
});

test('the package contains only what the app needs', async () => {
  const { listPackage } = await import('@electron/asar');
  const names = listPackage(path.join(folder, 'resources', 'app.asar'), { isPack: false });
  const top = new Set(names.map((name) => name.split(path.sep)[1]));
  // Only the fallback runtime needs its own SQLite addon.
  top.delete('.runtime');
  expect([...top].sort()).toEqual(['node_modules', 'out', 'package.json']);
  expect(names.filter((name) => /\.(ts|tsx|map|test\.\w+)$/.test(name))).toEqual([]);
  const addons = names.filter((name) => name.endsWith('.node'));
  expect(addons).toHaveLength(2);
  for (const addon of addons) expect(addon).toContain(`${process.platform}-${process.arch}`);
  expect(readdirSync(path.join(folder, 'resources')).sort()).toEqual([
    'LICENSE.txt',
    'THIRD-PARTY-NOTICES.txt',
    'app.asar',
    'app.asar.unpacked',
  ]);
});

test('the package contains the licences of its components', () => {
  for (const name of ['LICENSE.electron.txt', 'LICENSES.chromium.html', 'resources/LICENSE.txt']) {
    expect(statSync(path.join(folder, name)).size, name).toBeGreaterThan(1000);
  }
  const notices = readFileSync(path.join(folder, 'resources', 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  // A bundled package, an addon, and a library that the addon was compiled from.
  for (const part of [
    'react-dom ',
    'openai ',
    '@napi-rs/canvas-linux-x64-gnu ',
    '  libwebp ',
    '  cssparser ',
  ]) {
    expect(notices).toContain(`\n${part}`);
  }
});
