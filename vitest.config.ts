// Unit tests stand beside what they test; the end-to-end tests are Playwright's.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,electron,renderer,scripts,tests}/**/*.test.{ts,mjs}'],
    // For what never ends; a machine that has much else to do is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    // Vitest leaves one core free, which is half of two.
    maxWorkers: availableParallelism(),
  },
});
