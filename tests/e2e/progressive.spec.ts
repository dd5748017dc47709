// Loading pictures progressively: the thumbnail first, then the full picture in the same box.
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, expectFullPicture, pictures, sendMessage, test } from './fixture';

/** Reloads the page. @returns the URLs that it requests from then on; the list grows. */
async function reload(page: Page): Promise<string[]> {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.reload();
  return asked;
}

test('an opened transcript shows thumbnails first, then full pictures, without a layout shift', async ({
  start,
  dataFolder,
}) => {
  const { page } = await start();
  await sendMessage(page, 'a red fox at dawn');
  await expectFullPicture(pictures(page));
  const thumbnails = () =>
    readdirSync(path.join(dataFolder, 'images'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.512.webp'),
    );
  await expect.poll(() => thumbnails().length).toBe(1);

  await page.addInitScript(() => {
    const shown: string[] = [];
    Object.assign(window, { shown });
    const note = () => {
      for (const picture of document.querySelectorAll('[data-testid="picture"]')) {
        const { width, height } = picture.getBoundingClientRect();
        const isSmall = picture.querySelector('[style*="/512"]') !== null;
        const state = `${picture.getAttribute('data-visible')}${isSmall ? ' small' : ''} ${width}x${height}`;
        if (shown.at(-1) !== state) shown.push(state);
      }
    };
    new MutationObserver(note).observe(document, { subtree: true, childList: true, attributes: true });
  });
  const asked = await reload(page);
  await expectFullPicture(pictures(page));
  const shown: string[] = await page.evaluate(() => Reflect.get(window, 'shown'));
  const box = shown[0]?.split(' ').at(-1);
  expect(shown).toEqual([`preview ${box}`, `preview small ${box}`, `full ${box}`]);
  const variants = asked.filter((url) => url.includes('://image/')).map((url) => url.split('/').at(-1));
  expect(variants[0]).toBe('512');
  expect(variants).toContain('full');

  for (const name of thumbnails()) rmSync(path.join(dataFolder, 'images', name));
  await page.reload();
  await expectFullPicture(pictures(page));
});
