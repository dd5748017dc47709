// A full disk: what was written stays in the composer, a banner says why, and goes once there is room.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fillDisk, mountSmallDisk, unmountSmallDisk } from '../faults/full-disk';
import { expect, expectLanded, pictures, say, test } from './fixture';

test('a full disk keeps what was typed, says so, and goes on once there is room', async ({
  dataFolder,
  start,
}) => {
  const disk = path.join(dataFolder, 'disk');
  const problem = mountSmallDisk(disk);
  // biome-ignore lint/suspicious/noSkippedTests: only root may mount, and says so where it is not.
  test.skip(problem !== null, `No small disk could be mounted: ${problem}`);
  try {
    const { page, kill } = await start({ env: { AFTERIMAGE_DATA_DIR: disk } });
    await say(page, 'a red fox at dawn');
    await expectLanded(pictures(page));
    const banner = page.getByRole('region', { name: 'The disk is full' });
    await expect(banner).toHaveCount(0);

    const ballast = path.join(disk, 'ballast');
    fillDisk(ballast);
    const text = `draw a lighthouse in a storm, ${'very '.repeat(2000)}tall`;
    await say(page, text);
    await expect(banner).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue(text);
    await expect(page.locator('article')).toHaveCount(2);

    rmSync(ballast);
    await expect(banner).toHaveCount(0);
    await page.getByRole('textbox', { name: 'Message' }).press('Enter');
    await expectLanded(pictures(page).nth(1));
    await kill();
  } finally {
    unmountSmallDisk(disk);
  }
});
