import { expect, test } from 'vitest';
import { createSystemProxy } from './system-proxy';

function setUp(rules: Record<string, string>, addresses: string[]) {
  const resolvedUrls: string[] = [];
  const world = { rules, addresses, changes: 0 };
  const proxy = createSystemProxy({
    reload: async () => {},
    resolve: async (url) => {
      resolvedUrls.push(url);
      const rule = world.rules[url];
      if (rule === undefined) throw new Error('No answer.');
      return rule;
    },
    addresses: () => world.addresses,
    onChange: () => {
      world.changes += 1;
    },
    every: () => {},
  });
  return { proxy, world, resolvedUrls };
}

test('maps each origin to its proxy and all others to the first one', async () => {
  const { proxy, world } = setUp({ 'https://a.test': 'PROXY p:1', 'https://b.test': 'DIRECT' }, [
    'https://a.test/v1/x',
    'https://b.test',
  ]);
  await proxy.refresh();
  expect(proxy.rules()).toEqual({
    'https://a.test': 'PROXY p:1',
    'https://b.test': 'DIRECT',
    '*': 'PROXY p:1',
  });
  expect(world.changes).toBe(1);
});

test('reports a change once, and none without a proxy', async () => {
  const { proxy, world } = setUp({ 'https://a.test': 'DIRECT' }, ['https://a.test']);
  await proxy.refresh();
  expect(world.changes).toBe(0);
  world.rules = { 'https://a.test': 'PROXY p:1' };
  await proxy.refresh();
  await proxy.refresh();
  expect(world.changes).toBe(1);
  world.rules = { 'https://a.test': 'DIRECT' };
  await proxy.refresh();
  expect(proxy.rules()).toEqual({});
  expect(world.changes).toBe(2);
});

test('resolves nothing if no provider has an address', async () => {
  const { proxy, resolvedUrls } = setUp({}, []);
  await proxy.refresh();
  expect(resolvedUrls).toEqual([]);
  expect(proxy.rules()).toEqual({});
});

test('keeps the known rules if the system fails to resolve', async () => {
  const { proxy, world } = setUp({ 'https://a.test': 'PROXY p:1' }, ['https://a.test']);
  await proxy.refresh();
  world.rules = {};
  await proxy.refresh();
  expect(proxy.rules()).toMatchObject({ '*': 'PROXY p:1' });
});
