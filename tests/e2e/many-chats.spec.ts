// A list of more chats than are read at once.
import { expect, test } from './fixture';
import { withSeededFolder } from './seeded';

withSeededFolder({ pictures: 1, messages: 8_000, files: 1 });

test('End goes to the last of many chats, Home to the first, and a key in between has the last word', async ({
  start,
  rows,
}) => {
  const { page } = await start();
  const ids = rows(
    'SELECT id FROM conversations WHERE deleted_at IS NULL ORDER BY pinned DESC, activity DESC',
  ).map(({ id }) => String(id));
  // More than the list reads at the start and with its first page.
  expect(ids.length).toBeGreaterThan(231);
  const row = (at: number) =>
    page
      .locator(`[data-conversation-id="${ids.at(at)}"]`)
      .getByRole('button')
      .first();

  await row(0).focus();
  await page.keyboard.press('End');
  await expect(row(-1)).toBeFocused();
  await expect(row(-1)).toBeInViewport();
  await page.keyboard.press('ArrowUp');
  await expect(row(-2)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(row(0)).toBeFocused();

  await page.reload();
  await row(0).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await expect(row(0)).toBeFocused();
  await page.keyboard.press('End');
  await expect(row(-1)).toBeFocused();

  // The results for another text start at their top.
  const list = page.getByRole('navigation', { name: 'Chats' });
  const found = list.getByRole('listitem');
  const scroller = found.first().locator('xpath=ancestor::section/../..');
  for (const text of ['the', 'a']) {
    await list.getByRole('searchbox').fill(text);
    await expect(found.first()).toBeVisible();
    await expect.poll(() => scroller.evaluate((element) => element.scrollTop)).toBe(0);
    await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect.poll(() => scroller.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
  }
});
