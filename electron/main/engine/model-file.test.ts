import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { checkModelFile } from './model-file';
import { ownId, readOwnAddress } from './own-models';

let folder: string;

beforeEach(() => {
  const temporary = temporaryFolder();
  onTestFinished(temporary.remove);
  folder = temporary.folder;
});

function check(bytes: Uint8Array, name = 'model.bin') {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return checkModelFile(file);
}

function safetensors(header: string, length = BigInt(header.length)): Buffer {
  const start = Buffer.alloc(8);
  start.writeBigUInt64LE(length);
  return Buffer.concat([start, Buffer.from(header), Buffer.alloc(32)]);
}

const gguf = Buffer.concat([Buffer.from('GGUF\x03\0\0\0'), Buffer.alloc(100)]);

test('accepts both formats by their content, whatever the name is', async () => {
  expect(await check(gguf, 'Juggernaut XL.bin')).toMatchObject({
    ok: true,
    value: { label: 'Juggernaut XL', bytes: gguf.length, role: 'diffusion-model' },
  });
  expect(await check(safetensors('{"a":{"dtype":"F16"}}'))).toMatchObject({ ok: true });
});

test('tells a whole checkpoint from a diffusion model by its decoder', async () => {
  const header = '{"first_stage_model.decoder.conv_in.weight":{"dtype":"F16"}}';
  expect(await check(safetensors(header))).toMatchObject({ value: { role: 'model' } });
  expect(await check(safetensors('{"blocks.0.weight":{}}'))).toMatchObject({
    value: { role: 'diffusion-model' },
  });
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a picture', Buffer.from('\x89PNG\r\n\x1a\n'.padEnd(100, 'x'), 'latin1')],
  ['a zip archive, such as a pickle', Buffer.from('PK\x03\x04'.padEnd(100, 'x'))],
  ['the magic alone', Buffer.from('GGUF')],
  ['a version that does not exist', Buffer.concat([Buffer.from('GGUF\x00\x00\x00\x03'), Buffer.alloc(100)])],
  ['a header that is longer than the file', safetensors('{}', 1_000_000n)],
  ['a header without JSON', safetensors('[]')],
])('refuses %s', async (_what, bytes) => {
  expect(await check(bytes)).toMatchObject({ ok: false, code: 'not_a_model' });
});

test('refuses a folder and a file that is missing', async () => {
  mkdirSync(path.join(folder, 'x.gguf'));
  expect(await checkModelFile(path.join(folder, 'x.gguf'))).toMatchObject({ code: 'not_a_model' });
  expect(await checkModelFile(path.join(folder, 'none'))).toMatchObject({ code: 'not_a_model' });
});

test.each([
  ['https://example.com/a/My%20Model.v2.gguf?download=true', 'My-Model.v2', 'own-my-model-v2-aaaaaaaa'],
  ['https://example.com/', 'example.com', 'own-example-com-aaaaaaaa'],
  ['https://example.com/%E6%A8%A1%E5%9E%8B.safetensors', 'safetensors', 'own-safetensors-aaaaaaaa'],
  ['https://example.com/..%2F..%2Fetc%2Fpasswd', 'etc-passwd', 'own-etc-passwd-aaaaaaaa'],
  ['https://example.com/%ZZ.gguf', 'ZZ', 'own-zz-aaaaaaaa'],
])('names the model at %s', (url, label, id) => {
  const read = readOwnAddress({ url, sha256: 'a'.repeat(64), role: 'model' }, false);
  expect(read).toMatchObject({ ok: true, value: { id, own: { label } } });
  if (read.ok) expect(read.value.own.name).toMatch(/^\w[\w.+-]*$/);
});

test('an id is valid for every label', () => {
  for (const label of ['', '模型', '---', 'A'.repeat(300), 'CON', 'a.b']) {
    expect(ownId(label, 'ab12cd34')).toMatch(/^own-(?:[a-z0-9-]*[a-z0-9]-)?ab12cd34$/);
    expect(ownId(label, 'ab12cd34').length).toBeLessThanOrEqual(64);
  }
});
