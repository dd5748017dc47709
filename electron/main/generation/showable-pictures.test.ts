import { expect, test } from 'vitest';
import type { EventName, Events } from '../../../shared/contract';
import { createShowablePictures } from './showable-pictures';

const requestId = '01930000-0000-7000-8000-00000000ff01';
const idOf = (number: number) => `01930000-0000-7000-8000-${String(number).padStart(12, '0')}`;

function open() {
  const events: { name: EventName; event: Events[EventName] }[] = [];
  const showable = createShowablePictures((name, event) => void events.push({ name, event }));
  const arrive = (number: number, request = requestId) =>
    showable.receive({
      ...{ type: 'showable', jobId: idOf(number), requestId: request },
      ...{ format: 'webp', width: 30, height: 20 },
    });
  return { showable, events, arrive };
}

test('tells the page of a picture that has arrived, and remembers where its bytes are', () => {
  const { showable, events, arrive } = open();
  expect(showable.find(idOf(1))).toBeUndefined();
  arrive(1);
  const event = { id: idOf(1), requestId, width: 30, height: 20 };
  expect(events).toEqual([{ name: 'message:arrived', event }]);
  expect(showable.find(idOf(1))).toEqual({ requestId, format: 'webp' });
});

test('finds the bytes of the last request of a picture', () => {
  const { showable, arrive } = open();
  arrive(1);
  arrive(1, idOf(9));
  expect(showable.find(idOf(1))).toEqual({ requestId: idOf(9), format: 'webp' });
});

test('remembers the 64 pictures that arrived last', () => {
  const { showable, arrive } = open();
  for (let number = 1; number <= 64; number += 1) arrive(number);
  // It is made again, so that it is not the oldest any more.
  arrive(1);
  arrive(65);
  expect(showable.find(idOf(1))).toBeDefined();
  expect(showable.find(idOf(2))).toBeUndefined();
  expect(showable.find(idOf(3))).toBeDefined();
  expect(showable.find(idOf(65))).toBeDefined();
});
