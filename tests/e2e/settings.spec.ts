// The settings: their search, what a change says, and what is refused.
import AxeBuilder from '@axe-core/playwright';
import { settingsEntries } from '../../renderer/state/settings/settings-sections';
import { expect, openSettings, showAddress, test } from './fixture';

test('a change in the settings says that it is saved, and a search finds its section', async ({
  start,
  rows,
}) => {
  const { page } = await start();
  await page.getByRole('link', { name: 'Settings' }).click();
  const search = page.getByRole('searchbox', { name: 'Search settings' });
  await search.fill('trash');
  await search.press('Enter');
  await expect(page.getByRole('radio', { name: '30 days' })).toBeFocused();
  await page.getByText('90 days').click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  expect(rows("SELECT value FROM settings WHERE key = 'trashDays'")).toEqual([{ value: '90' }]);
  await search.fill('nothing of this name');
  await expect(page.getByText('No setting is called')).toBeVisible();
  // Each entry of the search is on its page.
  for (const { id, section } of settingsEntries) {
    await showAddress(page, `settings/${section}/${id}`, 'Settings');
    await expect(page.locator(`[data-setting="${id}"]`)).toBeInViewport();
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // The sections with the most kinds of controls.
    for (const id of ['models', 'limits', 'privacy']) {
      await showAddress(page, `settings/${id}`, 'Settings');
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect(violations.map(({ id: rule, nodes }) => `${id}: ${rule}: ${nodes[0]?.html}`)).toEqual([]);
    }
  }
  // What is refused says why, and changes nothing.
  await openSettings(page, 'Limits & costs');
  const perDay = page.getByRole('textbox', { name: 'Pictures a day' });
  await perDay.fill('1,000');
  await perDay.press('Enter');
  await expect(page.getByRole('alert')).toContainText('without separators');
  await perDay.fill('1000');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await perDay.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
});
