import { expect, test } from 'vitest';
import { createSystemProxy } from './system-proxy';

function setUp(rules: Record<string, string>, addresses: string[]) {
  const asked: string[] = [];
  const world = { rules, addresses, changes: 0 };
  const again: (() => void)[] = [];
  const proxy = createSystemProxy({
    reload: async () => {},
    resolve: async (url) => {
      asked.push(url);
      const found = world.rules[url];
      if (found === undefined) throw new Error('No answer.');
      return found;
    },
    addresses: () => world.addresses,
    onChange: () => {
      world.changes += 1;
    },
    every: (_milliseconds, work) => void again.push(work),
  });
  return { proxy, world, asked, again };
}

test('what the system says holds for its origin, and the first for every other', async () => {
  const { proxy, world } = setUp({ 'https://a.test': 'PROXY p:1', 'https://b.test': 'DIRECT' }, [
    'https://a.test/v1/x',
    'https://b.test',
  ]);
  await proxy.refresh();
  expect(proxy.known()).toEqual({
    'https://a.test': 'PROXY p:1',
    'https://b.test': 'DIRECT',
    '*': 'PROXY p:1',
  });
  expect(world.changes).toBe(1);
});

test('without a proxy nothing is told, and what stays the same is told once', async () => {
  const { proxy, world } = setUp({ 'https://a.test': 'DIRECT' }, ['https://a.test']);
  await proxy.refresh();
  expect(world.changes).toBe(0);
  world.rules = { 'https://a.test': 'PROXY p:1' };
  await proxy.refresh();
  await proxy.refresh();
  expect(world.changes).toBe(1);
  world.rules = { 'https://a.test': 'DIRECT' };
  await proxy.refresh();
  expect(proxy.known()).toEqual({});
  expect(world.changes).toBe(2);
});

test('with the painter alone the system is not asked at all', async () => {
  const { proxy, asked } = setUp({}, []);
  await proxy.refresh();
  expect(asked).toEqual([]);
  expect(proxy.known()).toEqual({});
});

test('where the system does not answer, what was known holds', async () => {
  const { proxy, world } = setUp({ 'https://a.test': 'PROXY p:1' }, ['https://a.test']);
  await proxy.refresh();
  world.rules = {};
  await proxy.refresh();
  expect(proxy.known()).toMatchObject({ '*': 'PROXY p:1' });
});
