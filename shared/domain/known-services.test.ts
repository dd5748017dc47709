// Tests the search of known services by name.
import { afterEach, describe, expect, test } from 'vitest';
import { setLanguage } from '../languages/translate';
import { addressSchema } from './addresses';
import {
  isAnotherService,
  knownServiceOf,
  knownServices,
  nameOfKnown,
  searchKnownServices,
  unlistedService,
} from './known-services';
import { serviceKindIds } from './service-kinds';
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

test.each([
  // A match of the name, before services of that kind.
  ['compat', 'Another OpenAI-compatible service'],
  ['another', 'Another OpenAI-compatible service'],
  ['openai', 'OpenAI'],
  ['open', 'OpenAI'],
  ['openr', 'OpenRouter'],
  // The service that most users look for, although another name begins with the text.
  ['gemini', 'Google Gemini'],
  // A word that begins with the text, before a word or description that contains it.
  ['fal', 'fal'],
  ['flux', 'Black Forest Labs'],
  ['local', 'LocalAI'],
  ['studio', 'LM Studio'],
  ['l', 'LM Studio'],
  ['ai', 'Gemini on Vertex AI'],
])('%j finds %s first', (text, first) => {
  expect(names(text)[0]).toBe(first);
});

test('an empty search keeps the order in which services are offered', () => {
  expect(searchKnownServices(knownServices, ' ')).toEqual(knownServices);
});

test('an empty search lists every service, each once', () => {
  expect(names('')).toHaveLength(knownServices.length);
  expect(new Set(names('')).size).toBe(knownServices.length);
});

test('every kind of network service can be added by name', () => {
  const kinds = new Set(knownServices.map(({ kind }) => kind));
  expect(
    serviceKindIds.filter((kind) => kind !== 'painter' && !kinds.has(kind)),
    'kinds without an entry in shared/domain/known-services.ts',
  ).toEqual([]);
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

describe('the entry for a service that is not listed', () => {
  afterEach(() => setLanguage('en', {}));
  const german = { 'connect.another_service': 'Anderer OpenAI-kompatibler Dienst' };

  test.each(['anderer', 'another', 'DIENST kompatibler', 'litellm'])('is found by %j in German', (text) => {
    setLanguage('de', german);
    expect(searchKnownServices(knownServices, text).map(nameOfKnown)).toContain(
      'Anderer OpenAI-kompatibler Dienst',
    );
  });

  test('gives a name that counts as generic in every language', () => {
    setLanguage('de', german);
    expect(isAnotherService('Another OpenAI-compatible service 2')).toBe(true);
    expect(isAnotherService('Anderer OpenAI-kompatibler Dienst 2')).toBe(true);
    expect(isAnotherService('Anderer Ort')).toBe(false);
    setLanguage('en', {});
    expect(isAnotherService('LM Studio')).toBe(false);
  });
});

test.each([
  ['https://gateway.example/v1', 'https://gateway.example/v1'],
  [' http://127.0.0.1:8000 ', 'http://127.0.0.1:8000'],
  ['gateway.example', 'gateway.example'],
  ['localhost:4000/v1', 'localhost:4000/v1'],
  ['my gateway', null],
  ['sk-0123456789abcdef', null],
  ['', null],
])('the entry for an unlisted service takes the address %j', (text, address) => {
  const unlisted = unlistedService(text);
  expect(unlisted?.name).toMatch(/^Another /);
  expect(unlisted?.address).toBe(address);
});
