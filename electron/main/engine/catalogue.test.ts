import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startLoopback } from '../../../tests/servers/loopback';
import { temporaryFolder } from '../test-support/temporary-folder';
import builtIn from './built-in-catalogue.json';
import { readCatalogue } from './catalogue';
import { fetchText } from './fetch-text';

let folder: string;

beforeEach(() => {
  const temporary = temporaryFolder();
  onTestFinished(temporary.remove);
  folder = temporary.folder;
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
});

const read = (given: string | null) =>
  readCatalogue({ given, fetchText: (url, maxBytes) => fetchText(fetch, url, maxBytes) });

function file(text: string): string {
  const name = path.join(folder, 'catalogue.json');
  writeFileSync(name, text);
  return name;
}

test('is the built-in one without a given one', async () => {
  expect(await read(null)).toEqual({ ok: true, value: builtIn });
});

describe('a given one', () => {
  const one = { version: 1, engines: [], models: [] };
  const good = JSON.stringify(one);

  test('is read from a path, also with a byte order mark', async () => {
    expect(await read(file(good))).toEqual({ ok: true, value: one });
    expect(await read(file(`\uFEFF${good}`))).toEqual({ ok: true, value: one });
  });

  test('is read from an address', async () => {
    let text = good;
    const server = await startLoopback(() => ({
      body: { status: 200, contentType: 'application/json', bytes: Buffer.from(text) },
    }));
    onTestFinished(server.close);
    expect(await read(`${server.origin}/catalogue.json`)).toEqual({ ok: true, value: one });
    text = ' '.repeat(1_000_001);
    expect(await read(`${server.origin}/catalogue.json`)).toMatchObject({
      code: 'engine_catalogue_unusable',
    });
  });

  const withEngine = (changes: object) => {
    const [engine] = builtIn.engines;
    return JSON.stringify({ ...one, engines: [{ ...engine, ...changes }] });
  };

  test.each([
    ['no JSON', '{'],
    ['another version', JSON.stringify({ ...one, version: 2 })],
    ['an unknown field', JSON.stringify({ ...one, extra: 1 })],
    ['too much', ' '.repeat(1_000_001)],
    ['a program outside its folder', withEngine({ executable: '../sh' })],
    ['an absolute program', withEngine({ executable: '/bin/sh' })],
    ['an id that is a path', withEngine({ id: '../../x' })],
    ['an id for Windows to misread', withEngine({ id: 'con.' })],
    ['one id twice', JSON.stringify({ ...one, engines: [builtIn.engines[0], builtIn.engines[0]] })],
  ])('that has %s is an error, and the built-in one does not replace it', async (_what, text) => {
    expect(await read(file(text))).toMatchObject({ ok: false, code: 'engine_catalogue_unusable' });
  });

  test('that is missing, or a folder, or unreachable is an error', async () => {
    mkdirSync(path.join(folder, 'a'));
    for (const given of [path.join(folder, 'none'), path.join(folder, 'a'), 'http://127.0.0.1:1/x']) {
      expect(await read(given)).toMatchObject({ code: 'engine_catalogue_unusable' });
    }
  });
});
