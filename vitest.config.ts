// Unit tests stand beside what they test.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,electron,renderer,scripts,tests}/**/*.test.{ts,mjs}'],
    setupFiles: [],
  },
});
