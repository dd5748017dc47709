// Selecting several pictures by click, range, rectangle and keyboard, and the actions on them.
import type { Page } from '@playwright/test';
import { misplacedControls } from '../harness/misplaced-controls';
import { untilStill } from '../harness/until-still';
import { accessibilityProblems } from './accessibility';
import { expect, test } from './fixture';
import { grid, notices, openFilledGallery, selectionBar } from './gallery-parts';
import { withSeededFolder } from './seeded';

withSeededFolder({ pictures: 300, messages: 20, files: 24 });

const selected = (page: Page) => grid(page).locator('[data-image-id][aria-selected="true"]');
const count = (page: Page) => page.getByRole('status', { name: 'Selection' });
const all = `SELECT count(*) AS n FROM user_images WHERE deleted_at IS NULL`;

test('pictures are selected by click, range, rectangle and keyboard, and acted on together', async ({
  start,
  rows,
}) => {
  test.slow();
  const { page, electron } = await start();
  const tiles = await openFilledGallery(page);

  await test.step('selects by click, button, range and keyboard and keeps the selection while scrolling', async () => {
    await tiles.nth(1).click({ modifiers: ['ControlOrMeta'] });
    await expect(count(page)).toHaveText('1 selected');
    await tiles.nth(4).click({ modifiers: ['Shift'] });
    await expect(count(page)).toHaveText('4 selected');
    await tiles.nth(2).click({ modifiers: ['Shift'] });
    await expect(count(page)).toHaveText('2 selected');
    await tiles.nth(0).hover();
    await tiles.nth(0).getByRole('button', { name: 'Select' }).click();
    await expect(count(page)).toHaveText('3 selected');
    // During a selection, a plain click selects too.
    await tiles.nth(0).click({ position: { x: 60, y: 60 } });
    await expect(count(page)).toHaveText('2 selected');
    await expect(page.getByRole('dialog')).toHaveCount(0);

    const before = await selected(page).evaluateAll((found) =>
      found.map((tile) => tile.getAttribute('data-image-id')),
    );
    await page.locator('[data-scroller]').evaluate((scroller) => scroller.scrollTo(0, 9000));
    await expect(selected(page)).toHaveCount(0);
    await expect(count(page)).toHaveText('2 selected');
    await page.locator('[data-scroller]').evaluate((scroller) => scroller.scrollTo(0, 0));
    await expect(selected(page)).toHaveCount(2);
    expect(
      await selected(page).evaluateAll((found) => found.map((tile) => tile.getAttribute('data-image-id'))),
    ).toEqual(before);

    await page.keyboard.press('Escape');
    await expect(selectionBar(page)).toHaveCount(0);
    await tiles.nth(1).focus();
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await expect(count(page)).toHaveText('3 selected');
    await page.keyboard.press('Shift+ArrowLeft');
    await expect(count(page)).toHaveText('2 selected');
    await page.keyboard.press(' ');
    await expect(count(page)).toHaveText('1 selected');
    await page.keyboard.press('ControlOrMeta+a');
    const number = new Intl.NumberFormat('en').format(Number(rows(all)[0]?.['n']));
    await expect(count(page)).toHaveText(`${number} selected`);
    // A search clears the selection.
    await page.getByRole('searchbox', { name: 'Search pictures' }).fill('fox');
    await expect(selectionBar(page)).toHaveCount(0);
    await page.getByRole('searchbox', { name: 'Search pictures' }).fill('');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('searchbox', { name: 'Search pictures' })).not.toBeFocused();
    await expect.poll(() => tiles.count()).toBeGreaterThan(6);
  });

  await test.step('selects by a rectangle that scrolls at the edge', async () => {
    const box = await page.locator('[data-scroller]').boundingBox();
    const first = await tiles.nth(0).boundingBox();
    if (!box || !first) throw new Error('The gallery is not on screen.');
    const onScreen = await tiles.evaluateAll(
      (found) => found.filter((tile) => tile.getBoundingClientRect().top < innerHeight).length,
    );
    const from = { x: box.x + 6, y: first.y + 4 };
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(first.x + 10, first.y + 20, { steps: 4 });
    await expect(selected(page)).toHaveCount(1);
    await page.mouse.move(from.x + 4, from.y + 10, { steps: 3 });
    await expect(selected(page)).toHaveCount(0);
    await page.mouse.move(box.x + box.width - 120, box.y + box.height - 4, { steps: 6 });
    await expect
      .poll(() => page.locator('[data-scroller]').evaluate((scroller) => scroller.scrollTop))
      .toBeGreaterThan(900);
    await page.mouse.up();
    const many = async () => Number((await count(page).innerText()).replace(/\D/g, ''));
    await expect.poll(many).toBeGreaterThan(onScreen);
    await page.mouse.click(box.x + 6, box.y + box.height / 2);
    await expect(selectionBar(page)).toHaveCount(0);
    await page.locator('[data-scroller]').evaluate((scroller) => scroller.scrollTo(0, 0));
  });

  await test.step('moves all pictures to Trash and restores them by one undo', async () => {
    const before = Number(rows(all)[0]?.['n']);
    await page.keyboard.press('ControlOrMeta+a');
    await selectionBar(page).getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByText('pictures are in Trash')).toBeVisible();
    await expect(selectionBar(page)).toHaveCount(0);
    await expect.poll(() => rows(all)[0]?.['n']).toBe(0);
    await notices(page).getByRole('button', { name: 'Undo' }).click();
    await expect(grid(page).locator('[data-image-id]').first()).toBeVisible();
    await expect.poll(() => rows(all)[0]?.['n']).toBe(before);
  });

  await test.step('compares pictures side by side with one zoom', async () => {
    await tiles.nth(0).click({ modifiers: ['ControlOrMeta'] });
    await expect(selectionBar(page).getByRole('button', { name: 'Compare' })).toBeDisabled();
    await tiles.nth(1).click({ modifiers: ['ControlOrMeta'] });
    await selectionBar(page).getByRole('button', { name: 'Compare' }).click();
    const compare = page.getByRole('dialog', { name: 'Compare 2 pictures' });
    const full = compare.locator('img[data-full="true"]');
    await expect(full).toHaveCount(2);
    await untilStill(page);
    const widths = () =>
      full.evaluateAll((found) => found.map((image) => image.getBoundingClientRect().width));
    const before = await widths();
    await full.first().hover();
    await page.mouse.wheel(0, -400);
    await expect.poll(async () => ((await widths())[0] ?? 0) / (before[0] ?? 1)).toBeGreaterThan(1.5);
    const after = await widths();
    expect((after[0] ?? 0) / (before[0] ?? 1)).toBeCloseTo((after[1] ?? 0) / (before[1] ?? 1), 2);
    await page.keyboard.press('0');
    await expect.poll(widths).toEqual(before);
    // The buttons do the same, to all pictures at once.
    const ratios = async () => (await widths()).map((width, at) => width / (before[at] ?? 1));
    await compare.getByRole('button', { name: 'Zoom in' }).click({ clickCount: 2 });
    await expect.poll(ratios).toEqual([expect.closeTo(2.25, 2), expect.closeTo(2.25, 2)]);
    await compare.getByRole('button', { name: 'Zoom out' }).click();
    await expect.poll(ratios).toEqual([expect.closeTo(1.5, 2), expect.closeTo(1.5, 2)]);
    await compare.getByRole('button', { name: '100%' }).click();
    await expect(compare.getByRole('status', { name: 'Zoom' })).toHaveText('100%');
    await compare.getByRole('button', { name: 'Fit' }).click();
    await expect.poll(widths).toEqual(before);
    await page.keyboard.press('Escape');
    await expect(compare).toHaveCount(0);
    await expect(count(page)).toHaveText('2 selected');
    await page.keyboard.press('Escape');
    await expect(selectionBar(page)).toHaveCount(0);
  });

  await test.step('has no accessibility violations in both themes', async () => {
    await tiles.nth(0).click({ modifiers: ['ControlOrMeta'] });
    await tiles.nth(1).click({ modifiers: ['ControlOrMeta'] });
    const checkInBothThemes = async (part: string) => {
      for (const theme of ['light', 'dark'] as const) {
        await electron.evaluate(({ nativeTheme }, source) => {
          nativeTheme.themeSource = source;
        }, theme);
        await expect
          .poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
          .toBe(theme === 'dark');
        expect(await accessibilityProblems(page, part), theme).toEqual([]);
      }
    };
    await checkInBothThemes('main[aria-label="Gallery"]');
    await selectionBar(page).getByRole('button', { name: 'Compare' }).click();
    await checkInBothThemes('dialog[open]');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(selectionBar(page)).toHaveCount(0);
  });

  await test.step('comparing favours the focused picture by key, and keeps one by deleting the others', async () => {
    const ids: (string | null)[] = [];
    for (const at of [0, 1, 2]) {
      ids.push(await tiles.nth(at).getAttribute('data-image-id'));
      await tiles.nth(at).click({ modifiers: ['ControlOrMeta'] });
    }
    const stateOf = (id: string | null | undefined) =>
      rows(`SELECT favourite, deleted_at IS NULL AS there FROM user_images WHERE id = '${id}'`)[0];
    const wasFavourite = stateOf(ids[1])?.['favourite'];
    await selectionBar(page).getByRole('button', { name: 'Compare' }).click();
    const compare = page.getByRole('dialog', { name: 'Compare 3 pictures' });
    const panes = compare.locator('[data-pane]');
    await expect(panes.first()).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(panes.nth(1)).toBeFocused();
    await page.keyboard.press('f');
    await expect.poll(() => stateOf(ids[1])?.['favourite']).toBe(wasFavourite === 1 ? 0 : 1);

    // Nothing is outside of a narrow window.
    await electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setContentSize(640, 600),
    );
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(640);
    expect(await misplacedControls(page)).toEqual([]);
    // The words depend on the room, which depends on the shapes.
    const keepName = /^Keep (?:this, delete the others|only this)$/;
    const keep = panes.getByRole('button', { name: keepName });
    const cutOff = () =>
      keep.evaluateAll((all) =>
        all.map((button) => button.scrollWidth - button.clientWidth).filter((by) => by > 0),
      );
    await expect.poll(cutOff).toEqual([]);
    // Where the words are beside the buttons, they are in one line with them.
    await electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setContentSize(2700, 860),
    );
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(2700);
    const middleOf = (selector: string) =>
      panes.first().evaluate((pane, wanted) => {
        const box = pane.querySelector(wanted)?.getBoundingClientRect();
        return box && box.top + box.height / 2;
      }, selector);
    await expect
      .poll(async () =>
        Math.abs(Number(await middleOf('figcaption div')) - Number(await middleOf('figcaption button'))),
      )
      .toBeLessThan(1);
    await electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 860),
    );
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(1280);
    await expect.poll(cutOff).toEqual([]);
    // Each says its model, price and time, whether the others differ or not.
    for (let at = 0; at < 3; at += 1) {
      await expect(panes.nth(at).getByText(/·.*·/).first()).toBeVisible();
    }
    await panes.nth(2).getByRole('button', { name: keepName }).click();
    await expect(compare).toHaveCount(0);
    await expect(notices(page)).toContainText('2 pictures moved to Trash');
    await expect.poll(() => ids.map((id) => stateOf(id)?.['there'])).toEqual([0, 0, 1]);
    // Undo comes back to the comparison.
    await notices(page).getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => [ids[0], ids[1]].map((id) => stateOf(id)?.['there'])).toEqual([1, 1]);
    await expect(panes).toHaveCount(3);
    // A picture that goes leaves the others, and comes back in its place.
    await panes.nth(1).getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.locator('[data-pane]')).toHaveCount(2);
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
    await expect(panes).toHaveCount(3);
    await expect(panes.nth(1)).toHaveAttribute('data-pane', ids[1] ?? '');
    await page.keyboard.press('Escape');
    await expect(compare).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(selectionBar(page)).toHaveCount(0);
    // Restored pictures come back to the grid a moment later.
    for (const [at, id] of ids.entries())
      await expect(tiles.nth(at)).toHaveAttribute('data-image-id', id ?? '');
  });

  await test.step('adds the selection to favourites and to a collection', async () => {
    const favourites = () =>
      rows('SELECT count(*) AS n FROM user_images WHERE favourite = 1 AND deleted_at IS NULL');
    await tiles.nth(0).click({ modifiers: ['ControlOrMeta'] });
    await tiles.nth(3).click({ modifiers: ['Shift'] });
    await expect(count(page)).toHaveText('4 selected');
    const before = Number(favourites()[0]?.['n']);
    const already = await selected(page).locator('[data-on]').count();
    await selectionBar(page).getByRole('button', { name: 'Favourite' }).click();
    await expect.poll(() => Number(favourites()[0]?.['n'])).toBe(before + 4 - already);
    await selectionBar(page).getByRole('button', { name: 'Add to collection' }).click();
    await page.getByRole('textbox', { name: 'New collection' }).fill('Best');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Best 4' })).toBeVisible();
    await expect(selectionBar(page)).toHaveCount(0);
    // Dragging one selected picture drags the whole selection.
    await tiles.nth(4).click({ modifiers: ['ControlOrMeta'] });
    await tiles.nth(5).click({ modifiers: ['ControlOrMeta'] });
    await expect(count(page)).toHaveText('2 selected');
    await tiles.nth(5).dragTo(page.getByRole('button', { name: 'Best 4' }));
    await expect(page.getByRole('button', { name: 'Best 6' })).toBeVisible();
  });
});
