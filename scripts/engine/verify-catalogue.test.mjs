// The check of the engine's catalogue, against a loopback server.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { ZipFile } from 'yazl';
import { sha256Of, startDownloadServer } from '../../tests/servers/downloads';
import { tarGz } from '../../tests/servers/tar-gz';
import { verifyCatalogue } from './verify-catalogue.mjs';

let server;
let file;
let catalogue;

beforeEach(async () => {
  server = await startDownloadServer();
  onTestFinished(server.close);
  const folder = mkdtempSync(path.join(tmpdir(), 'afterimage-verify-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  file = path.join(folder, 'catalogue.json');
  const archive = new ZipFile();
  archive.addBuffer(Buffer.from('program'), 'sd-server');
  archive.end();
  const entry = (id, name, bytes, more) => ({
    id,
    label: id,
    isVerified: false,
    files: [
      {
        name,
        urls: [server.serve(`/${name}`, bytes)],
        bytes: bytes.length,
        sha256: sha256Of(bytes),
        ...more,
      },
    ],
  });
  const zip = await buffer(archive.outputStream);
  catalogue = {
    engines: [{ ...entry('engine', 'e.zip', zip, { unpack: 'zip' }), executable: 'sd-server' }],
    models: [entry('model', 'm.gguf', Buffer.from('weights'))],
  };
});

/** Returns the output, the exit code, and the catalogue afterwards. */
async function verify(...args) {
  writeFileSync(file, JSON.stringify(catalogue));
  const lines = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line) => lines.push(line));
  const code = await verifyCatalogue([file, ...args]);
  log.mockRestore();
  return { code, output: lines.join('\n'), after: JSON.parse(readFileSync(file, 'utf8')) };
}

test('accepts a correct catalogue, lists unmarked entries, and changes nothing', async () => {
  const { code, output, after } = await verify();
  expect(code).toBe(0);
  expect(output).toContain('model (model), not marked as verified');
  expect(output).toContain('2 right, 0 wrong, 0 without a hash');
  expect(after).toEqual(catalogue);
});

test('marks correct entries with --write', async () => {
  const { after } = await verify('--write');
  expect([...after.engines, ...after.models].map(({ isVerified }) => isVerified)).toEqual([true, true]);
});

test('refuses a wrong hash, a wrong size and a missing file, and does not write them', async () => {
  catalogue.models[0].files[0].sha256 = 'f'.repeat(64);
  catalogue.models.push({ ...catalogue.models[0], id: 'gone' });
  catalogue.models[1].files = [{ ...catalogue.models[0].files[0], urls: [`${server.origin}/gone`] }];
  const { code, output, after } = await verify('--write');
  expect(code).toBe(1);
  expect(output).toContain('1 right, 2 wrong');
  expect(after.models).toEqual(catalogue.models);
});

test('fills in an unknown hash with --write, and fails without it', async () => {
  const [wanted] = catalogue.models[0].files;
  catalogue.models[0].files = [{ ...wanted, sha256: null, bytes: 1 }];
  expect((await verify()).code).toBe(1);
  const { code, after } = await verify('--write');
  expect(code).toBe(0);
  expect(after.models[0]).toMatchObject({ isVerified: true, files: [wanted] });
});

test('refuses mirrors that differ', async () => {
  const [wanted] = catalogue.models[0].files;
  catalogue.models[0].files = [
    { ...wanted, sha256: null, urls: [...wanted.urls, server.serve('/other', Buffer.from('other'))] },
  ];
  const { after } = await verify('--write');
  expect(after.models).toEqual(catalogue.models);
});

test('refuses an engine whose archive lacks the program', async () => {
  catalogue.engines[0].executable = 'bin/sd-server';
  const { code, output } = await verify();
  expect(code).toBe(1);
  expect(output).toContain('No archive has the program bin/sd-server.');
});

test('requests only the sizes with --quick', async () => {
  const { code, output } = await verify('--quick');
  expect(output).toContain('2 right, 0 wrong');
  expect(code).toBe(0);
  catalogue.models[0].files[0].bytes = 3;
  expect((await verify('--quick')).code).toBe(1);
});

test('looks for the program in a gzipped tar file', async () => {
  const archive = tarGz([
    { name: './bin/', folder: true },
    { name: './bin/sd-server', text: 'program' },
  ]);
  const [engine] = catalogue.engines;
  const url = server.serve('/e.tar.gz', archive);
  engine.files = [
    { name: 'e.tar.gz', urls: [url], bytes: archive.length, sha256: sha256Of(archive), unpack: 'tar.gz' },
  ];
  engine.executable = 'bin/sd-server';
  expect(await verify()).toMatchObject({ code: 0 });
  engine.executable = 'sd-server';
  const { code, output } = await verify();
  expect(code).toBe(1);
  expect(output).toContain('No archive has the program sd-server.');
});
