// The editor of a picture: what is painted reaches the disk, survives a kill, and becomes a picture with its parent.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { maskFile } from '../../shared/domain/edits';
import { accessibilityProblems } from './accessibility';
import { draw, editor, marked, mask, useEveryTool, words } from './edit-by-hand';
import { expect, expectFullPicture, googleEnvironment, pictures, sendMessage, test } from './fixture';

test.use({ pictureScale: 0.5 });

/** Returns the values of a mask's file at parts of its width and height. */
async function valuesAt(file: string, points: readonly (readonly [number, number])[]): Promise<number[]> {
  const image = await loadImage(readFileSync(file));
  const pen = createCanvas(image.width, image.height).getContext('2d');
  pen.drawImage(image, 0, 0);
  return points.map(
    ([x, y]) =>
      pen.getImageData(Math.floor(x * image.width), Math.floor(y * image.height), 1, 1).data[0] ?? -1,
  );
}

test('a painted mask survives a kill, and Apply makes a picture with it and records its parent', async ({
  start,
  google,
  rows,
  dataFolder,
}) => {
  const first = await start({ env: googleEnvironment(google) });
  await sendMessage(first.page, 'a red fox at dawn');
  await expectFullPicture(pictures(first.page));
  await pictures(first.page).hover();
  await first.page.getByRole('button', { name: 'Edit picture' }).click();
  await expect(mask(first.page)).toBeFocused();
  await expect(marked(first.page)).toHaveText('Nothing marked');
  await expect(editor(first.page).getByRole('button', { name: 'Apply' })).toBeDisabled();
  expect(await accessibilityProblems(first.page, 'dialog[open]')).toEqual([]);

  // The focus goes back to where it was.
  await first.page.keyboard.press('Escape');
  await expect(first.page.getByRole('button', { name: 'Edit picture' })).toBeFocused();
  await first.page.keyboard.press('Enter');
  await expect(mask(first.page)).toBeFocused();

  await test.step('each tool paints, by pointer, keys, wheel, pen and touch', () =>
    useEveryTool(first.page, async (x, y) => {
      const [draft] = rows('SELECT mask_id FROM edit_drafts WHERE mask_id IS NOT NULL');
      if (!draft) return -1;
      const file = path.join(dataFolder, maskFile(String(draft['mask_id'])));
      return (await valuesAt(file, [[x, y]]))[0] ?? -1;
    }));

  // By pointer, and taken back and done again.
  await draw(mask(first.page), [
    [0.2, 0.2],
    [0.5, 0.2],
  ]);
  await expect(marked(first.page)).toHaveText(/^\d% marked$/);
  await first.page.keyboard.press('ControlOrMeta+z');
  await expect(marked(first.page)).toHaveText('Nothing marked');
  await editor(first.page).getByRole('button', { name: 'Redo' }).click();
  // By keyboard: a rectangle in the middle, a quarter of each side.
  await mask(first.page).focus();
  await first.page.keyboard.press('ArrowDown');
  await first.page.keyboard.press('Enter');
  await expect(marked(first.page)).toHaveText(/^1?\d% marked$/);
  await editor(first.page).getByRole('button', { name: 'Eraser' }).click();
  await draw(mask(first.page), [
    [0.3, 0.1],
    [0.3, 0.3],
  ]);
  await words(first.page).fill('a lighthouse');
  const amount = (await marked(first.page).textContent()) ?? '';
  await expect.poll(() => rows('SELECT words FROM edit_drafts')).toEqual([{ words: 'a lighthouse' }]);
  await first.kill();

  const second = await start({ env: googleEnvironment(google) });
  const { page } = second;
  await pictures(page).click();
  await page.getByRole('dialog', { name: 'Picture', exact: true }).press('e');
  await expect(words(page)).toHaveValue('a lighthouse');
  await expect(marked(page)).toHaveText(amount);
  await expect(editor(page)).toContainText('it gets a second picture with the marked part');
  const [draft] = rows('SELECT mask_id, image_id FROM edit_drafts');
  const file = path.join(dataFolder, maskFile(String(draft?.['mask_id'])));
  const places = [
    [0.2, 0.2],
    [0.45, 0.2],
    [0.5, 0.5],
    [0.3, 0.2],
    [0.9, 0.9],
    [0.5, 0.7],
  ] as const;
  expect(await valuesAt(file, places)).toEqual([255, 255, 255, 0, 0, 0]);

  // It is seen where it was painted.
  const shown = () =>
    mask(page).evaluate((canvas: HTMLCanvasElement, points) => {
      const pen = canvas.getContext('2d');
      return points.map(([x, y]) => pen?.getImageData(x * canvas.width, y * canvas.height, 1, 1).data[3]);
    }, places);
  await expect.poll(shown).toEqual([128, 128, 128, 0, 0, 0]);

  // Extended by a key, as one step of undo.
  await editor(page).getByRole('button', { name: 'Extend', exact: true }).click();
  await editor(page).getByRole('button', { name: 'Extend to 16:9' }).click();
  await editor(page).getByRole('button', { name: 'Extend lower edge' }).press('Shift+ArrowDown');
  await expect(marked(page)).toContainText(/extended to 7\d\d × 4\d\d/);
  expect(await accessibilityProblems(page, 'dialog[open]')).toEqual([]);
  await editor(page).getByRole('button', { name: 'Undo' }).click();
  const framed = Math.round((424 * 16) / 9);
  await expect(marked(page)).toHaveText(`${amount} · extended to ${framed} × 424`);

  await words(page).press('ControlOrMeta+Enter');
  await expect(editor(page)).toHaveCount(0);
  await expect(pictures(page)).toHaveCount(2);
  await expectFullPicture(pictures(page).last());
  await expect(pictures(page).last()).toBeInViewport();
  const made = rows(`SELECT parent_id, params FROM messages WHERE kind = 'image' ORDER BY seq`).at(-1);
  expect(made?.['parent_id']).toBe(draft?.['image_id']);
  const { edit } = JSON.parse(String(made?.['params']));
  expect(edit.frame).toMatchObject({ top: 0, bottom: 0 });
  expect(await valuesAt(path.join(dataFolder, maskFile(edit.mask)), places)).toEqual([
    255, 255, 255, 0, 0, 0,
  ]);
  await expect.poll(() => rows('SELECT 1 FROM edit_drafts')).toEqual([]);
  expect(google.rejections).toEqual([]);

  // A change on this computer: the middle, turned. It is free, and continues the chat.
  const pictureMade = rows(`SELECT id, width, height FROM messages WHERE kind = 'image' ORDER BY seq`).at(-1);
  await pictures(page).last().hover();
  await page.getByRole('button', { name: 'Edit picture' }).last().click();
  await editor(page).getByRole('tab', { name: 'Crop & turn' }).click();
  await editor(page).getByRole('button', { name: 'Turn right' }).click();
  await editor(page).getByRole('button', { name: '4:3' }).click();
  await editor(page).getByRole('button', { name: 'Crop at the right edge' }).focus();
  await page.keyboard.press('Shift+ArrowLeft');
  expect(await accessibilityProblems(page, 'dialog[open]')).toEqual([]);
  await editor(page).getByRole('button', { name: 'Apply' }).click();
  await expect(editor(page)).toHaveCount(0);
  await expect(pictures(page)).toHaveCount(3);
  await expectFullPicture(pictures(page).last());
  const newest = () =>
    rows('SELECT width, height, parent_id FROM user_images ORDER BY order_key DESC LIMIT 1')[0];
  await expect.poll(() => newest()?.['parent_id']).toBe(pictureMade?.['id']);
  const changed = newest();
  const [width, height] = [Number(changed?.['width']), Number(changed?.['height'])];
  expect(width / height).toBeCloseTo(4 / 3, 1);
  expect(width).toBeLessThan(Number(pictureMade?.['height']));

  // Killed while a billed change is made: nothing is sent a second time, and Retry sends the same part again.
  google.setDefault({ kind: 'hang' });
  await pictures(page).last().click();
  await page.getByRole('dialog', { name: 'Picture', exact: true }).press('e');
  await mask(page).press('ArrowDown');
  await page.keyboard.press('Enter');
  // Without words, it is to be made in another version.
  await page.keyboard.press('ControlOrMeta+Enter');
  await google.received(3);
  await expect.poll(() => rows(`SELECT id FROM charges WHERE provider = 'google'`).length).toBe(3);
  await second.kill();
  google.release();
  google.setDefault({ kind: 'picture' });

  const last = (await start({ env: googleEnvironment(google) })).page;
  const answer = last.locator('article[data-kind="image"]').last();
  await expect(answer).toHaveAttribute('data-status', 'interrupted');
  await expect(answer.getByRole('alert')).toContainText('may already have been charged');
  expect(google.requests).toHaveLength(3);
  await answer.getByRole('button', { name: 'Retry' }).click();
  await expect(answer).toHaveAttribute('data-status', 'ready');
  const partsOf = (request: (typeof google.requests)[number] | undefined) =>
    request?.contents.flatMap(({ parts }) => parts);
  expect(partsOf(google.requests[3])).toEqual(partsOf(google.requests[2]));
  expect(partsOf(google.requests[3])?.at(-1)?.text).toContain('another version');
  expect(google.rejections).toEqual([]);
});
