// The gallery's timeline: rows under dates, and control by keyboard and by dates.
import { accessibilityProblems } from './accessibility';
import { expect, test } from './fixture';
import { grid, openFilledGallery } from './gallery-parts';
import { seedFolder } from './seeded';
import { orderOf, scrollToTop, seededContent, wheel } from './timeline-parts';

test('the timeline has rows under dates, is controlled by keyboard and by dates, and groups by month', async ({
  start,
  dataFolder,
  rows,
}) => {
  test.slow();
  seedFolder(dataFolder, { ...seededContent, messages: 500 });
  const { page, electron } = await start();

  await test.step('a seeded folder shows its last message and its newest picture, as one that a user filled', async () => {
    const [last] = rows('SELECT id FROM messages ORDER BY id DESC LIMIT 1');
    const [newest] = rows('SELECT id FROM user_images WHERE deleted_at IS NULL ORDER BY id DESC LIMIT 1');
    const end = page.locator(`article[data-message-id="${String(last?.['id'])}"]`);
    await expect(end).toBeInViewport();
    // The start loads one screen of messages; the older ones follow automatically without a layout shift.
    await expect.poll(() => page.locator('article').count()).toBeGreaterThan(30);
    await expect(end).toBeInViewport();

    await openFilledGallery(page);
    const image = page.locator(`[data-image-id="${String(newest?.['id'])}"]`).locator('img');
    await expect(image).toBeInViewport();
    await expect(image).toHaveJSProperty('complete', true);
    expect(await image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(0);
  });

  const tiles = await openFilledGallery(page);

  await test.step('a date covers pictures of its own day alone, and leaves with the last row of them', async () => {
    const scroller = page.locator('[data-scroller]');
    for (let y = 0; y <= 1200; y += 60) {
      await scroller.evaluate((element, top) => {
        element.scrollTop = top;
      }, y);
      await expect
        .poll(() => grid(page).evaluate((element) => element.querySelectorAll('[role="rowgroup"]').length))
        .toBeGreaterThan(0);
      const late = () =>
        grid(page).evaluate(
          (element) =>
            [...element.querySelectorAll('[role="rowgroup"]')].filter((group) => {
              const date = group.firstElementChild;
              const last = group.lastElementChild;
              if (!date || !last || last.getAttribute('role') !== 'row') return true;
              return date.getBoundingClientRect().bottom > last.getBoundingClientRect().bottom + 1;
            }).length,
        );
      await expect.poll(late, `at ${y} px`).toBe(0);
    }
    await scroller.evaluate((element) => {
      element.scrollTop = 0;
    });
    await expect(tiles.first()).toBeInViewport();
  });

  await test.step('rows are justified, keep the pictures’ shapes, and few tiles are in the document', async () => {
    const shapes = new Map(
      rows('SELECT id, width, height FROM user_images').map((row) => [
        row['id'],
        Number(row['width']) / Number(row['height']),
      ]),
    );
    for (let turn = 0; turn < 4; turn += 1) {
      const seen = await grid(page)
        .getByRole('row')
        .evaluateAll((all) =>
          all.map((row) => ({
            width: row.getBoundingClientRect().width,
            right: Math.max(
              ...[...row.children].map(
                (tile) => tile.getBoundingClientRect().right - row.getBoundingClientRect().left,
              ),
            ),
            isLast: row === row.parentElement?.lastElementChild,
            tiles: [...row.children].map((tile) => {
              const { width, height } = tile.getBoundingClientRect();
              return { id: tile.getAttribute('data-image-id'), width, height };
            }),
          })),
        );
      for (const row of seen) {
        if (!row.isLast) expect(row.right).toBeCloseTo(row.width, 0);
        for (const tile of row.tiles) {
          const shape = shapes.get(tile.id) ?? Number.NaN;
          // Very narrow and very wide pictures are cropped.
          if (shape < 0.36 || shape > 3.6) continue;
          expect(Math.abs(tile.width - tile.height * shape)).toBeLessThan(2 + shape);
        }
      }
      expect(await tiles.count()).toBeLessThanOrEqual(60);
      await wheel(page, 900, 2);
    }
    await expect(grid(page).getByRole('rowgroup').first()).toHaveAttribute('aria-label', /\d|day/);
    await expect(tiles.getByRole('img').first()).toBeVisible();
  });

  await test.step('the date slider leads to any month by keyboard and by pointer', async () => {
    await scrollToTop(page, orderOf(rows)[0]);
    const dates = page.getByRole('slider', { name: 'Date' });
    const monthOf = (end: 'min' | 'max') => {
      const [row] = rows(`SELECT ${end}(created_at) AS at FROM user_images WHERE deleted_at IS NULL`);
      return new Date(Number(row?.['at'])).toLocaleDateString('en-GB', { month: 'long', year: 'numeric' });
    };
    const [oldestMonth, newestMonth] = [monthOf('min'), monthOf('max')];
    // Wait until the whole order is loaded; before, the slider may have no later months.
    await expect(grid(page)).not.toHaveAttribute('aria-rowcount', '-1');
    await expect(dates).toHaveAttribute('aria-valuetext', newestMonth);
    await dates.focus();
    await page.keyboard.press('ArrowDown');
    await expect(dates).not.toHaveAttribute('aria-valuetext', newestMonth);
    await page.keyboard.press('End');
    await expect(dates).toHaveAttribute('aria-valuetext', oldestMonth);
    await page.keyboard.press('Home');
    await expect(dates).toHaveAttribute('aria-valuetext', newestMonth);
    const box = await dates.boundingBox();
    if (!box) throw new Error('The date slider is not visible.');
    await page.mouse.move(box.x + 20, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + 20, box.y + box.height + 30, { steps: 5 });
    await page.mouse.up();
    await expect(dates).toHaveAttribute('aria-valuetext', oldestMonth);
    await page.locator(`[data-image-id="${orderOf(rows).at(-1)}"]`).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  await test.step('the keyboard moves through the grid, opens, steps, closes and deletes', async () => {
    const order = orderOf(rows);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-image-id'));
    await scrollToTop(page, order[0]);
    await tiles.first().focus();
    for (const [key, at] of [
      ['ArrowRight', 1],
      ['ArrowRight', 2],
      ['ArrowLeft', 1],
      ['End', order.length - 1],
      ['ArrowLeft', order.length - 2],
      ['Home', 0],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(focused, key).toBe(order[at]);
      await expect(page.locator(':focus'), key).toBeInViewport({ ratio: 0.99 });
    }
    const rowOf = () =>
      page.evaluate(() => Number(document.activeElement?.parentElement?.getAttribute('aria-rowindex')));
    for (const [key, isThere] of [
      ['ArrowDown', (row: number) => row === 2],
      ['PageDown', (row: number) => row > 3],
      ['PageUp', (row: number) => row <= 2],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(async () => isThere(await rowOf()), key).toBe(true);
    }
    await page.keyboard.press('Home');
    await expect.poll(focused).toBe(order[0]);
    // After scrolling away with the wheel, the keys continue from the focused tile.
    await wheel(page, 900, 6);
    expect(await focused()).toBe(order[0]);
    expect(await tiles.count()).toBeLessThanOrEqual(60);
    await page.keyboard.press('ArrowRight');
    await expect.poll(focused).toBe(order[1]);
    await expect(page.locator(':focus')).toBeInViewport();

    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect.poll(focused).toBe(order[3]);
    await page.keyboard.press('Delete');
    await expect.poll(focused).toBe(order[4]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.locator(`[data-image-id="${order[3]}"]`)).toBeVisible();
  });

  await test.step('there are no accessibility violations in both themes', async () => {
    await electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800),
    );
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityProblems(page), colorScheme).toEqual([]);
    }
  });

  await test.step('zooming out, with Ctrl and the wheel or with keys, groups by month', async () => {
    await scrollToTop(page, orderOf(rows)[0]);
    const name = () => grid(page).getByRole('rowgroup').first().getAttribute('aria-label');
    const month = new Date().toLocaleDateString('en-GB', { month: 'long' });
    await tiles.first().focus();
    await page.keyboard.press('-');
    await expect.poll(name).toMatch(/^[A-Z][a-z]+ \d{4}$/);
    await page.keyboard.press('+');
    await expect.poll(name).not.toContain(`${month} 20`);
    await page.keyboard.down('Control');
    await page.locator('[data-scroller]').hover();
    await page.mouse.wheel(0, 100);
    await page.keyboard.up('Control');
    await expect.poll(name).toMatch(/^[A-Z][a-z]+ \d{4}$/);
    await expect(page.getByRole('button', { name: 'Smaller pictures' })).toBeDisabled();
  });
});
