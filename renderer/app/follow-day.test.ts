import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { everyPicture, type GalleryQuery } from '../../shared/domain/gallery-query';

// The parts of a browser that the stores need when they are created.
vi.hoisted(() =>
  Object.assign(globalThis, {
    ...{ window: new EventTarget(), location: { hash: '' } },
    requestIdleCallback: () => 0,
  }),
);

const { useGallery } = await import('../state/gallery/gallery-store');
const { followDay } = await import('./follow-day');

const dayMs = 86_400_000;

/** The requests for the order of pictures. */
let orders: unknown[];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 10, 29, 23, 58) });
  orders = [];
  const request = async (name: string, input: unknown) => {
    if (name === 'gallery:index') orders.push(input);
    return { ok: false, code: 'internal', message: 'Not answered here.' };
  };
  Object.assign(window, { afterimage: { request } });
  stop = followDay();
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

function show(query: Partial<GalleryQuery>): void {
  useGallery.setState({ query: { ...everyPicture, ...query }, state: 'ready' });
}

test('the pictures of a period are read again once on a new day', () => {
  show({ period: 'last_week' });
  vi.advanceTimersByTime(60_000);
  expect(orders).toEqual([]);
  vi.advanceTimersByTime(120_000);
  expect(orders).toMatchObject([{ query: { period: 'last_week' } }]);
  vi.advanceTimersByTime(dayMs / 2);
  expect(orders).toHaveLength(1);
});

test('a query without a period is not read again', () => {
  show({ from: 0, to: dayMs });
  vi.advanceTimersByTime(2 * dayMs);
  expect(orders).toEqual([]);
});

test('a computer that slept past midnight notices it when it wakes', () => {
  show({ period: 'yesterday' });
  vi.setSystemTime(new Date(2026, 11, 3, 9, 0));
  vi.advanceTimersByTime(60_000);
  expect(orders).toHaveLength(1);
});
