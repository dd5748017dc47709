import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createReports } from './tasks';

type Report = Parameters<ReturnType<typeof createReports>['add']>[0];

let sent: Report[];
let reports: ReturnType<typeof createReports>;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  reports = createReports((report) => void sent.push(report), 250);
});
afterEach(() => vi.useRealTimers());

const add = (receivedBytes: number, state: Report['state'] = 'downloading') =>
  reports.add({ state, receivedBytes, totalBytes: 100 });
const bytes = () => sent.map(({ receivedBytes }) => receivedBytes);

describe('reports of a download', () => {
  test('are sent at most once per interval, always with the newest state', () => {
    for (const received of [1, 2, 3]) add(received);
    expect(bytes()).toEqual([1]);
    vi.advanceTimersByTime(250);
    expect(bytes()).toEqual([1, 3]);
    add(4);
    expect(bytes()).toEqual([1, 3]);
    vi.advanceTimersByTime(250);
    expect(bytes()).toEqual([1, 3, 4]);
  });

  test('include the last bytes even if no more follow', () => {
    add(1);
    add(99);
    vi.advanceTimersByTime(10_000);
    expect(bytes()).toEqual([1, 99]);
  });

  test('include the last bytes before the end, and are not sent after it', () => {
    add(1);
    add(100);
    reports.end();
    expect(bytes()).toEqual([1, 100]);
    vi.advanceTimersByTime(10_000);
    expect(bytes()).toEqual([1, 100]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('are sent at once when the state changes', () => {
    add(1);
    add(100);
    add(100, 'checking');
    expect(sent.map(({ state }) => state)).toEqual(['downloading', 'checking']);
  });
});
