// Keeping pictures of the gallery together: favourites, collections and saved searches.
import { accessibilityProblems } from './accessibility';
import { chooseAction, expect, expectFullPicture, pictures, sendMessage, test } from './fixture';
import { chips, clearAll, expectFound, field, fourPrompts, openFour, sidebar } from './four-pictures';
import { grid, notices, tiles } from './gallery-parts';

test('pictures are kept in favourites, collections and saved searches', async ({
  start,
  startWithPictures,
}) => {
  test.slow();
  const first = await startWithPictures(fourPrompts);
  const { page, electron } = first;
  await openFour(page);

  await test.step('a collection is created, filled by menu and by drag, and restored after its deletion', async () => {
    await sidebar(page).getByRole('button', { name: 'New collection' }).click();
    await page.getByRole('textbox', { name: 'Name of the collection' }).fill('Sea');
    await page.keyboard.press('Enter');
    await expect(sidebar(page).getByRole('button', { name: 'Sea 0' })).toBeVisible();

    await field(page).fill('moon');
    await expectFound(page, 1);
    await tiles(page).first().click();
    await page.keyboard.press('l');
    await expect(page.getByRole('dialog', { name: 'Add to collection' }).getByRole('button')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(sidebar(page).getByRole('button', { name: 'Sea 1' })).toBeVisible();
    // The picture stays open.
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);

    await field(page).fill('fox whale');
    await expectFound(page, 1);
    await grid(page)
      .locator('[data-image-id]')
      .first()
      .dragTo(sidebar(page).getByRole('button', { name: 'Sea 1' }));
    const both = sidebar(page).getByRole('button', { name: 'Sea 2' });
    await both.click();
    await expectFound(page, 2);
    await expect(chips(page)).toHaveText(['Sea']);

    await sidebar(page).getByRole('button', { name: 'All pictures' }).click();
    await both.click({ button: 'right' });
    const menu = page.getByRole('menu', { name: 'Actions for Sea' });
    await menu.getByRole('menuitem', { name: 'Select all pictures' }).click();
    await expectFound(page, 2);
    await expect(page.getByRole('status', { name: 'Selection' })).toContainText('2 selected');
    await page.keyboard.press('Escape');
    await both.focus();
    await page.keyboard.press('F2');
    await expect(page.getByRole('textbox', { name: 'Name of the collection' })).toBeFocused();
    await page.keyboard.press('Escape');
    await both.click({ button: 'right' });
    await expect(menu.getByRole('menuitem', { name: 'Open' })).toBeFocused();
    const place = await menu.boundingBox();
    await menu.getByRole('menuitem', { name: 'Rename' }).click({ button: 'right' });
    expect(await menu.boundingBox()).toEqual(place);
    await menu.getByRole('menuitem', { name: 'Delete collection' }).click();
    await expectFound(page, 4);
    await notices(page).getByText('deleted').locator('..').getByRole('button', { name: 'Undo' }).click();
    await both.click();
    await expectFound(page, 2);
    await sidebar(page).getByRole('button', { name: 'All pictures' }).click();
    await expectFound(page, 4);
  });

  await test.step('undo removes pictures that were added to a collection', async () => {
    await tiles(page).first().click();
    await chooseAction(page.getByRole('dialog', { name: 'Picture' }), 'Add to collection');
    await page.getByRole('textbox', { name: 'New collection' }).fill('Dusk');
    await page.keyboard.press('Enter');
    await expect(sidebar(page).getByRole('button', { name: 'Dusk 1' })).toBeVisible();
    await notices(page).getByText('Dusk').locator('..').getByRole('button', { name: 'Undo' }).click();
    await page.keyboard.press('Escape');
    await sidebar(page).getByRole('button', { name: 'Dusk 0' }).click();
    await expectFound(page, 0);
    await sidebar(page).getByRole('button', { name: 'All pictures' }).click();
    await expectFound(page, 4);
  });

  await test.step('a favourite is set by key or click, and can be filtered', async () => {
    await tiles(page).first().focus();
    await page.keyboard.press('f');
    await tiles(page).nth(1).hover();
    await tiles(page).nth(1).getByRole('button', { name: 'Favourite' }).click();
    await sidebar(page).getByRole('button', { name: 'Favourites 2' }).click();
    await expectFound(page, 2);
    await sidebar(page).getByRole('button', { name: 'All pictures' }).click();
    await expectFound(page, 4);
  });

  await test.step('filters, chips and collections have no accessibility violations in both themes', async () => {
    await field(page).fill('whale');
    await page.getByRole('button', { name: 'Save this search' }).click();
    await expect(sidebar(page).getByRole('button', { name: 'whale 2' })).toHaveAttribute(
      'aria-current',
      'true',
    );
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('button', { name: 'This year' }).click();
    await expect(chips(page)).toHaveCount(1);
    for (const theme of ['dark', 'light'] as const) {
      await electron.evaluate(({ nativeTheme }, source) => {
        nativeTheme.themeSource = source;
      }, theme);
      await expect
        .poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
        .toBe(theme === 'dark');
      for (const part of ['search', 'nav[aria-label="Collections"]'])
        expect(await accessibilityProblems(page, part), `${part}, ${theme}`).toEqual([]);
    }
    await clearAll(page);
  });

  await test.step('a saved search finds later pictures and can be renamed', async () => {
    await sidebar(page).getByRole('button', { name: 'All pictures' }).click();
    await expectFound(page, 4);
    await page.getByRole('link', { name: 'Chat' }).click();
    await sendMessage(page, 'draw a small whale');
    await expectFullPicture(pictures(page).nth(4));
    await page.getByRole('link', { name: 'Gallery' }).click();
    const grown = sidebar(page).getByRole('button', { name: 'whale 3' });
    await grown.click();
    await expectFound(page, 3);
    await expect(field(page)).toHaveValue('whale');
    await grown.hover();
    await sidebar(page).getByRole('button', { name: 'Rename whale' }).click();
    await page.getByRole('textbox', { name: 'Name of the collection' }).fill('Whales');
    await page.keyboard.press('Enter');
    await expect(sidebar(page).getByRole('button', { name: 'Whales 3' })).toBeVisible();
  });

  await first.kill();
  await test.step('favourites persist', async () => {
    const again = await start();
    await again.page.getByRole('link', { name: 'Gallery' }).click();
    await sidebar(again.page).getByRole('button', { name: 'Favourites 2' }).click();
    await tiles(again.page).first().hover();
    await tiles(again.page).first().getByRole('button', { name: 'Favourite' }).click();
    await expectFound(again.page, 1);
  });
});
