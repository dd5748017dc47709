// Loading pictures progressively in one box: thumbnails before full pictures, and arrived bytes while they are stored.
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import type { Page } from '@playwright/test';
import {
  expect,
  expectFullPicture,
  googleEnvironment,
  newChat,
  pictures,
  sendMessage,
  test,
} from './fixture';

test.use({ pictureScale: 0.5 });

/** Reloads the page. @returns the URLs that it requests from then on; the list grows. */
async function reload(page: Page): Promise<string[]> {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.reload();
  return asked;
}

/** The generator stands still while it stores a picture, long enough to see what the page shows meanwhile. */
const slowStore = { AFTERIMAGE_SLOW_POINT: 'store: the recipe is written 3000' };

/** Records each state of the first picture: what it shows of which row, from which URL, and where. */
function recordStates(page: Page): Promise<void> {
  return page.evaluate(() => {
    const states: string[] = [];
    Object.assign(window, { states });
    const note = () => {
      const picture = document.querySelector('[data-testid="picture"]');
      if (!picture) return;
      const { x, y, width, height } = picture.getBoundingClientRect();
      const status = picture.closest('article')?.getAttribute('data-status');
      const shown = `${picture.getAttribute('data-visible')} ${picture.getAttribute('aria-busy')}`;
      const state = `${status} ${shown} ${picture.querySelector('img')?.src} ${x},${y} ${width}x${height}`;
      if (states.at(-1) !== state) states.push(state);
    };
    new MutationObserver(note).observe(document, { subtree: true, childList: true, attributes: true });
  });
}

test('a picture is shown while it is stored, unless it turns out to be broken', async ({ start, google }) => {
  const { page } = await start({ env: { ...googleEnvironment(google), ...slowStore } });

  await test.step('a picture is shown as soon as its bytes are there, and stays the same element while it is stored', async () => {
    await recordStates(page);
    await sendMessage(page, 'draw a red fox at dawn');
    const picture = pictures(page);
    await expect(picture).toHaveAttribute('data-visible', 'full');
    await expect(picture.getByRole('button', { name: 'Stop' })).toHaveCount(0);
    await picture.click();
    await expectFullPicture(picture);
    // The click opens the picture as soon as there is one to open.
    await expect(page.getByRole('dialog', { name: 'Picture' })).toBeVisible();

    const states: string[] = await page.evaluate(() => Reflect.get(window, 'states'));
    const shown = states.filter((state) => state.split(' ')[1] === 'full').map((state) => state.split(' '));
    expect(shown.map(([status, , isBusy]) => `${status} ${isBusy}`)).toEqual([
      'generating true',
      'ready false',
    ]);
    const [early = [], late = []] = shown;
    expect(early[3]).toContain('/arrived?');
    expect(late.slice(3)).toEqual(early.slice(3));
    expect(new Set(states.map((state) => state.split(' ').slice(4).join(' '))).size).toBe(1);
    await page.keyboard.press('Escape');
  });

  await test.step('of a broken body behind a good header nothing stays once its failure is known', async () => {
    await newChat(page);
    google.reset();
    const webp = createCanvas(600, 400).toBuffer('image/webp');
    // Everything behind the size: https://www.rfc-editor.org/rfc/rfc9649#section-2.5
    webp.fill(0xff, webp.indexOf('VP8 ') + 18);
    google.answerNext({ kind: 'picture', bytes: webp });
    await recordStates(page);
    await sendMessage(page, 'draw a red fox at dawn');
    const picture = pictures(page);
    await expect(picture.getByRole('alert')).toContainText('has kept it');
    await expect(picture.locator('img')).toHaveCount(0);
    await expect(picture).not.toHaveAttribute('data-visible');
    const states: string[] = await page.evaluate(() => Reflect.get(window, 'states'));
    expect(states.some((state) => state.includes('/arrived?'))).toBe(true);

    // Retry shows nothing of the first answer.
    google.answerNext({ kind: 'hang' });
    await picture.getByRole('button', { name: 'Retry' }).click();
    await google.received(2);
    await expect(picture).toHaveAttribute('aria-busy', 'true');
    await expect(picture.locator('img')).toHaveCount(0);
    google.release();
    await expectFullPicture(picture);
  });

  await test.step('one that comes to the page while it is stored is shown at once, too', async () => {
    await newChat(page);
    google.reset();
    await sendMessage(page, 'draw a red fox at noon');
    const picture = pictures(page);
    await expect(picture).toHaveAttribute('data-visible', 'full');
    await page.evaluate(() => window.afterimage.request('settings:set', { language: 'de' }));
    await expect(page.getByRole('textbox', { name: 'Nachricht' })).toBeVisible();
    const inGerman = page.getByTestId('picture');
    await expectFullPicture(inGerman);
  });
});

type Sample = { isPreview: boolean; isUnderFull: boolean; at: number; opacity: number; state: string };

/** Notes in each frame how far the layers of pictures that arrive have faded in. */
function sampleFades(page: Page): Promise<void> {
  return page.evaluate(() => {
    const samples: object[] = [];
    Object.assign(window, { samples });
    const note = () => {
      for (const layer of document.querySelectorAll('[data-live] :is([data-there], img[data-fit])')) {
        const opacity = Number(getComputedStyle(layer).opacity);
        const [fade] = layer.getAnimations();
        const isPreview = layer.matches('[data-there]');
        const isUnderFull = layer.closest('[data-visible="full"]') !== null;
        const at = Number(fade?.currentTime ?? -1);
        samples.push({ isPreview, isUnderFull, at, opacity, state: fade?.playState });
      }
      requestAnimationFrame(note);
    };
    note();
  });
}

function samplesOf(page: Page): Promise<Sample[]> {
  return page.evaluate(() => Reflect.get(window, 'samples'));
}

test('a picture fades in when it arrives, and its thumbnail comes first when its transcript opens', async ({
  start,
  google,
  dataFolder,
}) => {
  const { page } = await start({ env: googleEnvironment(google) });
  /** Sends a message. @returns the samples of its picture's blurred preview. */
  const previewsOf = async (message: string) => {
    await sampleFades(page);
    await sendMessage(page, message);
    await expectFullPicture(pictures(page));
    const previews = (await samplesOf(page)).filter(({ isPreview }) => isPreview);
    // By the animation's own time, so a slow computer samples fewer frames of the same line.
    for (const { at, opacity } of previews)
      expect(Math.abs(opacity - (at < 0 ? 1 : at / 180))).toBeLessThan(0.02);
    return previews;
  };

  await test.step('a picture of another shape than its box fades in over its blurred preview', async () => {
    google.answerNext({ kind: 'picture', bytes: createCanvas(600, 200).encodeSync('png') });
    const previews = await previewsOf('draw a red fox at dawn');
    // Its animation is there from the first frame on; one that has ended is no longer listed.
    expect(previews[0]?.at).toBeGreaterThanOrEqual(0);
    await newChat(page);
  });

  await test.step('a picture that fills its box fades in before its blurred preview goes on', async () => {
    // There is none if the picture was shown in full before it was stored.
    const previews = await previewsOf('draw a blue fox at dusk');
    // Both fades together would be twice as fast.
    for (const { at, state } of previews.filter(({ isUnderFull }) => isUnderFull))
      expect(at < 0 ? 'paused' : state).toBe('paused');
    await expect(pictures(page).locator('[data-there]')).toHaveCount(0);
  });

  await test.step('an opened transcript shows thumbnails first, then full pictures, without a layout shift', async () => {
    const thumbnails = () =>
      readdirSync(path.join(dataFolder, 'images'), { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.endsWith('.512.webp'),
      );
    await expect.poll(() => thumbnails().length).toBe(2);

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

  await test.step('they are there at once under reduced motion', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await sampleFades(page);
    await sendMessage(page, 'draw a lighthouse');
    await expectFullPicture(pictures(page).nth(1));
    await expect.poll(async () => (await samplesOf(page)).length).toBeGreaterThan(1);
    expect((await samplesOf(page)).filter(({ opacity }) => opacity !== 0 && opacity !== 1)).toEqual([]);
  });
});
