// The basic functions of gallery, settings and diagnostics, keyboard access and empty views.
import type { Locator, Page } from '@playwright/test';
import { untilStill } from '../harness/until-still';
import { expect, expectFullPicture, openSettings, pictures, sendMessage, test } from './fixture';

const tilesOf = (page: Page) => page.getByRole('grid', { name: 'Gallery' }).locator('[data-image-id]');
const toGallery = (page: Page) => page.getByRole('link', { name: 'Gallery' }).click();
const toChat = (page: Page) => page.getByRole('link', { name: 'Chat' }).click();

test('chat, gallery, Trash and diagnostics show the first pictures, and all can be reached by keyboard', async ({
  start,
  dataFolder,
}) => {
  test.slow();
  const { page } = await start({ env: { AFTERIMAGE_PAINTER_DELAY_MS: '1000' } });
  const tiles = tilesOf(page);

  await test.step('a new picture appears in the open gallery, which was empty', async () => {
    await toGallery(page);
    await expect(page.getByText('No pictures yet')).toBeVisible();
    await toChat(page);
    await sendMessage(page, 'a red fox at dawn');
    await toGallery(page);
    await expect(tiles).toHaveCount(1);
  });

  await test.step('an empty gallery and an empty Trash say why, and lead on', async () => {
    await page.getByRole('searchbox', { name: 'Search pictures' }).fill('whale');
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await expect(tiles).toHaveCount(1);
    await tiles.press('Delete');
    await expect(page.getByText('Your only picture is in Trash.')).toBeVisible();
    await page.getByRole('button', { name: 'Open Trash' }).click();
    await page.getByRole('button', { name: 'Restore' }).click();
    await expect(page.getByText('Trash is empty.')).toBeVisible();
    await page.getByRole('button', { name: 'Back to the gallery' }).click();
    await expect(tiles).toHaveCount(1);
    await toChat(page);
    await expectFullPicture(pictures(page));
  });

  await test.step('all controls can be reached by keyboard', () => reachAllControls(page));

  await test.step('the caption of a narrow picture fits its width and contains its actions', async () => {
    await page.getByRole('button', { name: 'Open the sidebar' }).click();
    await page.getByRole('button', { name: 'Shape' }).click();
    await page.getByText('9:16').click();
    await sendMessage(page, 'a whale under the moon');
    await expectFullPicture(pictures(page));
    await expectCaptionToFit(page.getByRole('figure'));
  });

  await test.step('the gallery shows, finds and opens pictures', async () => {
    await toGallery(page);
    await expect(tiles).toHaveCount(2);
    await page.getByRole('searchbox', { name: 'Search pictures' }).fill('whale');
    await expect(tiles).toHaveCount(1);
    await page.getByRole('searchbox', { name: 'Search pictures' }).fill('100% "_" 🦊');
    await expect(page.getByText('No picture has')).toBeVisible();
    await page.getByRole('searchbox', { name: 'Search pictures' }).fill('');
    await expect(tiles).toHaveCount(2);

    await tiles.first().click();
    const lightbox = page.getByRole('dialog', { name: 'Picture', description: 'a whale under the moon' });
    await expect(lightbox.getByRole('img')).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await expect(
      page.getByRole('dialog', { name: 'Picture', description: 'a red fox at dawn' }),
    ).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  await test.step('diagnostics show counts and timings', async () => {
    await page.getByRole('link', { name: 'Diagnostics' }).click();
    await expect(page.getByText(dataFolder)).toBeVisible();
    await expect(page.getByRole('row', { name: /Show the answer to a message/ })).toBeVisible();
    await expect(page.getByRole('row', { name: /Settle a job/ })).toBeVisible();
    await expect(page.getByText('Ready (started 1 time)')).toBeVisible();
  });

  await test.step('Back and Forward lead through the views, by keys and by the buttons of a mouse', () =>
    goBackAndForward(page));
});

async function goBackAndForward(page: Page): Promise<void> {
  const back = () => page.keyboard.press('Alt+ArrowLeft');
  const isOpen = (title: string) => expect(page).toHaveTitle(`${title} – Afterimage`);
  const search = page.getByRole('searchbox', { name: 'Search pictures' });
  const lightbox = page.getByRole('dialog', { name: 'Picture' });
  await toChat(page);
  await page.keyboard.press('Control+n');
  await sendMessage(page, 'an owl in the snow');
  await isOpen('an owl in the snow');
  await toGallery(page);
  await search.fill('whale');
  await page.getByRole('link', { name: 'Settings' }).click();
  await isOpen('Settings');

  await back();
  await isOpen('Gallery');
  await expect(search).toHaveValue('whale');
  await expect(tilesOf(page)).toHaveCount(1);
  await tilesOf(page).click();
  await expect(lightbox).toBeVisible();
  await back();
  await expect(lightbox).toHaveCount(0);
  await isOpen('an owl in the snow');
  await page.getByRole('textbox', { name: 'Message' }).fill('a draft');
  await pressMouse(page, 'forward');
  await isOpen('Gallery');
  await pressMouse(page, 'back');
  await isOpen('an owl in the snow');
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('a draft');

  // A deleted chat is passed over, also when it was the last one.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('delete chat');
  await page.keyboard.press('Enter');
  await expect(page).toHaveTitle('Afterimage');
  await back();
  await expect(page).toHaveTitle(/whale|fox/);
}

/** Playwright's mouse does not have these buttons. */
async function pressMouse(page: Page, button: 'back' | 'forward'): Promise<void> {
  const { x, y } = (await page.getByRole('main').boundingBox()) ?? { x: 0, y: 0 };
  const session = await page.context().newCDPSession(page);
  for (const type of ['mousePressed', 'mouseReleased'] as const) {
    await session.send('Input.dispatchMouseEvent', { type, button, x: x + 5, y: y + 5, clickCount: 1 });
  }
  await session.detach();
}

async function reachAllControls(page: Page): Promise<void> {
  const reached = new Set<string>();
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
    );
    reached.add(name);
  }
  for (const name of ['Chat', 'Gallery', 'Settings', 'Diagnostics', 'New chat', 'Save', 'Message']) {
    expect([...reached]).toContain(name);
  }
  await page.keyboard.press('Control+2');
  await expect(page.getByRole('heading', { name: 'Gallery' })).toBeVisible();
  await page.keyboard.press('Control+n');
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await page.keyboard.press('Control+b');
  await expect(page.getByRole('button', { name: 'Open the sidebar' })).toBeVisible();
}

/** @param figure a narrow picture with its caption. */
async function expectCaptionToFit(figure: Locator): Promise<void> {
  const picture = await figure.getByTestId('picture').boundingBox();
  const line = await figure.locator('figcaption').boundingBox();
  expect(line).toMatchObject({ x: picture?.x, width: picture?.width });
  await figure.getByTestId('picture').hover();
  for (const name of ['Again', 'More actions']) {
    // The icons begin where the picture does; what lights up under the pointer is larger.
    const button = await figure.getByRole('button', { name }).locator('svg').boundingBox();
    expect(button?.x).toBeGreaterThanOrEqual(picture?.x ?? Number.NaN);
    expect((button?.x ?? 0) + (button?.width ?? 0)).toBeLessThanOrEqual(
      (picture?.x ?? 0) + (picture?.width ?? 0),
    );
  }
}

test('settings persist, and a theme applies immediately', async ({ start }) => {
  const first = await start();
  await openSettings(first.page, 'Appearance');
  const background = () => first.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await first.page.getByText('Light', { exact: true }).click();
  await expect
    .poll(() => first.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
    .toBe(false);
  await untilStill(first.page);
  const light = await background();
  await first.page.getByText('Dark', { exact: true }).click();
  await expect
    .poll(() => first.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
    .toBe(true);
  await expect.poll(background).not.toBe(light);
  await openSettings(first.page, 'Models & keys');
  // Services that nobody has connected are not in the list.
  const services = first.page.getByRole('list', { name: 'Services' });
  await expect(services.getByRole('radio')).toHaveCount(2);
  await services.getByText('Offline painter', { exact: true }).click();
  await expect(first.page.getByText('Sketches your prompts')).toBeVisible();
  await first.quit();

  const { page } = await start();
  await expect.poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('radio', { name: 'Offline painter', exact: true })).toBeChecked();
});
