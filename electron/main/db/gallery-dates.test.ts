// Queries for days, and the picture that is nearest to days without one.
import { v7 as newId } from 'uuid';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import { datesOfPeriod, periods } from '../../../shared/domain/periods';
import { createTestContext } from '../test-support/test-context';
import type { Store } from './open';

let store: Store;

beforeEach(() => {
  store = createTestContext().store;
  onTestFinished(() => store.close());
});

function add(createdAt: number, prompt = 'a sunset'): void {
  const id = newId();
  store.userImages.insertDated({
    ...{ id, messageId: id, file: `images/ab/${id}.png`, width: 3, height: 2, bytes: 1 },
    ...{ thumbhash: Buffer.of(1, 128, 255, 7, 8).toString('base64'), prompt, provider: 'painter' },
    ...{ model: 'painter-1', params: '{"aspectRatio":"3:2","seed":1}', createdAt },
  });
}

const count = (changes: Partial<GalleryQuery>) => store.galleryFacets.count({ ...everyPicture, ...changes });
const nearest = (changes: Partial<GalleryQuery>) =>
  store.galleryFacets.nearestTime({ ...everyPicture, ...changes });

test.each(periods)('%s has the pictures of its first and its last moment, and none beside them', (period) => {
  const { from, to } = datesOfPeriod(period, Date.now());
  for (const at of [from - 1, from, to - 1, to]) add(at);
  expect(count({ period })).toBe(2);
  expect(count({ from, to })).toBe(2);
});

test('the nearest picture is before the days or after them, whichever is nearer', () => {
  expect(nearest({ from: 100, to: 200 })).toBeNull();
  add(40);
  expect(nearest({ from: 100, to: 200 })).toBe(40);
  add(261);
  expect(nearest({ from: 100, to: 200 })).toBe(40);
  add(250);
  expect(nearest({ from: 100, to: 200 })).toBe(250);
  // A day without an end has pictures before it alone.
  expect(nearest({ from: 300 })).toBe(261);
  expect(nearest({ to: 10 })).toBe(40);
});

test('the nearest picture is one that the rest of the query finds', () => {
  add(90, 'a sunset');
  add(10, 'a red fox');
  expect(nearest({ from: 100, to: 200, text: 'fox' })).toBe(10);
  expect(nearest({ from: 100, to: 200, text: 'whale' })).toBeNull();
  const { from } = datesOfPeriod('last_week', Date.now());
  add(from - 1);
  expect(nearest({ period: 'last_week' })).toBe(from - 1);
});
