// End-to-end tests on the real Electron, one app at a time: they share two cores and one display.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  // A test that passes only the second time is a bug, not a pass.
  retries: 0,
  reporter: 'list',
  outputDir: 'test-results',
});
