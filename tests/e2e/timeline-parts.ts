// For tests of the gallery's timeline: the visible pictures with their places, and scrolling.
import type { Page } from '@playwright/test';
import { expect } from './fixture';

export const seededContent = { pictures: 600, messages: 20, files: 24 };

/** Turns the mouse wheel over the grid, step by step. What scrolls has come to rest afterwards. */
export async function wheel(page: Page, by: number, steps: number): Promise<void> {
  const scroller = page.locator('[data-scroller]');
  for (let step = 0; step < steps; step += 1) {
    await scroller.hover();
    // In an object, so that it is not awaited before the wheel turns.
    const scrolling = await scroller.evaluateHandle((element) => ({
      ended: new Promise<void>((resolve) =>
        element.addEventListener('scrollend', () => resolve(), { once: true }),
      ),
    }));
    await page.mouse.wheel(0, by);
    await scrolling.evaluate(({ ended }) => ended);
    await scrolling.dispose();
  }
}

/** @param newest the picture at the top. */
export async function scrollToTop(page: Page, newest: string | undefined): Promise<void> {
  await page.locator('[data-scroller]').evaluate((element) => element.scrollTo(0, 0));
  await expect(page.locator(`[data-image-id="${newest}"]`)).toBeInViewport();
}

/** @returns the first fully visible picture and its position. */
export async function firstVisible(page: Page): Promise<{ id: string; top: number; left: number }> {
  return page.locator('[data-scroller]').evaluate((scroller) => {
    const top = scroller.getBoundingClientRect().top;
    const boxes = [...scroller.querySelectorAll('[data-image-id]')].map((tile) => ({
      id: tile.getAttribute('data-image-id') ?? '',
      box: tile.getBoundingClientRect(),
    }));
    const seen = boxes.filter(({ box }) => box.top >= top && box.top < innerHeight);
    const [first] = seen.toSorted((a, b) => a.box.top - b.box.top || a.box.left - b.box.left);
    if (!first) throw new Error('No picture is visible.');
    return { id: first.id, top: first.box.top, left: first.box.left };
  });
}

export async function boxOf(page: Page, id: string): Promise<{ top: number; left: number } | null> {
  const box = await page.locator(`[data-image-id="${id}"]`).boundingBox();
  return box && { top: box.y, left: box.x };
}

/** Waits until the app has saved the scroll position, which happens when scrolling ends. */
export async function waitUntilPlaceSaved(
  rows: (sql: string) => Record<string, unknown>[],
  id: string,
): Promise<void> {
  await expect
    .poll(() => String(rows(`SELECT value FROM view_state WHERE key = 'galleryPlace'`)[0]?.['value']))
    .toContain(id);
}

/** Returns the ids of the pictures in their order, newest first. */
export function orderOf(rows: (sql: string) => Record<string, unknown>[]): string[] {
  return rows('SELECT id FROM user_images WHERE deleted_at IS NULL ORDER BY created_at DESC, id DESC').map(
    ({ id }) => String(id),
  );
}
