// The file of AFTERIMAGE_SERVICES: what is accepted, and what a wrong one says.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { readServicesFile } from './read-services-file';

let file: string;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  file = path.join(folder, 'services.json');
});

function read(content: unknown) {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readServicesFile(file);
}

test('reads services with their keys, which may be missing', () => {
  const found = read([
    {
      ...{ id: 'a', kind: 'openrouter', name: 'Mine', baseUrl: 'http://127.0.0.1:5103/api/v1', key: 'k' },
      model: 'google/gemini-nano-banana-2.1',
    },
    { id: 'b.2', kind: 'comfyui' },
  ]);
  expect(found).toMatchObject({
    ok: true,
    services: [
      {
        ...{ id: 'a', kind: 'openrouter', name: 'Mine', address: 'http://127.0.0.1:5103/api/v1' },
        ...{ pictureModel: 'google/gemini-nano-banana-2.1', enabled: true },
      },
      { id: 'b.2', kind: 'comfyui', name: 'ComfyUI', address: null, pictureModel: null },
    ],
  });
  expect(found.ok && [...found.keys]).toEqual([['a', 'k']]);
});

test('accepts a byte order mark, and the fields of a later version', () => {
  expect(read('\uFEFF[{"id":"a","kind":"fal","later":1}]')).toMatchObject({ ok: true });
});

const secret = 'sk-secret with spaces';

test.each([
  ['{', 'the file is not JSON'],
  ['', 'the file is not JSON'],
  ['{}', 'the file must be a list of 1 to 100 services'],
  ['[]', 'the file must be a list of 1 to 100 services'],
  ['[7]', 'service 1 is not an object'],
  ['[{"id":"a"}]', 'service 1 has no valid "kind"'],
  [
    [
      { id: 'a', kind: 'fal' },
      { id: 'b', kind: 'dreamer' },
    ],
    'service 2 has no valid "kind"',
  ],
  [[{ id: '../x', kind: 'fal' }], 'service 1 has no valid "id"'],
  [[{ id: 'automatic', kind: 'fal' }], 'service 1 has no valid "id"'],
  [[{ id: 'a', kind: 'fal', baseUrl: 'file:///etc/passwd' }], 'service 1 has no valid "baseUrl"'],
  [[{ id: 'a', kind: 'fal', baseUrl: 'https://user:pw@example.org' }], 'service 1 has no valid "baseUrl"'],
  [[{ id: 'a/b', kind: 'fal' }], 'service 1 has no valid "id"'],
  [[{ id: '🦊', kind: 'fal' }], 'service 1 has no valid "id"'],
  [[{ id: 'constructor', kind: 'fal' }], 'service 1 has no valid "id"'],
  [[{ id: '__proto__', kind: 'fal' }], 'service 1 has no valid "id"'],
  [[{ id: 'a', kind: '__proto__' }], 'service 1 has no valid "kind"'],
  [[{ id: 'a', kind: 'toString' }], 'service 1 has no valid "kind"'],
  [[{ id: 'a', kind: 'fal', name: 7 }], 'service 1 has no valid "name"'],
  [[{ id: 'a', kind: 'fal', model: 'x'.repeat(201) }], 'service 1 has no valid "model"'],
  [[{ id: 'a', kind: 'fal', headers: { 'X-A': 'a\r\nHost: b' } }], 'service 1 has no valid "headers"'],
  [[{ id: 'a', kind: 'fal', headers: { 'X-A\r\nHost': 'b' } }], 'service 1 has no valid "headers"'],
  [[{ id: 'a', kind: 'fal', headers: { Authorization: 'b' } }], 'service 1 has no valid "headers"'],
  [[{ id: 'a', kind: 'fal', headers: { host: 'b' } }], 'service 1 has no valid "headers"'],
  [
    Array.from({ length: 1000 }, (_, index) => ({ id: `a${index}`, kind: 'fal' })),
    'the file must be a list of 1 to 100 services',
  ],
  [[{ id: 'a', kind: 'fal', later: 'x'.repeat(1_000_000) }], 'the file is larger than 1 MB'],
  [[{ id: 'a', kind: 'fal', key: secret }], 'service 1 has no valid "key"'],
  [
    [
      { id: 'a', kind: 'fal' },
      { id: 'a', kind: 'xai' },
    ],
    'the id of service 2 is there twice',
  ],
])('refuses %j', (content, what) => {
  expect(read(content)).toEqual({ ok: false, message: `AFTERIMAGE_SERVICES: ${what}.` });
});

test.skipIf(process.platform === 'win32')('does not wait for a device', () => {
  expect(readServicesFile('/dev/zero')).toMatchObject({
    message: 'AFTERIMAGE_SERVICES: it is not the path of a file.',
  });
});

test('a header with the name of the prototype changes nothing', () => {
  const found = read('[{"id":"a","kind":"xai","headers":{"__proto__":"x"}}]');
  expect(found.ok && Object.entries(found.services[0]?.headers ?? {})).toEqual([]);
});

test('says that a file is missing', () => {
  expect(readServicesFile(path.join(path.dirname(file), 'none.json'))).toMatchObject({
    message: 'AFTERIMAGE_SERVICES: the file cannot be read.',
  });
});
