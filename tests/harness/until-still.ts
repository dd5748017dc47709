// Waits until a page has come to rest, for tests that measure or inspect it.
import type { Page } from '@playwright/test';

/** Waits until no animation or transition runs, except endless ones and paused ones. */
export async function untilStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const moving = () =>
      document
        .getAnimations()
        .filter(
          ({ effect, playState }) =>
            playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime),
        );
    // The end of one animation may have started another.
    for (let found = moving(); found.length > 0; found = moving())
      await Promise.allSettled(found.map(({ finished }) => finished));
  });
}
