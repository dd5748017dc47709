// Finding a known service by name.
import { expect, test } from 'vitest';
import { addressSchema } from './addresses';
import { knownServiceOf, knownServices, searchKnownServices } from './known-services';
import { modelIdSchema } from './services';

const names = (text: string) => searchKnownServices(knownServices, text).map(({ name }) => name);

test.each([
  ['grok', ['xAI']],
  ['  NANO   banana ', ['Google Gemini']],
  ['dashscope', ['Alibaba Cloud (Qwen-Image)']],
  ['seedream', ['BytePlus (Seedream)']],
  ['forge', ['Stable Diffusion web UI']],
  ['litellm', ['Another OpenAI-compatible service']],
  ['nothing like that', []],
])('%j finds %j', (text, found) => {
  expect(names(text)).toEqual(found);
});

test('an empty search lists every service, each once', () => {
  expect(names('')).toHaveLength(knownServices.length);
  expect(new Set(names('')).size).toBe(knownServices.length);
});

test('every address and every link is valid', () => {
  for (const { address, keyUrl } of knownServices) {
    for (const url of [address, keyUrl]) {
      if (url !== null) expect(addressSchema.safeParse(url).success).toBe(true);
    }
  }
});

test('a service is recognised by its address, otherwise by its kind', () => {
  const kind = 'openai-compatible';
  expect(knownServiceOf({ kind, address: 'http://127.0.0.1:8080/v1' })?.name).toBe('LocalAI');
  expect(knownServiceOf({ kind: 'google', address: 'https://example.org' })?.name).toBe('Google Gemini');
  expect(knownServiceOf({ kind: 'painter', address: null })).toBeUndefined();
});

test.each(['a\\b', 'x+y&z', '"quoted" and \'single\'', 'SDXL 光 Ж.safetensors [abc]', 'x'.repeat(200)])(
  'a model may be called %j',
  (id) => {
    expect(modelIdSchema.safeParse(id).success).toBe(true);
  },
);

test.each(['', '   ', 'a\nb', 'a\0', 'x'.repeat(201)])('a model cannot be called %j', (id) => {
  expect(modelIdSchema.safeParse(id).success).toBe(false);
});
