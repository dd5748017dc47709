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

test('says that a file is missing', () => {
  expect(readServicesFile(path.join(path.dirname(file), 'none.json'))).toMatchObject({
    message: 'AFTERIMAGE_SERVICES: the file cannot be read.',
  });
});
