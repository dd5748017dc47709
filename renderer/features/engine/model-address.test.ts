import { expect, test } from 'vitest';
import { addressProblem } from './model-address';

const sha256 = '0123456789abcdef'.repeat(4);

test.each([
  'https://example.com/a/model.gguf?download=true',
  'http://127.0.0.1:8080/model.safetensors',
  'http://localhost/model.gguf',
  'http://[::1]:80/model.gguf',
])('takes %s', (url) => {
  expect(addressProblem({ url, sha256 })).toBeNull();
});

test.each([
  ['', 'Enter the address'],
  ['model.gguf', 'not an address'],
  ['http://example.com/model.gguf', 'https://'],
  ['http://127.0.0.1.example.com/model.gguf', 'https://'],
  ['ftp://example.com/model.gguf', 'https://'],
  ['file:///etc/passwd', 'https://'],
  ['https://me:secret@example.com/model.gguf', 'a name or a password'],
])('refuses the address %s', (url, words) => {
  expect(addressProblem({ url, sha256 })).toMatchObject({
    field: 'url',
    words: expect.stringContaining(words),
  });
});

test.each(['', 'abc', `${sha256}0`, sha256.replace('f', 'g')])('refuses the hash %s', (hash) => {
  expect(addressProblem({ url: 'https://example.com/m.gguf', sha256: hash })?.field).toBe('sha256');
});
