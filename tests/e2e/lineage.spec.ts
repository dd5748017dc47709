// The family of a picture in the lightbox, and the same prompt with another model, by keyboard.
import type { Page } from '@playwright/test';
import { v7 as newId } from 'uuid';
import type {} from '../../renderer/ipc';
import type { LocalEdit } from '../../shared/domain/edits';
import { expect, expectFullPicture, pictures, redFox, test } from './fixture';

/** Changes a picture, as the editor does. @returns the id of the new one. */
async function change(page: Page, imageId: string, changes: Partial<LocalEdit>): Promise<string> {
  const nothing: LocalEdit = { quarterTurns: 0, mirrored: false, straighten: 0, crop: null, scale: 1 };
  const input = { imageId, newImageId: newId(), change: { ...nothing, ...changes } };
  const reply = await page.evaluate((sent) => window.afterimage.request('edits:change-here', sent), input);
  if (!reply.ok) throw new Error(reply.message);
  return reply.value.id;
}

test('shows what a picture was made from and what was made from it, and opens them', async ({
  startWithPictures,
  rows,
}) => {
  const { page } = await startWithPictures(redFox);
  await expectFullPicture(pictures(page));
  const first = (await page.locator('[data-kind="image"]').getAttribute('data-message-id')) ?? '';
  const turned = await change(page, first, { quarterTurns: 1 });
  const cropped = await change(page, turned, { crop: { left: 0, top: 0, width: 300, height: 200 } });

  await pictures(page).click();
  const lightbox = page.getByRole('dialog', { name: 'Picture' });
  const lineage = lightbox.getByRole('navigation', { name: 'Lineage' });
  await expect(lineage.getByRole('button')).toHaveCount(2);
  await expect(lineage.locator('[aria-current]')).toHaveAccessibleName(/^This picture: /);
  await lineage.locator('[aria-current]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(lightbox).toHaveAttribute('data-open-picture', turned);
  await expect(lineage.getByRole('button', { name: /^Made from it: / })).toHaveCount(1);
  await expect(lineage.locator('[aria-current]')).toBeFocused();

  // Its parent goes to Trash, which the strip says.
  await page.evaluate((imageId) => window.afterimage.request('images:delete', { imageId }), first);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(lightbox).toHaveAttribute('data-open-picture', cropped);
  await expect(lineage.getByRole('button', { name: /in Trash$/ })).toBeDisabled();

  // Nothing is left before the user has decided: neither for a description without a text model, nor for another model.
  await page.keyboard.press('Shift+D');
  await expect(page.getByRole('dialog', { name: 'Connect a model' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Connect a model' })).toHaveCount(0);
  await expect(lightbox).toHaveAttribute('data-open-picture', cropped);

  const otherModel = page.getByRole('dialog', { name: 'Same prompt, other model' });
  await lightbox.getByRole('button', { name: /^More/ }).click();
  await page.getByRole('menuitem', { name: 'Same prompt, other model' }).click();
  await expect(otherModel.getByText('The same prompt goes to the model that you choose.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(otherModel).toHaveCount(0);
  await expect(lightbox).toHaveAttribute('data-open-picture', cropped);

  await lightbox.getByRole('button', { name: /^More/ }).click();
  await page.getByRole('menuitem', { name: 'Same prompt, other model' }).click();
  await expect(otherModel.getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(lightbox).toHaveCount(0);
  await expect(page.locator('[data-kind="image"]')).toHaveCount(2);
  await expectFullPicture(pictures(page).last());

  // Four variations by one key. They have the same words, and seeds of their own.
  await pictures(page).last().click();
  await lightbox.press('Shift+V');
  await expect(page.locator('[data-kind="image"][data-status="ready"]')).toHaveCount(6);
  const made = rows(`SELECT prompt, json_extract(params, '$.seed') AS seed FROM messages
    WHERE kind = 'image' ORDER BY seq DESC LIMIT 4`);
  expect(new Set(made.map(({ prompt }) => prompt))).toEqual(new Set(redFox));
  expect(new Set(made.map(({ seed }) => seed)).size).toBe(4);
});
