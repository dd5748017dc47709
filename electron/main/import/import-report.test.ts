import { expect, onTestFinished, test, vi } from 'vitest';
import type { ImportProgress } from '../../../shared/contract/import';
import { createImportReport, progressIntervalMs } from './import-report';

function reporting() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const reports: ImportProgress[] = [];
  const quitting = new AbortController();
  const report = createImportReport({
    onProgress: (progress) => reports.push(structuredClone(progress)),
    signal: quitting.signal,
  });
  return { report, reports, quit: () => quitting.abort() };
}

test('reports at a steady pace', () => {
  const { report, reports } = reporting();
  report.addFound(10);
  for (let index = 0; index < 10; index += 1) report.addImported('a.png', []);
  expect(reports).toHaveLength(1);
  vi.advanceTimersByTime(progressIntervalMs);
  expect(reports.map(({ added }) => added)).toEqual([0, 10]);
});

test('says that the search has ended, and what is done, also while one file takes long', () => {
  const { report, reports } = reporting();
  report.addFound(2);
  report.start();
  report.addImported('small.png', []);
  vi.advanceTimersByTime(progressIntervalMs);
  expect(reports.at(-1)).toMatchObject({ state: 'running', found: 2, done: 1 });
});

test('ends with the report, of which nothing is repeated', () => {
  const { report, reports } = reporting();
  report.addFound(1);
  report.start();
  report.end('done');
  vi.advanceTimersByTime(10 * progressIntervalMs);
  expect(reports.map(({ state }) => state)).toEqual(['looking', 'done']);
});

test('says nothing once the app quits', () => {
  const { report, reports, quit } = reporting();
  report.addFound(1);
  report.start();
  quit();
  vi.advanceTimersByTime(progressIntervalMs);
  report.end('stopped');
  expect(reports).toHaveLength(1);
});

test('lists what was there already after everything else that was skipped', () => {
  const { report } = reporting();
  report.start();
  for (let index = 0; index < 600; index += 1)
    report.addSkipped({ name: `${index}.png`, reason: 'duplicate' });
  for (const name of ['x.png', 'y.png']) report.addSkipped({ name, reason: 'truncated' });
  const { names, skipped } = report.end('done');
  expect(names.slice(0, 3).map(({ name }) => name)).toEqual(['x.png', 'y.png', '0.png']);
  expect(names).toHaveLength(500);
  expect(skipped).toEqual({ duplicate: 600, truncated: 2 });
});
