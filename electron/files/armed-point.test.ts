import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createFaultPoint } from '../../shared/domain/fault-points';
import { armedPoint } from './armed-point';

/** Reaches a point. @returns how often the process would have ended there. */
function deathsAt(armed: ReturnType<typeof armedPoint>): number {
  let deaths = 0;
  const reach = createFaultPoint(
    { armed },
    {
      die() {
        deaths += 1;
      },
    },
  );
  reach('settle: committed');
  return deaths;
}

test('no process ends where no point is armed', () => {
  expect(deathsAt(armedPoint(undefined))).toBe(0);
});

test('a process ends at the point that is named, and at no other', () => {
  expect(deathsAt(armedPoint('settle: committed'))).toBe(1);
  expect(deathsAt(armedPoint('settle: broadcast'))).toBe(0);
});

test('a process ends at the point that a file names, while the file is there', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'afterimage-armed-'));
  const file = path.join(folder, 'fault-point');
  const armed = armedPoint(file);
  expect(deathsAt(armed)).toBe(0);
  writeFileSync(file, 'settle: committed');
  expect(deathsAt(armed)).toBe(1);
  rmSync(folder, { recursive: true });
  expect(deathsAt(armed)).toBe(0);
});
