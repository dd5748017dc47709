// The packaged app's tests: the core of the end-to-end suite, and what only a package has. `npm run test:packaged`.
import { defineConfig } from '@playwright/test';
import ordinary from './playwright.config';

export default defineConfig(ordinary, {
  testDir: 'tests',
  testMatch: [
    'e2e/{spine,failures,restart,updates,views,security,desktop,links,second-start}.spec.ts',
    'packaged/*.spec.ts',
  ],
});
