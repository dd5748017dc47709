import { expect, test } from 'vitest';
import type { ImportProgress } from '../../../shared/contract/import';
import { createImportReport, progressIntervalMs } from './import-report';

test('reports at a steady pace by a clock that nobody can set', () => {
  const reports: ImportProgress[] = [];
  let time = 0;
  const { signal } = new AbortController();
  const report = createImportReport({
    onProgress: (progress) => reports.push(structuredClone(progress)),
    signal,
    elapsed: () => time,
  });
  report.addFound(10);
  for (let index = 0; index < 10; index += 1) report.addImported('a.png', []);
  expect(reports).toHaveLength(1);
  time += progressIntervalMs;
  report.addImported('a.png', []);
  expect(reports.map(({ added }) => added)).toEqual([0, 11]);
});
