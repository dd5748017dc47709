import { expect, test } from 'vitest';
import type { EventName, Events } from '../../../shared/contract';
import { createShowablePictures } from './showable-pictures';

const requestId = '01930000-0000-7000-8000-00000000ff01';
const idOf = (number: number) => `01930000-0000-7000-8000-${String(number).padStart(12, '0')}`;

function open() {
  const events: { name: EventName; event: Events[EventName] }[] = [];
  const showable = createShowablePictures((name, event) => void events.push({ name, event }));
  const displayInfo = { format: 'webp', width: 30, height: 20 } as const;
  const announce = (number: number, request = requestId) =>
    showable.announce({ type: 'arrived', jobId: idOf(number), requestId: request, displayInfo });
  const arrive = (number: number, request = requestId) =>
    showable.receive({ type: 'showable', jobId: idOf(number), requestId: request, ...displayInfo });
  return { showable, events, announce, arrive };
}

/** Returns `waiting` for a promise that has not resolved. */
async function stateOf(promise: Promise<unknown> | undefined): Promise<unknown> {
  return Promise.race([promise, new Promise((resolve) => setImmediate(resolve, 'waiting'))]);
}

const event = { id: idOf(1), requestId, width: 30, height: 20 };

test('tells the page of a picture that has arrived, and remembers where its bytes are', async () => {
  const { showable, events, arrive } = open();
  expect(showable.find(idOf(1))).toBeUndefined();
  arrive(1);
  expect(events).toEqual([{ name: 'message:arrived', event }]);
  expect(await showable.find(idOf(1))).toEqual({ requestId, format: 'webp' });
});

test('tells the page once of a picture whose bytes are not on disk yet, and finds them only when they are', async () => {
  const { showable, events, announce, arrive } = open();
  announce(1);
  expect(events).toEqual([{ name: 'message:arrived', event }]);
  const found = showable.find(idOf(1));
  expect(await stateOf(found)).toBe('waiting');
  // Bytes whose name was taken get another one.
  arrive(1, idOf(9));
  expect(await stateOf(found)).toEqual({ requestId: idOf(9), format: 'webp' });
  expect(await showable.find(idOf(1))).toEqual({ requestId: idOf(9), format: 'webp' });
  expect(events).toHaveLength(1);
});

test('finds nothing of a picture whose job ends before its bytes are on disk', async () => {
  const { showable, announce } = open();
  announce(1);
  const found = showable.find(idOf(1));
  showable.end(idOf(1));
  expect(await stateOf(found)).toBeUndefined();
  expect(showable.find(idOf(1))).toBeUndefined();
});

test('finds a picture whose job has ended, because the page may load it only now', async () => {
  const { showable, announce, arrive } = open();
  announce(1);
  arrive(1);
  showable.end(idOf(1));
  expect(await stateOf(showable.find(idOf(1)))).toEqual({ requestId, format: 'webp' });
});

test('says nothing of bytes that are no complete picture', () => {
  const { showable, events } = open();
  showable.announce({ type: 'arrived', jobId: idOf(1), requestId });
  expect(events).toEqual([]);
  expect(showable.find(idOf(1))).toBeUndefined();
});

test('finds the bytes of the last request of a picture', async () => {
  const { showable, events, announce, arrive } = open();
  arrive(1);
  announce(1, idOf(9));
  expect(events).toHaveLength(2);
  const first = showable.find(idOf(1));
  expect(await stateOf(first)).toBe('waiting');
  announce(1, idOf(8));
  expect(await stateOf(first)).toBeUndefined();
  arrive(1, idOf(8));
  expect(await showable.find(idOf(1))).toEqual({ requestId: idOf(8), format: 'webp' });
});

test('remembers the 64 pictures that arrived last, and lets nobody wait for others', async () => {
  const { showable, announce, arrive } = open();
  announce(2);
  const forgotten = showable.find(idOf(2));
  arrive(1);
  for (let number = 3; number <= 63; number += 1) arrive(number);
  // It is made again, so that it is not the oldest any more.
  arrive(1);
  arrive(65);
  expect(await stateOf(forgotten)).toBe('waiting');
  arrive(66);
  expect(await stateOf(forgotten)).toBeUndefined();
  expect(showable.find(idOf(1))).toBeDefined();
  expect(showable.find(idOf(2))).toBeUndefined();
  expect(showable.find(idOf(3))).toBeDefined();
  expect(showable.find(idOf(66))).toBeDefined();
});
