// Seeded data folders for tests: filled by the seed command once per file, and copied for each test.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyDataFolder } from '../harness/copy-data-folder';
import { projectRoot } from '../harness/launch';
import { test } from './fixture';

type Counts = { pictures: number; messages: number; files: number; longest?: number };

/** Gives each test of a file a data folder with this content. Call it once per file. */
export function withSeededFolder(counts: Counts): void {
  let template: string;
  test.beforeAll(() => {
    template = mkdtempSync(path.join(tmpdir(), 'afterimage-e2e-seeded-'));
    seedFolder(template, counts);
  });
  test.afterAll(() => rmSync(template, { recursive: true, force: true }));
  test.beforeEach(({ dataFolder }) => copyDataFolder(template, dataFolder));
}

/** Fills a data folder. Runs in another process, because Playwright cannot load the SQL files that the store imports. */
export function seedFolder(dataFolder: string, counts: Counts): void {
  const args = Object.entries(counts).flatMap(([name, count]) => [`--${name}`, String(count)]);
  execFileSync(process.execPath, ['scripts/app/run-bundled.mjs', 'tests/seed/run.ts', ...args], {
    cwd: projectRoot,
    env: { ...process.env, AFTERIMAGE_DATA_DIR: dataFolder },
    stdio: 'pipe',
  });
}
