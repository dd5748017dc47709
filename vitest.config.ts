// Unit tests stand beside what they test; the end-to-end tests are Playwright's.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // A guard against hanging, not a measure: a busy machine may take its time.
  test: {
    include: ['{shared,electron,renderer,scripts,tests}/**/*.test.{ts,mjs}'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
