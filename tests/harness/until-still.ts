// Waits until what a page shows has come to rest, for tests that measure or judge it.
import type { Page } from '@playwright/test';

/** Waits until nothing fades or moves any more, but for what never ends and what stands still. */
export async function untilStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const moving = () =>
      document
        .getAnimations()
        .filter(
          ({ effect, playState }) =>
            playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime),
        );
    // One that has ended may have begun another.
    for (let found = moving(); found.length > 0; found = moving())
      await Promise.allSettled(found.map(({ finished }) => finished));
  });
}
