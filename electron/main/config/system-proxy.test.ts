// The system's proxies, and that no unknown way becomes a direct connection.
import { beforeEach, expect, test, vi } from 'vitest';
import { createSystemProxy, type SystemProxyOptions } from './system-proxy';

const origin = 'https://provider.test';

/** Returns a system whose answers are given in order; the last one stays. */
function setUp(answers: (string | Error)[], options: Partial<SystemProxyOptions> = {}) {
  const calls: string[] = [];
  const proxy = createSystemProxy({
    reload: async () => void calls.push('reload'),
    resolve: async (asked) => {
      calls.push(asked);
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? '';
      if (answer instanceof Error) throw answer;
      return answer;
    },
    scriptUrl: null,
    read: async () => {
      throw new Error('There is no script.');
    },
    ...options,
  });
  return { proxy, calls };
}

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));

test('returns the rules of each server', async () => {
  const { proxy, calls } = setUp(['PROXY p:1; DIRECT']);
  expect(await proxy.find(origin)).toEqual({ ok: true, value: 'PROXY p:1; DIRECT' });
  expect(await proxy.find('http://other.test')).toMatchObject({ ok: true });
  expect(calls.at(-1)).toBe('http://other.test');
});

test('does not trust the first answer after the start', async () => {
  const { proxy } = setUp(['DIRECT', 'PROXY p:1']);
  const found = await Promise.all([proxy.find(origin), proxy.find(origin)]);
  expect(found).toMatchObject([{ value: 'PROXY p:1' }, { value: 'PROXY p:1' }]);
});

test('fails if the system does not answer, and asks again the next time', async () => {
  const { proxy } = setUp([new Error('No answer.'), 'PROXY p:1']);
  expect(await proxy.find(origin)).toMatchObject({ ok: false, code: 'unreachable' });
  expect(await proxy.find(origin)).toMatchObject({ ok: true, value: 'PROXY p:1' });
});

const script = 'function FindProxyForURL() { return "DIRECT"; }';

test.each([
  ['http://127.0.0.1:9/x.pac', async () => Promise.reject(new Error('Not there.'))],
  ['http://127.0.0.1:9/x.pac', async () => '<html>Sign in</html>'],
  ['file:///home/x.pac', async () => script],
  ['nonsense', async () => script],
])('fails if Chromium connects directly because it has no script from %s', async (scriptUrl, read) => {
  const { proxy } = setUp(['DIRECT'], { scriptUrl, read });
  expect(await proxy.find(origin)).toMatchObject({
    ok: false,
    message: expect.stringContaining('--proxy-pac-url'),
  });
  // Chromium asks no script about this computer.
  for (const local of ['http://127.0.0.1:1', 'http://localhost', 'http://[::1]:1', 'http://a.localhost'])
    expect(await proxy.find(local)).toMatchObject({ ok: true, value: 'DIRECT' });
});

test('connects directly if the script says so, and asks it again after it has been loaded', async () => {
  const options = { scriptUrl: 'http://127.0.0.1:9/x.pac', read: async () => script };
  expect(await setUp(['DIRECT'], options).proxy.find(origin)).toMatchObject({ value: 'DIRECT' });
  const late = setUp(['DIRECT', 'DIRECT', 'PROXY p:1'], options);
  expect(await late.proxy.find(origin)).toMatchObject({ value: 'PROXY p:1' });
});
