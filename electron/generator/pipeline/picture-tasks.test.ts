import { expect, test } from 'vitest';
import { createPictureTasks } from './picture-tasks';

/** Tasks that end on demand, and a record of their starts and ends. */
function recorder(maxRunning: number) {
  const events: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const run = createPictureTasks(maxRunning);
  const start = (pictureId: string, name: string) =>
    run(pictureId, () => {
      events.push(name);
      return new Promise((resolve, reject) => {
        ends.set(name, (error) => (error ? reject(error) : resolve()));
      });
    });
  return { events, start, end: (name: string, error?: Error) => ends.get(name)?.(error) };
}

test('starts tasks of different pictures at once', () => {
  const { events, start } = recorder(2);
  void start('a', 'a1');
  void start('b', 'b1');
  expect(events).toEqual(['a1', 'b1']);
});

test('starts a task of a picture only after its earlier tasks have ended, without delaying other pictures', async () => {
  const { events, start, end } = recorder(2);
  const first = start('a', 'a1');
  const second = start('a', 'a2');
  void start('b', 'b1');
  expect(events).toEqual(['a1', 'b1']);
  end('a1');
  await first;
  expect(events).toEqual(['a1', 'b1', 'a2']);
  end('a2');
  await second;
});

test('runs no more tasks at once than allowed, in the order of their arrival', async () => {
  const { events, start, end } = recorder(2);
  const first = start('a', 'a1');
  void start('b', 'b1');
  void start('c', 'c1');
  void start('d', 'd1');
  expect(events).toEqual(['a1', 'b1']);
  end('a1');
  await first;
  expect(events).toEqual(['a1', 'b1', 'c1']);
});

test('continues after a task that rejects, and rejects with its error', async () => {
  const { events, start, end } = recorder(1);
  const first = start('a', 'a1');
  const second = start('a', 'a2');
  end('a1', new Error('a bug'));
  await expect(first).rejects.toThrow('a bug');
  expect(events).toEqual(['a1', 'a2']);
  end('a2');
  await second;
});
