// The composer's lists: nothing in them moves while they are open, and keys pressed right after they close reach the message.
import { writeFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { untilStill } from '../harness/until-still';
import { startOpenaiServer } from '../servers/openai-server';
import { samplePicture } from '../servers/sample-picture';
import { expect, expectFullPicture, pictures, redFox, sendMessage, test } from './fixture';

/** Returns where the panel of the models, its search field and each of its rows are. */
function placesOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll(':popover-open, :popover-open input, :popover-open [role="option"]')].map(
      (element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        const name = element.getAttribute('aria-label') ?? element.tagName;
        return [name, ...[x, y, width, height].map(Math.round)].join(' ');
      },
    ),
  );
}

test('ticking models moves nothing of their list, and the chips follow when it is closed', async ({
  start,
}, testInfo) => {
  const models = ['gpt-image-2', 'gpt-image-1', 'dall-e-3', 'house-model', 'zebra'];
  const server = await startOpenaiServer({ models });
  const file = testInfo.outputPath('services.json');
  const service = { kind: 'openai-compatible', baseUrl: server.baseUrl };
  writeFileSync(
    file,
    JSON.stringify([
      { ...service, id: 'a', name: 'Yours', key: 'key-a', model: 'gpt-image-2', textModel: 'gpt-5.4' },
      { ...service, id: 'b', name: 'A service with a longer name', key: 'key-b', model: 'house-model' },
    ]),
  );
  const { page } = await start({ env: { AFTERIMAGE_SERVICES: file } });
  const chip = page.getByRole('button', { name: /^Model/ });
  await chip.click();
  const list = page.getByRole('listbox', { name: 'Models' });
  // The lists of the services are read.
  await expect(list.getByRole('option', { name: '2 more models, Yours' })).toBeAttached();
  await expect(page.getByRole('status').filter({ hasText: 'Reading' })).toHaveCount(0);
  const option = (name: string) => list.getByRole('option', { name }).first();
  const tick = async (name: string, isTicked: boolean) => {
    await option(name).hover();
    const before = await placesOf(page);
    await option(name).locator('[data-tick]').click();
    await expect(option(name)).toHaveAttribute('aria-selected', String(isTicked));
    expect(await placesOf(page)).toEqual(before);
  };
  const house = 'house-model, A service with a longer name';
  await tick(house, true);
  await tick('dall-e-3, Yours', true);
  // The first one goes, and then all but one: another model becomes the chat's own.
  await tick('GPT Image 2, Yours', false);
  await tick('dall-e-3, Yours', false);
  await expect(chip).toHaveAccessibleName(/house-model/);
  const before = await placesOf(page);
  // By the keyboard, too.
  await page.keyboard.press('Control+Enter');
  await expect(option('dall-e-3, Yours')).toHaveAttribute('aria-selected', 'true');
  expect(await placesOf(page)).toEqual(before);
  await page.keyboard.press('Escape');
  await expect(chip).toHaveAccessibleName(/^Model: 2 models/);
  await server.close();
});

test('the list of models takes the room that it needs, before the lists of its services are read', async ({
  start,
}, testInfo) => {
  const server = await startOpenaiServer({ models: ['gpt-image-2', 'gpt-image-1', 'house-model'] });
  const file = testInfo.outputPath('services.json');
  const service = { id: 'a', kind: 'openai-compatible', name: 'Mine', baseUrl: server.baseUrl, key: 'key-a' };
  writeFileSync(file, JSON.stringify([{ ...service, model: 'gpt-image-2' }]));
  const env = { AFTERIMAGE_SERVICES: file };
  const first = await start({ env });
  const openList = async (page: Page) => {
    await page.getByRole('button', { name: /^Model/ }).click();
    return page.getByRole('listbox', { name: 'Models' });
  };
  const known = (list: Locator) => list.getByRole('option', { name: 'GPT Image 1, Mine' });
  const heightOf = async (list: Locator) => (await list.boundingBox())?.height ?? 0;

  // Nothing is known about the service yet, so that the list has room for a long one.
  const list = await openList(first.page);
  await expect(known(list)).toBeVisible();
  const longest = await heightOf(list);
  await first.page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await openList(first.page);
  await expect(known(list)).toBeVisible();
  await expect.poll(() => heightOf(list)).toBeLessThan(longest);
  const needed = await heightOf(list);
  await first.quit();

  // The next run knows no list, but how long they were together.
  server.answerNext({ kind: 'error', status: 500, error: {}, mishap: { kind: 'hang' } });
  const { page } = await start({ env });
  const again = await openList(page);
  await expect(page.getByRole('status').filter({ hasText: 'Reading' })).toHaveCount(1);
  await expect(known(again)).toHaveCount(0);
  await expect.poll(() => heightOf(again)).toBe(needed);
  server.release();
  await expect(page.getByRole('status').filter({ hasText: 'Reading' })).toHaveCount(0);
  await server.close();
});

for (const [list, button] of [
  ['models', /^Model/],
  ['styles', 'Styles'],
] as const) {
  test(`the message has the focus in the moment in which the list of ${list} is closed`, async ({
    start,
  }) => {
    const { page } = await start({ env: { AFTERIMAGE_PROVIDER: 'painter' } });
    const chip = page.getByRole('button', { name: button, exact: true });
    const message = page.getByRole('textbox', { name: 'Message', exact: true });
    await chip.click();
    await expect(chip).toHaveAttribute('aria-expanded', 'true');
    await expect(page.getByRole('combobox')).toBeFocused();
    // Before any event that comes in a task of its own.
    const focused = await page.evaluate(async () => {
      const panel = document.querySelector<HTMLElement>(':popover-open');
      panel?.hidePopover();
      const atOnce = document.activeElement?.tagName;
      await Promise.resolve();
      return [atOnce, panel?.querySelectorAll('input').length];
    });
    expect(focused).toEqual(['TEXTAREA', 0]);
    await expect(chip).toHaveAttribute('aria-expanded', 'false');

    // By its button.
    await chip.click();
    await expect(page.getByRole('combobox')).toBeFocused();
    await chip.click();
    await expect(page.getByRole('combobox')).toHaveCount(0);
    await expect(message).toBeFocused();
  });
}

test('the choice of pictures to attach offers the time that the words name', async ({
  startWithPictures,
}) => {
  const { page } = await startWithPictures(redFox);
  await page.getByRole('button', { name: 'Add pictures' }).click();
  await page.getByRole('button', { name: 'From the gallery…' }).click();
  const picker = page.getByRole('dialog', { name: 'Choose pictures' });
  const field = picker.getByRole('searchbox', { name: 'Search the gallery' });
  const found = picker.getByRole('listbox', { name: 'Pictures' }).getByRole('option');
  await expect(found).toHaveCount(1);
  await untilStill(page);
  const place = await field.boundingBox();
  await field.fill('this year');
  const suggestion = picker.getByRole('group', { name: 'Suggestions' }).getByRole('button');
  await expect(suggestion).toContainText('Pictures from this year');
  expect(await field.boundingBox()).toEqual(place);
  await expect(found).toHaveCount(0);
  await field.press('ArrowDown');
  await expect(suggestion).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('');
  await expect(field).toBeFocused();
  await expect(found).toHaveCount(1);
  await picker.getByRole('button', { name: /^Remove the filter/ }).click();
  await field.fill('today');
  await expect(suggestion).toBeVisible();
  // No prompt has the word.
  await field.press('Enter');
  await expect(picker.getByRole('button', { name: /^Remove the filter/ })).toBeVisible();
  // Until it is found, the arrow key leads nowhere.
  await expect(found).toHaveCount(1);
  await field.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Attached pictures' }).getByRole('listitem')).toHaveCount(1);
});

test('a picture of another shape keeps its place, and has its own shape when the chat is opened again', async ({
  start,
}, testInfo) => {
  const server = await startOpenaiServer({ picture: await samplePicture('1:1', null, 0.5) });
  const file = testInfo.outputPath('services.json');
  const service = { kind: 'openai-compatible', id: 'a', name: 'Mine', key: 'key-a', model: 'house-model' };
  writeFileSync(file, JSON.stringify([{ ...service, baseUrl: server.baseUrl }]));
  const { page } = await start({ env: { AFTERIMAGE_SERVICES: file } });
  await sendMessage(page, 'a red fox at dawn');
  const picture = pictures(page);
  const placeholder = await picture.boundingBox();
  await expectFullPicture(picture);
  expect(await picture.boundingBox()).toEqual(placeholder);
  const caption = page.locator('figcaption [title]').filter({ hasText: /512 × 512 instead of 3:2/ });
  await expect(caption).toHaveAttribute('title', /its own shape when you open this chat again/);
  await page.getByRole('button', { name: 'New chat' }).click();
  await expect(picture).toHaveCount(0);
  await page.getByRole('navigation', { name: 'Chats' }).locator('[data-conversation-id]').click();
  await expectFullPicture(picture);
  const ratio = async () => {
    const { width = 0, height = 1 } = (await picture.boundingBox()) ?? {};
    return width / height;
  };
  await expect.poll(ratio).toBeCloseTo(1, 1);
  await expect(caption).not.toHaveAttribute('title', /its own shape/);
  await server.close();
});
