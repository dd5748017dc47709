import { describe, expect, test } from 'vitest';
import { publicLookup } from '../services/http/public-lookup';
import { permittedLookup } from './download-addresses';

const way = (url: string, allowLoopback = false) => permittedLookup(new URL(url), allowLoopback);

describe('with the built-in catalogue', () => {
  test('permits a public https address whose name resolves to public addresses', () => {
    expect(way('https://huggingface.co/a/b')).toEqual({ lookup: publicLookup });
  });

  test.each([
    'http://huggingface.co/a',
    'https://localhost/a',
    'https://127.0.0.1/a',
    'http://127.0.0.1:8080/a',
    'https://[::1]/a',
    'https://[::ffff:10.0.0.1]/a',
    'https://2130706433/a',
    'https://printer/a',
    'https://name@huggingface.co/a',
    'ftp://huggingface.co/a',
  ])('refuses %s', (url) => expect(way(url)).toBeNull());
});

describe('with a catalogue of the user’s own', () => {
  test.each(['http://127.0.0.1:8080/a', 'http://localhost/a', 'https://[::1]/a', 'http://127.9.9.9/a'])(
    '%s is permitted, because it is this computer',
    (url) => expect(way(url, true)).toEqual({}),
  );

  test.each([
    'http://huggingface.co/a',
    'http://192.168.1.2/a',
    'https://192.168.1.2/a',
    'http://localhost.example.com/a',
    'ftp://127.0.0.1/a',
  ])('still refuses %s', (url) => expect(way(url, true)).toBeNull());
});
