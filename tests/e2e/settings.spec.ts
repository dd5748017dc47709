// The settings: their search, what a change says, and what is refused.
import { settingsEntries } from '../../renderer/state/settings/settings-sections';
import { accessibilityProblems } from './accessibility';
import { expect, openSettings, showAddress, test } from './fixture';

test('settings are found, saved, refused with a reason, and taken over from an export', async ({
  start,
  rows,
  write,
  userFolder,
}) => {
  const { electron, page } = await start();

  await test.step('a change says that it is saved, and a search finds its section', async () => {
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
    // The choice of the computer's own language says which one that is.
    await showAddress(page, 'settings/appearance/language', 'Settings');
    await expect(page.getByRole('radio', { name: 'System (English)' })).toBeChecked();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      // The sections with the most kinds of controls.
      for (const id of ['models', 'limits', 'privacy']) {
        await showAddress(page, `settings/${id}`, 'Settings');
        expect(await accessibilityProblems(page), `${id}, ${colorScheme}`).toEqual([]);
      }
    }
    // A refused value gives its reason, and changes nothing.
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

  await test.step('services and settings that come with an export are in use at once', async () => {
    await electron.evaluate(({ dialog }, folder) => {
      let exported = folder;
      dialog.showOpenDialog = async () => {
        const filePaths = [exported];
        exported = `${folder}/Afterimage ${new Date().toLocaleDateString('sv')}`;
        return { canceled: false, filePaths };
      };
    }, userFolder);
    const added = await page.evaluate(() =>
      window.afterimage.request('services:add', { kind: 'comfyui', name: 'Of the export', address: null }),
    );
    if (!added.ok) throw new Error(added.message);
    await openSettings(page, 'Appearance');
    const dark = page.getByRole('radio', { name: 'Dark' });
    await dark.check();
    await openSettings(page, 'Storage');
    await page.getByRole('button', { name: 'Export everything…' }).click();
    await expect(page.getByText(/exported to/)).toBeVisible();

    await page.evaluate(() => window.afterimage.request('settings:set', { theme: 'system' }));
    write("DELETE FROM services WHERE name = 'Of the export'");
    await page.reload();
    await openSettings(page, 'Appearance');
    await expect(dark).not.toBeChecked();
    await openSettings(page, 'Storage');
    await page.getByRole('button', { name: 'Import an export…' }).click();
    await expect(page.getByText('Everything in this export is already here.')).toBeVisible();
    await openSettings(page, 'Appearance');
    await expect(dark).toBeChecked();
    await openSettings(page, 'Models & keys');
    await expect(page.getByRole('button', { name: 'Edit Of the export' })).toBeVisible();
  });

  await test.step('in a narrow window a notice does not cover the button that led to it, which keeps the focus', async () => {
    await electron.evaluate(({ BrowserWindow, dialog }, folder) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(640, 480);
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] });
    }, userFolder);
    // Without the notices of before.
    await page.reload();
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(640);
    await showAddress(page, 'settings/storage', 'Settings');
    const button = page.getByRole('button', { name: 'Export everything' });
    // At the bottom of the window, where the notice will be.
    await button.evaluate((element) => element.scrollIntoView({ block: 'end' }));
    await button.press('Enter');
    const notice = page.getByRole('status', { name: 'Notices' }).locator('div');
    await expect(notice).toContainText('exported to');
    await expect(button).toBeFocused();
    const isFree = async () => {
      const [above, below] = [await notice.boundingBox(), await button.boundingBox()];
      return above && below && below.y + below.height <= above.y;
    };
    await expect.poll(isFree).toBe(true);
  });
});

test('the result of a test says how long ago it was, also later', async ({ start, google, write }) => {
  // It needs no key: a test of a key of the environment lasts for its run.
  const { page } = await start({ env: { AFTERIMAGE_PROVIDER: 'comfyui', COMFYUI_BASE_URL: google.baseUrl } });
  write(`INSERT INTO service_checks (service_id, checked_at) VALUES ('comfyui', ${Date.now()})`);
  await page.clock.install();
  await openSettings(page, 'Models & keys');
  const row = page.getByRole('listitem').filter({ has: page.getByRole('radio', { name: 'ComfyUI' }) });
  await expect(row.getByText('Worked 1 minute ago').first()).toBeVisible();
  await page.clock.fastForward('05:00');
  await expect(row.getByText(/^Worked [45]\u00a0minutes ago/)).toBeVisible();
  await expect(row.getByText(/Tested [45]\u00a0minutes ago/)).toBeVisible();
});
