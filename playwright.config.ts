// End-to-end tests on the real Electron. `npm test` runs several files at once where each can have a display of its own.
import { defineConfig } from '@playwright/test';
import { patient } from './tests/harness/patient';

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  workers: 1,
  // Far longer than any step takes, because other work may have most of the processor.
  timeout: 900_000,
  expect: patient,
  forbidOnly: Boolean(process.env['CI']),
  // A test that passes only the second time is a bug, not a pass.
  retries: 0,
  reporter: 'list',
  outputDir: 'test-results',
});
