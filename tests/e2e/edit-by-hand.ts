// Painting in the editor as a hand does: with the mouse, a pen and fingers, and with every tool.
import type { Locator, Page } from '@playwright/test';
import { expect } from './fixture';

export const editor = (page: Page) => page.getByRole('dialog', { name: 'Edit picture' });
export const mask = (page: Page) => editor(page).locator('canvas[aria-label="Mask"]');
export const words = (page: Page) => editor(page).getByRole('textbox', { name: 'What should change' });
export const marked = (page: Page) => editor(page).getByLabel('Marked');

/** Draws with the mouse. Points are parts of the canvas, from 0 to 1. */
export async function draw(canvas: Locator, points: readonly (readonly [number, number])[]): Promise<void> {
  const box = await canvas.boundingBox();
  if (!box) throw new Error('The mask is not on screen.');
  const { mouse } = canvas.page();
  for (const [at, [x, y]] of points.entries()) {
    await mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 4 });
    if (at === 0) await mouse.down();
  }
  await mouse.up();
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
export async function useEveryTool(page: Page, maskBytesAt: (x: number, y: number) => Promise<number>) {
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
