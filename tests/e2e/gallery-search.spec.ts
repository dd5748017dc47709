import { expect, test } from './fixture';
import { chips, clearAll, expectFound, field, fourPrompts, openFour, sidebar } from './four-pictures';
import { notices, tiles } from './gallery-parts';

test('pictures are found by words, filters, days and chats, and are sorted', async ({
  startWithPictures,
  write,
}) => {
  test.slow();
  const { page } = await startWithPictures(fourPrompts);
  await openFour(page);

  await test.step('sorts by oldest first', async () => {
    await expect(tiles(page).first()).toHaveAccessibleName(/dusk/);
    await page.getByTitle('Sort', { exact: true }).click();
    await page.getByText('Oldest first').last().click();
    await expect(tiles(page).first()).toHaveAccessibleName(/red fox/);
    await page.getByTitle('Sort', { exact: true }).click();
    await page.getByText('Newest first').last().click();
    await expect(tiles(page).first()).toHaveAccessibleName(/dusk/);
  });

  await test.step('filters are selected by keyboard, shown as chips and removed one by one', async () => {
    await page.getByRole('button', { name: 'Filter', exact: true }).press('Enter');
    const menu = page.getByRole('dialog', { name: 'Filter' });
    await expect(menu.getByRole('button', { name: 'Today' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(menu.getByRole('button', { name: 'Today' })).toHaveAttribute('aria-pressed', 'true');
    await menu.getByRole('button', { name: 'Portrait' }).press('Enter');
    await expectFound(page, 0);
    await expect(page.getByText('No picture from this time matches the other filters')).toBeVisible();
    await menu.getByRole('checkbox', { name: 'Offline sketch 4' }).press('Space');
    await page.keyboard.press('Escape');
    await expect(menu).toBeHidden();
    await expect(chips(page)).toHaveText(['Today', 'Offline sketch', 'Portrait']);
    await page.getByRole('button', { name: 'Remove the filter Portrait' }).press('Enter');
    await expectFound(page, 4);
    await expect(page.getByRole('button', { name: 'Remove the filter Offline sketch' })).toBeFocused();
    await field(page).fill('whale');
    await expectFound(page, 2);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await expectFound(page, 4);
    await expect(chips(page)).toHaveCount(0);
  });

  await test.step('a filter for a past day shows none of today’s pictures', async () => {
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByLabel('To', { exact: true }).fill('2020-02-29');
    await expectFound(page, 0);
    await expect(chips(page)).toHaveText(['Until 29 February 2020']);
    // The order of the day's parts is that of the language, and Escape closes the calendar alone.
    await expect(page.getByLabel('To', { exact: true })).toHaveValue('2020-02-29');
    await page.getByLabel('To', { exact: true }).blur();
    await expect(page.getByLabel('To', { exact: true })).toHaveValue('29/02/2020');
    const opener = page.getByRole('button', { name: 'To: calendar' });
    await opener.press('Enter');
    await expect(page.getByRole('button', { name: 'Saturday 29 February 2020' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(opener).toBeFocused();
    await opener.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(chips(page)).toHaveText(['Until 7 March 2020']);
    await expect(opener).toBeFocused();
    await page.getByLabel('To', { exact: true }).fill('31.12.2199');
    await expectFound(page, 4);
    await clearAll(page);
  });

  await test.step('search finds words while the user types, in any order and for any input', async () => {
    await page.keyboard.press('/');
    await expect(field(page)).toBeFocused();
    await page.keyboard.type('FO');
    await expectFound(page, 2);
    await expect(page.getByRole('status', { name: 'Results' })).toHaveText('2 found');
    await page.keyboard.type('x wha');
    await expectFound(page, 1);
    await field(page).fill('富士');
    await expectFound(page, 1);
    await field(page).fill('offline sketch');
    await expectFound(page, 4);
    await field(page).fill('"red fox"');
    await expectFound(page, 1);
    // Inside a word, ranked until another order is chosen, which stays while the search stands.
    await field(page).fill('ketc');
    await expectFound(page, 4);
    const sort = page.getByTitle('Sort', { exact: true });
    await expect(sort).toHaveText('Best matches first');
    await sort.press('Enter');
    await page.getByRole('radio', { name: 'Best matches first' }).press('ArrowUp');
    await page.keyboard.press('Enter');
    await field(page).fill('ketch');
    await expect(sort).toHaveText('By model');
    await field(page).fill('');
    await expect(sort).toHaveText('Newest first');
    // As after an update, while pictures are being indexed.
    write('INSERT INTO search_queue SELECT min(order_key) FROM user_images');
    await field(page).fill('fox');
    await expect(page.getByText('Search is still being prepared for 1 picture.')).toBeVisible();
    write('DELETE FROM search_queue');
    await field(page).fill('');
    for (const nonsense of [
      '"',
      '*',
      'NOT (',
      'a AND',
      'prompt:fox',
      '🦊\u0000',
      "';--",
      '^-{+',
      'x'.repeat(500),
    ]) {
      await field(page).fill(nonsense);
      await expect(field(page)).toHaveValue(nonsense);
    }
    await expect(page.getByText('No picture has')).toBeVisible();
    await expect(notices(page)).toBeEmpty();
    await page.keyboard.press('Escape');
    await expect(field(page)).toHaveValue('');
    await expectFound(page, 4);
    await page.keyboard.press('Escape');
    await expect(field(page)).not.toBeFocused();
    await page.keyboard.press('Control+f');
    await expect(field(page)).toBeFocused();

    // A part of a message's word, in the palette and in the list of chats: both open its place.
    const first = page.getByRole('article', { name: 'You' }).filter({ hasText: 'red fox' });
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search commands' }).fill('raw red');
    await page
      .getByRole('group', { name: 'Messages' })
      .getByRole('option', { name: /draw a red fox/ })
      .click();
    await expect(first).toBeInViewport();
    await page.getByRole('button', { name: 'Go to the newest message' }).click();
    await expect(first).not.toBeInViewport();
    const chats = page.getByRole('navigation', { name: 'Chats' });
    await chats.getByRole('searchbox', { name: 'Search chats' }).fill('raw red');
    await chats.getByRole('listitem').getByText('draw a red fox at dawn').click();
    await expect(first).toBeInViewport();
  });

  await test.step('a text that names a time offers the pictures of that time', async () => {
    await openFour(page);
    const dayMs = 24 * 60 * 60 * 1000;
    // Yesterday, in the middle of the day, whatever the clock says.
    const yesterday = new Date(Date.now() - dayMs).setHours(12, 0, 0, 0);
    write(`UPDATE user_images SET created_at = ${yesterday} WHERE prompt LIKE '%moon%'`);
    await field(page).fill('yesterday');
    const suggestion = page.getByRole('group', { name: 'Suggestions' }).getByRole('button');
    await expect(suggestion).toContainText('Pictures from yesterday');
    await expect(suggestion).toContainText('1 found');
    // The words are still searched for.
    await expectFound(page, 0);
    await field(page).press('ArrowDown');
    await expect(suggestion).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await expect(field(page)).toBeFocused();
    await page.keyboard.press('Enter');
    await expectFound(page, 1);
    await expect(tiles(page).first()).toHaveAccessibleName(/moon/);
    await expect(field(page)).toHaveValue('');
    await expect(suggestion).toHaveCount(0);
    await expect(chips(page)).toHaveCount(1);
    await clearAll(page);
    await field(page).fill('pictures from 1999');
    await expect(page.getByText('No picture is from this time: 1999.')).toBeVisible();
    await expect(suggestion).toHaveCount(0);
    await page.getByRole('button', { name: /^Pictures from (this|last) year$/ }).click();
    await expect(chips(page)).toHaveText([/^(This|Last) year$/]);
    await expect(page.getByRole('gridcell', { name: /moon/ })).toBeVisible();
    await clearAll(page);
    // Saved, a time keeps its name, and moves on with the days.
    await field(page).fill('yesterday');
    await suggestion.click();
    await page.getByRole('button', { name: 'Save this search' }).click();
    await expect(sidebar(page).getByRole('button', { name: 'Yesterday 1' })).toBeVisible();
    await clearAll(page);
    await field(page).fill('today');
    await suggestion.click();
    await expectFound(page, 3);
    await clearAll(page);
    // Every picture has a seed, and none lacks its model: neither is a choice.
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    const menu = page.getByRole('dialog', { name: 'Filter' });
    await expect(menu.getByRole('checkbox', { name: /^Offline sketch/ }).first()).toBeVisible();
    await expect(menu.getByText(/seed|known model/)).toHaveCount(0);
    await page.keyboard.press('Escape');
  });

  await test.step('the chat filter finds pictures of an old chat among many', async () => {
    await openFour(page);
    write(`WITH RECURSIVE later (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM later WHERE n < 300)
      INSERT INTO conversations (id, title, created_at, updated_at)
      SELECT printf('0190a000-0000-7000-8000-%012d', n), 'Later ' || n, 9e12 + n, 9e12 + n FROM later`);
    await page.reload();
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    const chat = page.getByRole('combobox', { name: 'Made in the chat' });
    await chat.selectOption('Later 1');
    await expectFound(page, 0);
    await chat.selectOption('a red fox at dawn');
    await expectFound(page, fourPrompts.length);
    await expect(chips(page)).toHaveText('From “a red fox at dawn”');
  });
});
