// Exporting the selected pictures: into a folder, as a zip file, and an export that does not end.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { choosePath } from '../harness/choose-path';
import { expect, test, untilDead } from './fixture';
import { notices, openFilledGallery, selectionBar } from './gallery-parts';
import { withSeededFolder } from './seeded';

withSeededFolder({ pictures: 300, messages: 20, files: 24 });

test('pictures are exported into a folder or a zip file, and an export that does not end leaves no picture', async ({
  start,
  userFolder,
  dataFolder,
}) => {
  test.slow();
  const running = await start();
  const { page } = running;
  const tiles = await openFilledGallery(page);

  await test.step('exports into a folder and a zip file with a manifest', async () => {
    await tiles.nth(0).click({ modifiers: ['ControlOrMeta'] });
    await tiles.nth(2).click({ modifiers: ['Shift'] });
    await choosePath(running, dataFolder);
    await selectionBar(page).getByRole('button', { name: 'Export…' }).click();
    await page.getByRole('button', { name: 'Into a folder…' }).click();
    await expect(notices(page)).toContainText('This folder belongs to Afterimage');

    const out = path.join(userFolder, 'out');
    mkdirSync(out);
    await choosePath(running, out);
    await selectionBar(page).getByRole('button', { name: 'Export…' }).click();
    await page.getByRole('button', { name: 'Into a folder…' }).click();
    await expect(notices(page)).toContainText('3 pictures exported to');
    const [folder] = readdirSync(out);
    expect(folder).toMatch(/^Afterimage \d{4}-\d\d-\d\d$/);
    const names = readdirSync(path.join(out, folder ?? ''));
    expect(names).toHaveLength(4);
    const manifest = JSON.parse(readFileSync(path.join(out, folder ?? '', 'manifest.json'), 'utf8'));
    expect(manifest.pictures.map(({ file }: { file: string }) => names.includes(file))).toEqual([
      true,
      true,
      true,
    ]);

    const zip = path.join(userFolder, 'pictures.zip');
    await choosePath(running, zip);
    await selectionBar(page).getByRole('button', { name: 'Export…' }).click();
    await page.getByRole('button', { name: 'As a zip file…' }).click();
    await expect(notices(page)).toContainText('pictures.zip');
    expect(readFileSync(zip).subarray(0, 2).toString()).toBe('PK');

    await choosePath(running, path.join(userFolder, 'nowhere', 'pictures.zip'));
    await selectionBar(page).getByRole('button', { name: 'Export…' }).click();
    await page.getByRole('button', { name: 'As a zip file…' }).click();
    await expect(notices(page)).toContainText('could not be written there');
    await page.keyboard.press('Escape');
    await expect(selectionBar(page)).toHaveCount(0);
  });

  await test.step('shows the progress of an export and leaves nothing behind when cancelled', async () => {
    const id = (await tiles.first().getAttribute('data-image-id')) ?? '';
    const zip = path.join(userFolder, 'cancelled.zip');
    await choosePath(running, zip);
    const many = Array.from({ length: 10_000 }, () => id);
    const ended = page.evaluate(
      (imageIds) => window.afterimage.request('export:start', { imageIds, as: 'zip' }),
      many,
    );
    const panel = page.getByRole('region', { name: 'Export' });
    await expect(panel).toContainText('of 10,000');
    await panel.getByRole('button', { name: 'Cancel' }).click();
    expect(await ended).toMatchObject({ ok: true, value: null });
    expect(readdirSync(userFolder).filter((name) => name.includes('cancelled'))).toEqual([]);
  });

  await test.step('leaves only a .part when killed during an export', async () => {
    await page.keyboard.press('ControlOrMeta+a');
    const zip = path.join(userFolder, 'killed.zip');
    await choosePath(running, zip);
    // Requests the same pictures many times, so that the export takes long enough.
    const ids = await page.evaluate(async () => {
      const reply = await window.afterimage.request('gallery:tiles', {
        ids: [...document.querySelectorAll('[data-image-id]')].map(
          (tile) => tile.getAttribute('data-image-id') ?? '',
        ),
      });
      return reply.ok ? reply.value.map(({ id }) => id) : [];
    });
    const many = Array.from({ length: 10_000 }, (_, at) => ids[at % ids.length] ?? '');
    const exporting = untilDead(running, () =>
      page.evaluate((imageIds) => window.afterimage.request('export:start', { imageIds, as: 'zip' }), many),
    );
    await expect(page.getByRole('region', { name: 'Export' })).toBeVisible();
    await expect.poll(() => existsSync(`${zip}.part`)).toBe(true);
    await running.kill();
    await exporting;
    expect(existsSync(zip)).toBe(false);
    expect(existsSync(`${zip}.part`)).toBe(true);
  });
});
