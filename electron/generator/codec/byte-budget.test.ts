import { expect, test } from 'vitest';
import { createByteBudget } from './byte-budget';

function recorder(maxBytes: number) {
  const events: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const within = createByteBudget(maxBytes);
  const start = (name: string, bytes: number) =>
    within(bytes, () => {
      events.push(name);
      return new Promise<string>((resolve, reject) => {
        ends.set(name, (error) => (error ? reject(error) : resolve(name)));
      });
    });
  return { events, start, end: (name: string, error?: Error) => ends.get(name)?.(error) };
}

test('starts the tasks that fit, and the next one once enough bytes are free', async () => {
  const { events, start, end } = recorder(10);
  const a = start('a', 4);
  const b = start('b', 4);
  void start('c', 6);
  expect(events).toEqual(['a', 'b']);
  end('a');
  expect(await a).toBe('a');
  expect(events).toEqual(['a', 'b', 'c']);
  end('b');
  await b;
});

test('runs a task alone if it needs more than the whole budget', async () => {
  const { events, start, end } = recorder(10);
  const a = start('a', 1);
  const huge = start('huge', 1000);
  void start('b', 1);
  expect(events).toEqual(['a']);
  end('a');
  await a;
  expect(events).toEqual(['a', 'huge']);
  end('huge');
  await huge;
  expect(events).toEqual(['a', 'huge', 'b']);
});

test('does not start a later task before one that waits for its bytes', () => {
  const { events, start } = recorder(10);
  void start('a', 6);
  void start('b', 6);
  void start('c', 1);
  expect(events).toEqual(['a']);
});

test('frees the bytes of a task that rejects', async () => {
  const { events, start, end } = recorder(10);
  const a = start('a', 10);
  void start('b', 10);
  end('a', new Error('no picture'));
  await expect(a).rejects.toThrow('no picture');
  expect(events).toEqual(['a', 'b']);
});
