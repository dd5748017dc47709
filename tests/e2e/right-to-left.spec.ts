// The interface from right to left, in the pseudo-language that has English words between marks of a right-to-left script.
// Names are looked for by one word, because each word has its own marks.
import type { Locator } from '@playwright/test';
import { settingsSections } from '../../renderer/state/settings/settings-sections';
import { misplacedControls } from '../harness/misplaced-controls';
import { expect, expectFullPicture, pictures, sendMessage, showAddress, test } from './fixture';
import { openFilledGallery } from './gallery-parts';

/** In CSS pixels of the window. */
async function boxOf(element: Locator): Promise<{ left: number; right: number }> {
  return element.evaluate((node) => {
    const { left, right } = node.getBoundingClientRect();
    return { left, right };
  });
}

test('from right to left the layout is mirrored, nothing is cut off, and arrow keys lead where they point', async ({
  start,
}) => {
  test.slow();
  const { page, electron } = await start({ env: { AFTERIMAGE_LANGUAGE: 'ar-XB' } });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  for (const [at, prompt] of [
    'a red fox at dawn',
    'a whale under the moon',
    'بيت على شاطئ البحر',
  ].entries()) {
    await sendMessage(page, prompt);
    await expectFullPicture(pictures(page).nth(at));
  }

  const faults: string[] = [];
  for (const width of [640, 1280]) {
    await electron.evaluate(({ BrowserWindow }, wanted) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(wanted, 800);
    }, width);
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
    const check = async (where: string) => {
      const found = await misplacedControls(page);
      // An element that is too wide overflows at the left, where nobody can scroll to it.
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) found.push(`the page is ${overflow} px too wide`);
      faults.push(...found.map((fault) => `${width} px, ${where}: ${fault}`));
    };
    await showAddress(page, 'chat', 'Chat');
    await check('chat');
    await expect.poll(async () => (await boxOf(page.getByRole('complementary').first())).right).toBe(width);
    const sendInField = async () => {
      const send = await boxOf(page.getByRole('button', { name: 'Send' }));
      const field = await boxOf(page.getByRole('textbox', { name: 'Message' }));
      return send.left - field.left;
    };
    await expect.poll(sendInField).toBeLessThan(8);
    await page.getByRole('button', { name: 'Shape' }).click();
    await check('shapes');
    await page.keyboard.press('Escape');
    for (const { id } of settingsSections) {
      await showAddress(page, `settings/${id}`, 'Settings');
      await check(id);
    }
    await showAddress(page, 'gallery', 'Gallery');
    await check('gallery');
    await page.getByRole('button', { name: 'Filter' }).click();
    await check('filters');
    await page.keyboard.press('Escape');
  }
  expect(faults).toEqual([]);

  const tiles = await openFilledGallery(page);
  const [newest, second] = [tiles.nth(0), tiles.nth(1)];
  await expect.poll(async () => (await boxOf(second)).right < (await boxOf(newest)).left).toBe(true);
  await newest.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(second).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(newest).toBeFocused();

  // A rectangle from below the newest picture into it selects that one only.
  const { x = 0, y = 0, width = 0, height = 0 } = (await newest.boundingBox()) ?? {};
  await page.mouse.move(x + width / 2, y + height + 40);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + 20, y + height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(newest).toHaveAttribute('aria-selected', 'true');
  await expect(second).toHaveAttribute('aria-selected', 'false');
  await page.keyboard.press('Escape');

  await newest.press('Enter');
  const lightbox = page.getByRole('dialog', { name: 'Picture' });
  await expect(lightbox).toHaveAttribute(
    'data-open-picture',
    (await newest.getAttribute('data-image-id')) ?? '',
  );
  await page.keyboard.press('ArrowLeft');
  await expect(lightbox).toHaveAttribute(
    'data-open-picture',
    (await second.getAttribute('data-image-id')) ?? '',
  );
  const next = lightbox.getByRole('button', { name: 'Next' });
  const previous = lightbox.getByRole('button', { name: 'Previous' });
  await expect.poll(async () => (await boxOf(next)).right < (await boxOf(previous)).left).toBe(true);
  expect(await misplacedControls(page)).toEqual([]);
});
