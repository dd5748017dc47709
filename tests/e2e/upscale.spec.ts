// Enlarging a picture: by a hosted service with its price, by an engine of the user's own, and on this computer.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import type { Page } from '@playwright/test';
import { startAutomatic1111Server } from '../servers/automatic1111-server';
import { falProtocol } from '../servers/wire/fal';
import { startWireServer, wireKey } from '../servers/wire/wire-server';
import { accessibilityProblems } from './accessibility';
import { expect, pictures, redFox, test } from './fixture';

async function openDialog(page: Page) {
  await pictures(page).first().click();
  await page.getByRole('dialog', { name: 'Picture', exact: true }).press('Shift+E');
  const dialog = page.getByRole('dialog', { name: 'Enlarge picture' });
  await expect(dialog).toBeVisible();
  return dialog;
}

test('a picture is enlarged by a service with its price, by an engine, and on this computer', async ({
  startWithPictures,
  rows,
  dataFolder,
}, testInfo) => {
  const hosted = await startWireServer(falProtocol);
  const engine = await startAutomatic1111Server({ upscalers: ['None', 'Lanczos', 'R-ESRGAN 4x+'] });
  const file = testInfo.outputPath('services.json');
  const services = [
    { id: 'hosted', kind: 'fal', name: 'fal', baseUrl: hosted.baseUrl, key: wireKey },
    { id: 'engine', kind: 'automatic1111', name: 'Web UI', baseUrl: engine.baseUrl },
  ];
  writeFileSync(file, JSON.stringify(services));
  const { page } = await startWithPictures(redFox, { env: { AFTERIMAGE_SERVICES: file } });
  const [original] = rows('SELECT id, width, height, prompt FROM user_images');
  const { id, prompt } = original ?? {};
  const [width, height] = [Number(original?.['width']), Number(original?.['height'])];
  const enlarged = (factor: number) => createCanvas(width * factor, height * factor).encodeSync('png');
  const size = (factor: number) => `${width * factor} × ${height * factor} pixels`;
  const ready = page.locator('article[data-kind="image"][data-status="ready"]');
  const newest = () =>
    rows(
      `SELECT m.id, m.parent_id AS parent, m.provider, m.model, m.prompt, m.params, m.width, c.amount_micro_usd AS amount, c.state
       FROM messages m LEFT JOIN charges c ON c.message_id = m.id
       WHERE m.kind = 'image' ORDER BY m.seq DESC LIMIT 1`,
    )[0];

  hosted.state.picture = enlarged(4);
  let dialog = await openDialog(page);
  await dialog.getByText('4×', { exact: true }).click();
  await expect(dialog).toContainText(size(4));
  await dialog.getByRole('radio', { name: /SeedVR2/ }).check();
  await expect(dialog.getByRole('group', { name: 'Enlarged by' })).toContainText(
    /SeedVR2\s*fal\s*about \$0\.0\d\d/,
  );
  expect(await accessibilityProblems(page, 'dialog[open]')).toEqual([]);
  await dialog.getByRole('button', { name: 'Enlarge', exact: true }).click();
  await expect(ready).toHaveCount(2);
  const amount = Math.ceil((1000 * width * height * 16) / 1_000_000);
  const made = newest();
  expect(made).toMatchObject({
    ...{ parent: id, provider: 'hosted', model: 'fal-ai/seedvr/upscale/image', prompt, width: width * 4 },
    ...{ amount, state: 'made' },
  });
  expect(JSON.parse(String(made?.['params']))).toMatchObject({ upscale: { factor: 4, width, height } });
  await expect(page.locator('figcaption').last()).toContainText('SeedVR2');
  // Its words are none that a model was given, so editing them asks again how.
  const question = page.locator('article[data-role="user"]').last();
  await question.hover();
  await question.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Enlarge picture' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect.poll(() => rows('SELECT id FROM outbox').length).toBe(0);
  const [stored] = rows(`SELECT file FROM user_images WHERE width = ${width * 4}`);
  const recipe = path.join(dataFolder, String(stored?.['file']).replace(/\.png$/, '.json'));
  expect(JSON.parse(readFileSync(recipe, 'utf8'))).toMatchObject({
    ...{ prompt, costMicroUsd: amount, model: 'fal-ai/seedvr/upscale/image' },
    // The first of them is its parent.
    params: { references: [id], upscale: { factor: 4, width, height } },
  });

  engine.setDefault({ kind: 'picture', bytes: enlarged(2) });
  dialog = await openDialog(page);
  await expect(dialog).toContainText(size(2));
  await dialog.getByRole('radio', { name: /R-ESRGAN 4x\+/ }).check();
  await dialog.getByRole('button', { name: 'Enlarge', exact: true }).click();
  await expect(ready).toHaveCount(3);
  expect(engine.enlarged).toMatchObject([{ upscaler_1: 'R-ESRGAN 4x+', upscaling_resize: 2 }]);
  expect(newest()).toMatchObject({ parent: id, provider: 'engine', width: width * 2 });

  // Here too, what is asked for in the chat comes there.
  dialog = await openDialog(page);
  await expect(dialog.getByRole('radio', { name: /This computer/ })).toBeChecked();
  await dialog.getByRole('radio', { name: /This computer/ }).press('Enter');
  await expect(ready).toHaveCount(4);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(newest()).toMatchObject({ parent: id, provider: 'painter', prompt, width: width * 2 });
  const larger = newest()?.['id'];
  const caption = page.locator('figcaption').last();
  await expect(caption).toContainText(/Changed on this computer.*free/);
  await expect(page.locator('article').last()).toBeInViewport();
  const children = () => rows(`SELECT message_id AS message FROM user_images WHERE parent_id = '${id}'`);
  await expect.poll(() => children().length).toBe(3);

  await page.getByRole('link', { name: 'Gallery' }).click();
  // One of the two may lie under the other, as its near duplicate. The larger one would take four times as long.
  await page.getByRole('button', { name: 'Stack near duplicates' }).click();
  await page.locator(`[data-image-id="${id}"]`).focus();
  await page.keyboard.press('Shift+E');
  await page.getByRole('radio', { name: /This computer/ }).press('Enter');
  await expect(page.getByText('The new picture is in the gallery')).toBeVisible();
  expect(rows('SELECT count(*) AS count FROM user_images')).toEqual([{ count: 5 }]);
  expect(rows(`SELECT count(*) AS count FROM messages WHERE kind = 'image'`)).toEqual([{ count: 4 }]);
  // It is too large to be enlarged again.
  await page.keyboard.press('Control+z');
  await expect.poll(() => rows('SELECT id FROM user_images WHERE deleted_at IS NULL').length).toBe(4);

  // A picture of another chat that is attached here is enlarged here.
  await page.keyboard.press('Control+n');
  await page.getByRole('link', { name: 'Gallery' }).click();
  await page.locator(`[data-image-id="${larger}"]`).focus();
  await page.keyboard.press('u');
  const attached = page.getByRole('list', { name: 'Attached pictures' }).getByRole('img');
  await attached.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Enlarge…' }).click();
  await page.getByRole('radio', { name: /This computer/ }).press('Enter');
  await expect(ready).toHaveCount(1);
  expect(rows('SELECT count(*) AS count FROM conversations')).toEqual([{ count: 2 }]);
  await Promise.all([hosted.close(), engine.close()]);
});
