// The composer's controls: one row from 900 px on in every language, whatever the model is called, and two rows below.
import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { languages } from '../../shared/languages/languages';
import type { Running } from '../harness/launch';
import { startOpenaiServer } from '../servers/openai-server';
import { expect, test } from './fixture';

const longModel = 'black-forest-labs/flux-kontext-max-multi-image-preview';

async function widen({ page, electron }: Running, width: number): Promise<void> {
  await electron.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size, 700),
    width,
  );
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
  // The row decides what it leaves out before the next frame.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
}

/** Returns the rows of what the composer shows below its text, and what is cut off other than the model's name. */
function rowsOf(page: Page): Promise<{ rows: number; cutOff: string[] }> {
  return page.evaluate(() => {
    const controls = document.querySelector('form button[type="submit"]')?.parentElement?.parentElement
      ?.parentElement;
    if (!controls) throw new Error('The composer has no row of controls.');
    const isShown = (element: Element) =>
      !element.closest('[popover]') && element.checkVisibility({ visibilityProperty: true });
    const shown = [...controls.querySelectorAll('button, meter')].filter(isShown);
    const centres = shown.map((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return (top + bottom) / 2;
    });
    const edges = controls.getBoundingClientRect();
    const isOutside = ({ left, right }: DOMRect) => left < edges.left - 1 || right > edges.right + 1;
    const texts = [...controls.querySelectorAll('span')].filter(isShown);
    return {
      rows: new Set(centres.map((centre) => Math.round(centre / 8))).size,
      cutOff: [...shown, ...texts]
        .filter(
          (element) =>
            isOutside(element.getBoundingClientRect()) ||
            (!element.matches('[data-truncatable]') && element.scrollWidth > element.clientWidth + 1),
        )
        .map((element) => `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent}`),
    };
  });
}

for (const { code: language } of languages) {
  test(`keeps the composer's controls in one row from 900 px on, in ${language}`, async ({
    start,
  }, testInfo) => {
    const server = await startOpenaiServer({ models: [longModel] });
    const file = testInfo.outputPath('services.json');
    const own = { kind: 'openai-compatible', name: 'A gateway in our own house', baseUrl: server.baseUrl };
    writeFileSync(
      file,
      JSON.stringify([
        { id: 'own', ...own, key: 'key-a', model: longModel },
        { id: 'priced', kind: 'openai', name: 'OpenAI', key: 'key-b', model: 'gpt-image-1' },
      ]),
    );
    const env = { AFTERIMAGE_SERVICES: file, AFTERIMAGE_LANGUAGE: language, AFTERIMAGE_LIMITS: '60/1000' };
    const running = await start({ env });
    const { page } = running;
    const chip = page.locator('form [aria-haspopup="listbox"]');
    const check = async () => {
      for (const width of [900, 1280, 1920]) {
        await widen(running, width);
        await expect.poll(() => rowsOf(page), `${width} px`).toEqual({ rows: 1, cutOff: [] });
      }
      await widen(running, 640);
      await expect.poll(() => rowsOf(page), '640 px').toEqual({ rows: 2, cutOff: [] });
    };

    // Some pictures were made, so that the limits are shown.
    await page.locator('textarea').fill('a red fox at dawn');
    await page.keyboard.press('Enter');
    await page.locator('article[data-kind="image"][data-status="ready"]').waitFor();
    await expect(page.locator('form meter')).toBeVisible();
    await check();
    // The whole name is in the tooltip.
    await expect(chip).toHaveAttribute('title', new RegExp(longModel));

    await page.keyboard.press('Control+m');
    await page.keyboard.type('gpt-image-1');
    await page.locator('[role="option"][aria-label*="OpenAI"]').first().waitFor();
    await page.keyboard.press('Enter');
    await expect(chip).toHaveAccessibleName(/OpenAI/);
    await check();
    await server.close();
  });
}
