import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { environmentOfChild, InvalidEnvironment, readEnvironment } from './environment';

const defaults = {
  dataFolder: null,
  provider: null,
  limits: null,
  language: null,
  painterDelayMs: 0,
  updateFeed: null,
  engineCatalogue: null,
  google: { apiKey: null, baseUrl: null },
  imagen: { baseUrl: null, project: null, location: null },
  openai: { apiKey: null, baseUrl: null },
  automatic1111: { baseUrl: null },
  comfyui: { baseUrl: null },
  services: null,
  quitWaitMs: null,
};

test('returns the defaults for an empty environment', () => {
  expect(readEnvironment({})).toEqual(defaults);
});

test.each([
  'AFTERIMAGE_DATA_DIR',
  'AFTERIMAGE_PROVIDER',
  'AFTERIMAGE_PAINTER_DELAY_MS',
  'AFTERIMAGE_QUIT_WAIT_MS',
  'AFTERIMAGE_LIMITS',
  'GOOGLE_API_KEY',
  'GEMINI_API_KEY',
  'GOOGLE_GEMINI_BASE_URL',
])('treats an empty %s as not set', (name) => {
  expect(readEnvironment({ [name]: '' })).toEqual(defaults);
  expect(readEnvironment({ [name]: ' \t' })).toEqual(defaults);
  expect(readEnvironment({ [name]: undefined })).toEqual(defaults);
});

describe('the data folder', () => {
  test('may contain any characters', () => {
    const folder = path.resolve('/tmp/ein Ordner/日本/%41 "x"');
    expect(readEnvironment({ AFTERIMAGE_DATA_DIR: folder }).dataFolder).toBe(folder);
  });

  test('is resolved from the working directory if it is relative', () => {
    expect(readEnvironment({ AFTERIMAGE_DATA_DIR: 'data' }).dataFolder).toBe(
      path.join(process.cwd(), 'data'),
    );
  });
});

describe('the provider', () => {
  test.each(['painter', 'google'])('can be %s', (provider) => {
    expect(readEnvironment({ AFTERIMAGE_PROVIDER: provider }).provider).toBe(provider);
    expect(readEnvironment({ AFTERIMAGE_PROVIDER: ` ${provider} ` }).provider).toBe(provider);
  });

  test.each(['Painter', 'automatic', 'toString', '__proto__', 'painter,google'])(
    'cannot be %j',
    (provider) => {
      const read = () => readEnvironment({ AFTERIMAGE_PROVIDER: provider });
      expect(read).toThrow(InvalidEnvironment);
      expect(read).toThrow(`AFTERIMAGE_PROVIDER is "${provider}". Use one of: painter, google, `);
    },
  );
});

describe.each([
  ["the painter's delay", 'AFTERIMAGE_PAINTER_DELAY_MS', 'painterDelayMs'],
  ['the wait at quit', 'AFTERIMAGE_QUIT_WAIT_MS', 'quitWaitMs'],
] as const)('%s', (_what, name, field) => {
  test.each([
    ['0', 0],
    ['500', 500],
    ['007', 7],
    [' 20 ', 20],
    ['9999999', 9_999_999],
  ])('can be %j', (value, milliseconds) => {
    expect(readEnvironment({ [name]: value })[field]).toBe(milliseconds);
  });

  test.each(['-1', '1.5', '1e3', '0x10', '5s', 'NaN', 'Infinity', '99999999', '1 000'])(
    'cannot be %j',
    (value) => {
      const read = () => readEnvironment({ [name]: value });
      expect(read).toThrow(InvalidEnvironment);
      expect(read).toThrow(name);
    },
  );
});

describe('the Google key', () => {
  test('is read from either variable', () => {
    expect(readEnvironment({ GEMINI_API_KEY: ' key ' }).google.apiKey).toBe('key');
    expect(readEnvironment({ GOOGLE_API_KEY: 'key' }).google.apiKey).toBe('key');
  });

  test("is GOOGLE_API_KEY if both are set, as in Google's SDK", () => {
    const both = { GEMINI_API_KEY: 'gemini', GOOGLE_API_KEY: 'google' };
    expect(readEnvironment(both).google.apiKey).toBe('google');
    expect(readEnvironment({ ...both, GOOGLE_API_KEY: ' ' }).google.apiKey).toBe('gemini');
  });
});

describe.each(['GOOGLE_API_KEY', 'GEMINI_API_KEY', 'OPENAI_API_KEY'])('the key %s', (name) => {
  const keyOf = (value: string) => {
    const { google, openai } = readEnvironment({ [name]: value });
    return name === 'OPENAI_API_KEY' ? openai.apiKey : google.apiKey;
  };

  test.each(['key', ' "key" ', "'key'", `${name}=key`, 'Bearer key'])('is read from %j', (value) => {
    expect(keyOf(value)).toBe('key');
  });

  test.each(['a key', 'a\nkey', 'schlüssel', 'https://example.com'])('cannot be %j', (value) => {
    expect(() => keyOf(value)).toThrow(InvalidEnvironment);
    expect(() => keyOf(value)).toThrow(`${name}: That is not a valid API key`);
    expect(() => keyOf(value)).not.toThrow(value);
  });
});

describe('the Google address', () => {
  test.each(['http://127.0.0.1:8080', 'https://example.com/v1/'])('can be %s', (address) => {
    expect(readEnvironment({ GOOGLE_GEMINI_BASE_URL: address }).google.baseUrl).toBe(address);
  });

  test.each(['example.com', 'localhost:8080', 'file:///etc/passwd', 'javascript:alert(1)', 'http://', '//x'])(
    'cannot be %s',
    (address) => {
      const read = () => readEnvironment({ GOOGLE_GEMINI_BASE_URL: address });
      expect(read).toThrow(InvalidEnvironment);
      expect(read).toThrow(/GOOGLE_GEMINI_BASE_URL/);
    },
  );
});

test('removes proxies from the environment of a child process', () => {
  const variables = {
    http_proxy: 'a',
    HTTPS_PROXY: 'b',
    All_Proxy: 'c',
    NO_PROXY: 'd',
    NODE_USE_ENV_PROXY: '1',
  };
  expect(environmentOfChild({ ...variables, PROXY: 'kept' })).toEqual({ PROXY: 'kept' });
});

test('removes keys from the environment of a child process', () => {
  const variables = {
    PATH: '/bin',
    EMPTY: '',
    UNSET: undefined,
    GOOGLE_API_KEY: 'secret',
    GEMINI_API_KEY: 'secret',
    OPENAI_API_KEY: 'secret',
    GOOGLE_GEMINI_BASE_URL: 'http://127.0.0.1',
  };
  const kept = environmentOfChild(variables);
  expect(kept).toEqual({ PATH: '/bin', EMPTY: '', GOOGLE_GEMINI_BASE_URL: 'http://127.0.0.1' });
  expect(Object.values(kept)).not.toContain('secret');
  expect(variables.GOOGLE_API_KEY).toBe('secret');
});

describe('the limits', () => {
  test('are read as pictures per minute and per day', () => {
    expect(readEnvironment({ AFTERIMAGE_LIMITS: '60/1000' }).limits).toEqual({ perMinute: 60, perDay: 1000 });
    expect(readEnvironment({ AFTERIMAGE_LIMITS: ' 1/1 ' }).limits).toEqual({ perMinute: 1, perDay: 1 });
  });

  test.each([
    '60',
    '60/',
    '/1000',
    '0/10',
    '10/0',
    '-1/5',
    '1.5/9',
    '60/1000/2',
    '9999999/1',
    'none',
    '６０/９',
  ])('cannot be "%s"', (value) => {
    expect(() => readEnvironment({ AFTERIMAGE_LIMITS: value })).toThrow(`AFTERIMAGE_LIMITS is "${value}".`);
  });
});

describe('names of variables in another case', () => {
  const variables = { Gemini_Api_Key: 'k', afterimage_provider: 'painter', Path: '/bin' };

  test('are the same ones on Windows', () => {
    expect(readEnvironment(variables, 'win32')).toMatchObject({
      provider: 'painter',
      google: { apiKey: 'k' },
    });
    expect(environmentOfChild(variables, 'win32')).toEqual({ afterimage_provider: 'painter', Path: '/bin' });
  });

  test.each(['linux', 'darwin'] as const)('are different ones on %s', (platform) => {
    expect(readEnvironment(variables, platform)).toEqual(defaults);
    expect(environmentOfChild(variables, platform)).toEqual(variables);
  });
});
