// Unit tests stand beside what they test; the end-to-end tests are Playwright's.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,electron,renderer,scripts,tests}/**/*.test.{ts,mjs}'],
    // For what never ends; a machine that has much else to do is no failure.
    // It is an ES module, which its package does not say.
    server: { deps: { inline: [/@jsquash\/jxl/] } },
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 90_000 } },
    // Vitest leaves one core free, which is half of two.
    maxWorkers: availableParallelism(),
  },
});
