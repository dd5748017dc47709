// For tests: a folder that is removed when the test is over.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Returns a new folder. Call `remove` when the test is over. */
export function temporaryFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'afterimage-unit-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
