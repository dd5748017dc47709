// Tests which texts are accepted as API keys, and what may surround a pasted key.
import { describe, expect, test } from 'vitest';
import { keySchema } from './keys';
import { readKey, readKeyOfAnyLength } from './read-key';

/** Forms of keys of several services, one with a colon and one with the padding of base64. */
const keys = [
  'sk-0123456789',
  'sk-proj-abc_DEF-123',
  'AIzaSyA-0123456789_abcdefghijklmnopqrs',
  'AQ.Ab8RN6Kx-abc_123',
  '3f2a0c1e-1111-2222-3333-444455556666:abcdef0123456789abcdef',
  'c29tZSBrZXkgaW4gYmFzZTY0IQ==',
  'r8_abcdefghij',
  'a.b/c+d~e|f%41:g@h',
];

/** Text around a pasted key, and the note about removed text that the user should see. */
const wrappings: [name: string, (key: string) => string, took: RegExp | null][] = [
  ['nothing', (key) => key, null],
  ['white space', (key) => ` \t${key}\u00a0 `, null],
  ['line breaks', (key) => `\r\n\n${key}\r\n`, null],
  ['invisible characters', (key) => `\ufeff\u200b${key}\u200b`, null],
  ['quotes', (key) => `"${key}"`, /quotes/],
  ['single quotes', (key) => `'${key}'`, /quotes/],
  ['backticks', (key) => `\`${key}\``, /quotes/],
  ['typographic quotes', (key) => `“${key}”`, /quotes/],
  ['German quotes', (key) => `„${key}“`, /quotes/],
  ['quotes and white space', (key) => ` " ${key} " `, /quotes/],
  ['quotes and a comma', (key) => `"${key}",`, /quotes/],
  ['Japanese quotes', (key) => `「${key}」`, /quotes/],
  ['round brackets', (key) => `(${key}),`, /quotes/],
  ['square brackets', (key) => `[${key}]`, /quotes/],
  ['a comma', (key) => `${key},`, null],
  ['a semicolon and white space', (key) => ` ${key}; `, null],
  ['a quote before', (key) => `"${key}`, /quotes/],
  ['a quote after', (key) => `${key}'`, /quotes/],
  ['an assignment', (key) => `OPENAI_API_KEY=${key}`, /the value of OPENAI_API_KEY/],
  ['an assignment with spaces', (key) => `api_key = ${key}`, /the value of api_key/],
  ['export', (key) => `export GEMINI_API_KEY="${key}"`, /the value of GEMINI_API_KEY/],
  ['export with single quotes', (key) => `export GEMINI_API_KEY='${key}';`, /the value of GEMINI_API_KEY/],
  ['set', (key) => `set OPENAI_API_KEY=${key}`, /the value of OPENAI_API_KEY/],
  ['setx', (key) => `setx OPENAI_API_KEY "${key}"`, /the value of OPENAI_API_KEY/],
  ['PowerShell', (key) => `$env:OPENAI_API_KEY = "${key}"`, /the value of OPENAI_API_KEY/],
  ['docker', (key) => `-e OPENAI_API_KEY=${key}`, /the value of OPENAI_API_KEY/],
  ['an option of a command', (key) => `--api-key=${key}`, /the value of api-key/],
  ['an option with quotes', (key) => `--token "${key}"`, /the value of token/],
  ['a name in capitals', (key) => `OPENAI=${key}`, /the value of OPENAI/],
  ['a comment', (key) => `OPENAI_API_KEY="${key}" # mine`, /the value of OPENAI_API_KEY/],
  ['YAML', (key) => `api_key: ${key}`, /the value of api_key/],
  ['YAML with quotes', (key) => `apiKey: '${key}'`, /the value of apiKey/],
  ['code', (key) => `const apiKey = "${key}";`, /the value of apiKey/],
  ['a line of JSON', (key) => `"api_key": "${key}",`, /the value of api_key/],
  ['JSON', (key) => JSON.stringify({ api_key: key }), /the value of api_key/],
  ['JSON with other fields', (key) => JSON.stringify({ id: 'me', auth: { apiKey: key } }, null, 2), /apiKey/],
  ['JSON with one field', (key) => JSON.stringify({ value: key }), /the value of value/],
  ['Bearer', (key) => `Bearer ${key}`, /after “Bearer”/],
  ['Bearer and a colon', (key) => `bearer:${key}`, /after “Bearer”/],
  ['a header', (key) => `Authorization: Bearer ${key}`, /the value of Authorization/],
  ['a header in lower case', (key) => `authorization: bearer ${key}`, /the value of authorization/],
  ['curl', (key) => `-H "Authorization: Bearer ${key}"`, /the value of Authorization/],
  ['curl with a key', (key) => `-H 'x-goog-api-key: ${key}'`, /the value of x-goog-api-key/],
  ['an .env file', (key) => `# keys\nBASE_URL=https://a.test\nOPENAI_API_KEY=${key}\n`, /OPENAI_API_KEY/],
  ['an assignment of a header', (key) => `AUTH="Bearer ${key}"`, /the value of AUTH/],
  ['an address', (key) => `https://a.test/v1/models?key=${encodeURI(key).split('&')[0]}`, /address/],
];

describe.each(wrappings)('a key with %s', (name, wrap, took) => {
  const kinds = name === 'an address' ? keys.filter((key) => encodeURI(key) === key) : keys;
  test.each(kinds)('is read: %s', (key) => {
    const found = readKey(wrap(key));
    expect(found).toMatchObject({ ok: true, key });
    if (!found.ok) return;
    if (took === null) expect(found.took).toBeNull();
    else expect(found.took).toMatch(took);
    expect(found.took ?? '').not.toContain(key);
    // The renderer reads the key, then the main process.
    expect(readKey(found.key)).toEqual({ ok: true, key, took: null });
    expect(keySchema.parse(wrap(key))).toBe(key);
  });
});

test.each([
  ['', /empty/],
  ['  \n ', /empty/],
  ['""', /empty/],
  ['OPENAI_API_KEY=', /empty/],
  ['export GEMINI_API_KEY=', /empty/],
  ['sk-***************3fQ', /characters that no key has/],
  ['OPENAI_API_KEY=****************', /characters that no key has/],
  ['with a space', /spaces or line breaks/],
  ['sk-abcdefgh\nijklmnop', /spaces or line breaks/],
  ['"sk-abc def ghi"', /spaces or line breaks/],
  ['OPENAI_API_KEY=sk-1234567\nGEMINI_API_KEY=AIza1234', /spaces or line breaks/],
  ['Bearer sk-abc def', /spaces or line breaks/],
  ['schlüssel-mit-umlaut', /characters that no key has/],
  ['sk-abc…defghijk', /characters that no key has/],
  ['sk-abc\u200bdefghijk', /characters that no key has/],
  ['sk–abcdefghijk', /characters that no key has/],
  ['🔑🔑🔑🔑🔑🔑🔑🔑', /characters that no key has/],
  ['https://platform.openai.com/api-keys', /address/],
  ['{"a_key":"sk-12345678","b_key":"sk-23456789"}', /quotes or brackets/],
  ['{"type": "service_account", "private_key_id": "0123456789"}', /file with credentials/],
  ['-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----', /file with credentials/],
  ['x'.repeat(1001), /more than 1,000/],
  ['x'.repeat(30_000), /too long/],
])('refuses %j with a reason', (pasted, reason) => {
  const found = readKey(pasted);
  expect(found).toMatchObject({ ok: false, code: 'bad_key', message: expect.stringMatching(reason) });
  expect(keySchema.safeParse(pasted).success).toBe(false);
});

test.each(['short', 'KEY=short'])('accepts %j as the key of an own server only', (pasted) => {
  expect(readKey(pasted)).toMatchObject({ ok: false, message: expect.stringMatching(/fewer than 8/) });
  expect(readKey(pasted, true)).toMatchObject({ ok: true, key: 'short' });
  expect(keySchema.parse(pasted)).toBe('short');
});

test('accepts short keys from the environment', () => {
  expect(readKeyOfAnyLength(' "k" ')).toMatchObject({ ok: true, key: 'k' });
  expect(readKeyOfAnyLength('a b')).toMatchObject({ ok: false });
});

test.each(['"', "'", '\\"', 'a=', 'A=', '{"a":', ' \n', 'Bearer ', 'key: "', '-H "', '<', 'export '])(
  'reads repetitions of %j with the same result the second time',
  (piece) => {
    const pasted = piece.repeat(20_000 / piece.length);
    const found = readKeyOfAnyLength(pasted);
    if (found.ok) expect(readKeyOfAnyLength(found.key)).toMatchObject({ key: found.key });
  },
);
