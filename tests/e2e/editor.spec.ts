// The editor of a picture: what is painted reaches the disk, survives a kill, and becomes a picture with its parent.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { Locator, Page } from '@playwright/test';
import { maskFile } from '../../shared/domain/edits';
import { accessibilityProblems } from './accessibility';
import { expect, expectFullPicture, googleEnvironment, pictures, sendMessage, test } from './fixture';

test.use({ pictureScale: 0.5 });

const editor = (page: Page) => page.getByRole('dialog', { name: 'Edit picture' });
const mask = (page: Page) => editor(page).locator('canvas[aria-label="Mask"]');
const words = (page: Page) => editor(page).getByRole('textbox', { name: 'What should change' });
const marked = (page: Page) => editor(page).getByLabel('Marked');

/** Draws with the mouse. Points are parts of the canvas, from 0 to 1. */
async function draw(canvas: Locator, points: readonly (readonly [number, number])[]): Promise<void> {
  const box = await canvas.boundingBox();
  if (!box) throw new Error('The mask is not on screen.');
  const { mouse } = canvas.page();
  for (const [at, [x, y]] of points.entries()) {
    await mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 4 });
    if (at === 0) await mouse.down();
  }
  await mouse.up();
}

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

/** A touch or a pen, whose events reach the page as those of a device do. Points are parts of the canvas. */
async function device(canvas: Locator) {
  const box = await canvas.boundingBox();
  if (!box) throw new Error('The mask is not on screen.');
  const session = await canvas.page().context().newCDPSession(canvas.page());
  const place = ([x, y]: readonly [number, number]) => ({
    x: box.x + box.width * x,
    y: box.y + box.height * y,
  });
  return {
    touch: (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      ...points: readonly (readonly [number, number])[]
    ) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map((point, id) => ({ ...place(point), id })),
      }),
    async dab(point: readonly [number, number], force: number): Promise<void> {
      const pen = { ...place(point), pointerType: 'pen', button: 'left', clickCount: 1, force } as const;
      await session.send('Input.dispatchMouseEvent', { ...pen, type: 'mousePressed', buttons: 1 });
      await session.send('Input.dispatchMouseEvent', { ...pen, type: 'mouseReleased' });
    },
    /** Draws with the mouse while the page is busy, so that it gets all moves at once. */
    async fastStroke([first, ...rest]: readonly (readonly [number, number])[]): Promise<void> {
      if (!first) throw new Error('A stroke has points.');
      const mouse = { button: 'left', clickCount: 1 } as const;
      await session.send('Input.dispatchMouseEvent', {
        ...place(first),
        ...mouse,
        type: 'mousePressed',
        buttons: 1,
      });
      const moves = [
        session.send('Runtime.evaluate', {
          expression: 'for (const end = performance.now() + 400; performance.now() < end; );',
        }),
        ...rest.map((point) =>
          session.send('Input.dispatchMouseEvent', {
            ...place(point),
            ...mouse,
            type: 'mouseMoved',
            buttons: 1,
          }),
        ),
      ];
      await Promise.all(moves);
      await session.send('Input.dispatchMouseEvent', {
        ...place(rest.at(-1) ?? first),
        ...mouse,
        type: 'mouseReleased',
      });
    },
    close: () => session.detach(),
  };
}

/** Paints with each tool, by pointer, keys, wheel, pen and touch, and leaves nothing marked. */
async function useEveryTool(page: Page, maskBytesAt: (x: number, y: number) => Promise<number>) {
  const { mouse, keyboard } = page;
  const percent = async () => Number(/^(\d+)%/.exec((await marked(page).textContent()) ?? '')?.[1] ?? 0);
  const clear = editor(page).getByRole('button', { name: 'Clear the mask' });

  await keyboard.press('r');
  await draw(mask(page), [
    [0.1, 0.1],
    [0.5, 0.6],
  ]);
  await expect(marked(page)).toHaveText('20% marked');
  await keyboard.press('i');
  await expect(marked(page)).toHaveText('80% marked');
  await editor(page).getByRole('button', { name: 'Invert' }).click();
  await expect(marked(page)).toHaveText('20% marked');
  await expect.poll(() => maskBytesAt(0.502, 0.3)).toBe(0);
  await editor(page).getByRole('button', { name: 'Soften the edges' }).click();
  await expect.poll(() => maskBytesAt(0.502, 0.3)).toBeGreaterThan(0);
  await keyboard.press('l');
  await draw(mask(page), [
    [0.6, 0.1],
    [0.9, 0.1],
    [0.9, 0.7],
    [0.6, 0.7],
  ]);
  await expect.poll(percent).toBeGreaterThan(36);
  // With Alt, a tool takes away.
  await keyboard.down('Alt');
  await draw(mask(page), [
    [0.55, 0.05],
    [0.95, 0.05],
    [0.95, 0.75],
    [0.55, 0.75],
  ]);
  await keyboard.up('Alt');
  await expect(marked(page)).toHaveText('20% marked');
  await clear.click();

  // The size of the brush by keys, wheel and slider.
  await editor(page).getByRole('button', { name: 'Brush', exact: true }).click();
  const size = editor(page).getByRole('slider', { name: 'Brush size' });
  const pixels = async () => Number.parseInt((await size.getAttribute('aria-valuetext')) ?? '', 10);
  const first = await pixels();
  await keyboard.press(']');
  await expect.poll(pixels).toBeGreaterThan(first);
  await keyboard.press('[');
  await expect.poll(pixels).toBe(first);
  await mask(page).hover();
  await keyboard.down('Alt');
  await mouse.wheel(0, 300);
  await keyboard.up('Alt');
  await expect.poll(pixels).toBeLessThan(first);
  await size.press('End');
  await expect.poll(pixels).toBeGreaterThan(300);
  await size.fill('85');

  const input = await device(mask(page));
  // All that a fast stroke reports, which the page gets at once, is in the line of the lasso: here of a round outline.
  await keyboard.press('l');
  const round = Array.from({ length: 64 }, (_, at) => (at * Math.PI) / 32).map(
    (angle): readonly [number, number] => [0.5 + 0.3 * Math.cos(angle), 0.5 + 0.3 * Math.sin(angle)],
  );
  await input.fastStroke(round);
  // A circle; with only its first and last points there would be nothing.
  await expect(marked(page)).toHaveText('28% marked');
  await clear.click();
  await expect(marked(page)).toHaveText('Nothing marked');
  await editor(page).getByRole('button', { name: 'Brush', exact: true }).click();

  await input.dab([0.3, 0.3], 0.1);
  await expect(marked(page)).not.toHaveText('Nothing marked');
  const light = await percent();
  await keyboard.press('ControlOrMeta+z');
  await expect(marked(page)).toHaveText('Nothing marked');
  await input.dab([0.3, 0.3], 1);
  await expect.poll(percent).toBeGreaterThan(light + 1);
  await clear.click();

  // One finger paints. A second one takes it back, and both zoom.
  const zoom = editor(page).getByRole('status', { name: 'Zoom' });
  const fit = await zoom.textContent();
  await input.touch('touchStart', [0.3, 0.5]);
  await input.touch('touchMove', [0.6, 0.5]);
  await input.touch('touchEnd');
  await expect.poll(percent).toBeGreaterThan(0);
  await keyboard.press('ControlOrMeta+z');
  await input.touch('touchStart', [0.4, 0.5]);
  await input.touch('touchStart', [0.4, 0.5], [0.6, 0.5]);
  await input.touch('touchMove', [0.3, 0.5], [0.7, 0.5]);
  await input.touch('touchEnd');
  await expect(zoom).not.toHaveText(fit ?? '');
  await expect(marked(page)).toHaveText('Nothing marked');
  await input.close();

  // With Space it is moved, and a key fits it again.
  const top = async () => (await mask(page).boundingBox())?.y ?? 0;
  const before = await top();
  await mask(page).focus();
  await keyboard.down('Space');
  await draw(mask(page), [
    [0.5, 0.5],
    [0.5, 0.55],
  ]);
  await keyboard.up('Space');
  await expect.poll(top).toBeGreaterThan(before);
  await expect(marked(page)).toHaveText('Nothing marked');
  await keyboard.press('0');
  await expect(zoom).toHaveText(fit ?? '');
  await size.fill('58.3');
  await mask(page).focus();
}

test('what is painted is kept through a kill, and Apply makes a picture of it with its parent', async ({
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
  await expect(editor(page)).toContainText('the marked picture goes along as a second picture');
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

  // A change on this computer: the middle, turned. It is free, and shown at once.
  await pictures(page).last().hover();
  await page.getByRole('button', { name: 'Edit picture' }).last().click();
  await editor(page).getByRole('tab', { name: 'Crop & turn' }).click();
  await editor(page).getByRole('button', { name: 'Turn right' }).click();
  await editor(page).getByRole('button', { name: '4:3' }).click();
  await editor(page).getByRole('button', { name: 'Crop at the right edge' }).focus();
  await page.keyboard.press('Shift+ArrowLeft');
  expect(await accessibilityProblems(page, 'dialog[open]')).toEqual([]);
  await editor(page).getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('dialog', { name: 'Picture', exact: true })).toBeVisible();
  await expect(editor(page)).toHaveCount(0);
  const pictureMade = rows(`SELECT id, width, height FROM messages WHERE kind = 'image' ORDER BY seq`).at(-1);
  const newest = () =>
    rows('SELECT width, height, parent_id FROM user_images ORDER BY order_key DESC LIMIT 1')[0];
  await expect.poll(() => newest()?.['parent_id']).toBe(pictureMade?.['id']);
  const changed = newest();
  const [width, height] = [Number(changed?.['width']), Number(changed?.['height'])];
  expect(width / height).toBeCloseTo(4 / 3, 1);
  expect(width).toBeLessThan(Number(pictureMade?.['height']));

  // Killed while a billed change is made: nothing is sent a second time, and Retry sends the same part again.
  google.setDefault({ kind: 'hang' });
  await page.keyboard.press('Escape');
  await pictures(page).last().click();
  await page.getByRole('dialog', { name: 'Picture', exact: true }).press('e');
  await mask(page).press('ArrowDown');
  await page.keyboard.press('Enter');
  // Without words, it is to be made in another version.
  await page.keyboard.press('ControlOrMeta+Enter');
  await google.received(3);
  await expect.poll(() => rows('SELECT id FROM charges').length).toBe(3);
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
