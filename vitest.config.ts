// Unit tests stand beside what they test; the end-to-end tests are Playwright's.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['{shared,electron,renderer,scripts,tests}/**/*.test.{ts,mjs}'] },
});
