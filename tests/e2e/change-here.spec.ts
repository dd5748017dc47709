// Changes that this computer makes: in the chat as an answer there, in the gallery beside their original.
import type { Page } from '@playwright/test';
import { editor } from './edit-by-hand';
import { expect, expectFullPicture, pictures, redFox, test } from './fixture';

/** Opens the editor on the last picture of the chat, where the user crops and turns. */
async function openCrop(page: Page): Promise<void> {
  await pictures(page).last().hover();
  await page.getByRole('button', { name: 'Edit picture' }).last().click();
  await editor(page).getByRole('tab', { name: 'Crop & turn' }).click();
}

const tool = (page: Page, name: string) => editor(page).getByRole('button', { name, exact: true });

test('a crop of the chat can be stopped, survives a kill, is changed further, and is free', async ({
  startWithPictures,
  start,
  rows,
}) => {
  const slow = { env: { AFTERIMAGE_PAINTER_DELAY_MS: '600000' } };
  const first = await startWithPictures(redFox, slow);
  const [original] = rows('SELECT id, width, height, prompt FROM user_images');
  await openCrop(first.page);
  await tool(first.page, 'Turn right').click();
  await tool(first.page, '1:1').click();
  await first.page.keyboard.press('ControlOrMeta+Enter');
  await expect(editor(first.page)).toHaveCount(0);
  const waiting = first.page.locator('article[data-kind="image"]').last();
  await expect(waiting).toHaveAttribute('data-status', 'generating');
  await expect(first.page.locator('article[data-role="user"]').last()).toContainText('Turn by 90°, crop');
  const width = (await pictures(first.page).last().boundingBox())?.width ?? 0;
  const height = (await pictures(first.page).last().boundingBox())?.height ?? 0;
  expect(width / height).toBeCloseTo(1, 1);
  await waiting.getByRole('button', { name: 'Stop' }).click();
  await expect(waiting).toHaveAttribute('data-status', 'cancelled');
  await waiting.getByRole('button', { name: 'Retry' }).click();
  await expect(waiting).toHaveAttribute('data-status', 'generating');
  await first.kill();

  const { page } = await start();
  await expect(pictures(page)).toHaveCount(2);
  await expectFullPicture(pictures(page).last());
  const side = Math.min(Number(original?.['width']), Number(original?.['height']));
  const newest = () =>
    rows(`SELECT parent_id AS parent, prompt, provider, width, height, params FROM messages
      WHERE kind = 'image' ORDER BY seq DESC LIMIT 1`)[0];
  const made = newest();
  const { id, prompt } = original ?? {};
  expect(made).toMatchObject({ parent: id, prompt, provider: 'painter', width: side, height: side });
  expect(JSON.parse(String(made?.['params']))).toMatchObject({ change: { quarterTurns: 1 } });
  await expect(page.locator('figcaption').last()).toContainText(/Changed on this computer.*free/);

  // It is what the next change begins with, and its message asks once more how.
  const question = page.locator('article[data-role="user"]').last();
  await question.hover();
  await question.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(editor(page).getByRole('tab', { name: 'Crop & turn' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(tool(page, 'Mirror left and right')).toBeVisible();
  await page.keyboard.press('Escape');
  await openCrop(page);
  await tool(page, 'Mirror left and right').click();
  await tool(page, 'Apply').click();
  await expect(pictures(page)).toHaveCount(3);
  await expectFullPicture(pictures(page).last());
  const second = rows(`SELECT id FROM messages WHERE kind = 'image' ORDER BY seq`)[1];
  expect(newest()).toMatchObject({ parent: second?.['id'], width: side, prompt });
  await expect(page.locator('article').last()).toBeInViewport();

  // From the gallery, it is no message, and Undo removes it.
  await page.getByRole('link', { name: 'Gallery' }).click();
  await page.locator(`[data-image-id="${id}"]`).focus();
  await page.keyboard.press('e');
  await editor(page).getByRole('tab', { name: 'Crop & turn' }).click();
  await tool(page, 'Turn left').click();
  await tool(page, 'Apply').click();
  await expect(page.getByRole('dialog', { name: 'Picture', exact: true })).toBeVisible();
  const messages = () => rows(`SELECT count(*) AS count FROM messages WHERE kind = 'image'`);
  expect(messages()).toEqual([{ count: 3 }]);
  const kept = () => rows('SELECT count(*) AS count FROM user_images WHERE deleted_at IS NULL');
  expect(kept()).toEqual([{ count: 4 }]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(kept).toEqual([{ count: 3 }]);
  expect(rows('SELECT sum(amount_micro_usd) AS spent FROM charges')[0]?.['spent'] ?? 0).toBe(0);
});
