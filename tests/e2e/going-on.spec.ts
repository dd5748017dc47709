// Continuing from a picture: sentences about words that may have meant it, and the places of focus and notices.
import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { startOpenaiServer } from '../servers/openai-server';
import { samplePicture } from '../servers/sample-picture';
import {
  chooseAction,
  expect,
  expectFullPicture,
  googleEnvironment,
  pictures,
  redFox,
  sendMessage,
  test,
} from './fixture';

test.use({ pictureScale: 0.5 });

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true });
const notices = (page: Page) => page.getByRole('status', { name: 'Notices' }).first();

test('words start a new picture and say so, and are sent again with the picture before them', async ({
  start,
  google,
}) => {
  const { page } = await start({ env: googleEnvironment(google) });
  await expect(composer(page)).toHaveAttribute('placeholder', /such as/);
  await sendMessage(page, 'a red fox at dawn');
  await expectFullPicture(pictures(page));
  const line = page.getByTestId('words-alone');
  await expect(line).toHaveCount(0);
  await expect(composer(page)).toHaveAttribute('placeholder', /^Say what should change/);
  await page.getByRole('button', { name: 'Picture only' }).click();
  await expect(composer(page)).toHaveAttribute('placeholder', /or add one to change it$/);

  // In whatever language the user writes.
  await sendMessage(page, 'mach es Nacht');
  await expect(line).toContainText('Made from your words alone, without the previous picture.');
  await expectFullPicture(pictures(page).nth(1));
  const isWithPicture = (at: number) =>
    JSON.stringify(google.requests.at(at)?.contents).includes('inlineData');
  expect(isWithPicture(-1)).toBe(false);

  await line.getByRole('button', { name: 'Change the previous picture' }).click();
  await expect(page.getByText('Edited from a red fox at dawn')).toBeVisible();
  await expect(line).toHaveCount(0);
  await expectFullPicture(pictures(page).last());
  expect(isWithPicture(-1)).toBe(true);
  await expect(page.getByText('Version 2 of 2')).toBeAttached();
});

test('a model that cannot change a picture says so, and leads to the other ones', async ({
  startWithPictures,
}) => {
  const { page } = await startWithPictures(redFox, { env: { AFTERIMAGE_PROVIDER: 'painter' } });
  await sendMessage(page, 'a lake at night');
  await expectFullPicture(pictures(page).nth(1));
  const line = page.getByTestId('words-alone');
  await expect(line).toContainText('cannot change a picture');
  await line.getByRole('button', { name: 'Choose another model' }).click();
  await expect(page.getByRole('listbox', { name: 'Models' })).toBeVisible();
  await page.keyboard.press('Escape');
  // It is known by now, and there is nothing to do about it.
  await sendMessage(page, 'an owl in a tree');
  await expectFullPicture(pictures(page).nth(2));
  await expect(line).toHaveCount(0);
});

test('the focus goes on in the composer, without a frame around the chat', async ({ start, google }) => {
  const { page } = await start({ env: googleEnvironment(google) });
  await sendMessage(page, 'a red fox at dawn');
  await expectFullPicture(pictures(page));
  const log = page.getByRole('log', { name: 'Conversation' });
  await pictures(page).click();
  const lightbox = page.getByRole('dialog', { name: 'Picture', exact: true });
  await expect(lightbox).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(lightbox).toHaveCount(0);
  await expect(composer(page)).toBeFocused();

  await pictures(page).click();
  await lightbox.getByRole('button', { name: /^Edit/ }).click();
  const editor = page.getByRole('dialog', { name: 'Edit picture' });
  await editor.getByRole('textbox', { name: 'What should change' }).fill('at night');
  await page.keyboard.press('Enter');
  await expect(editor).toHaveCount(0);
  await expect(composer(page)).toBeFocused();
  expect(await log.evaluate((element) => element.matches(':focus-visible'))).toBe(false);
});

test('a picture that was made of an own photo names it', async ({ start, google }, testInfo) => {
  const { page } = await start({ env: googleEnvironment(google) });
  const file = testInfo.outputPath('beach.png');
  writeFileSync(file, await samplePicture('1:1', null, 0.1));
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add pictures' }).click();
  await page.getByRole('button', { name: 'From files' }).click();
  await (await chooser).setFiles(file);
  await expect(page.getByRole('list', { name: 'Attached pictures' })).toHaveText('To edit');
  await sendMessage(page, 'at night');
  await expect(page.getByText('Edited from beach')).toBeVisible();
});

test('a notice covers nothing under the last picture, and ends with what it reports', async ({
  startWithPictures,
}) => {
  const { page } = await startWithPictures([...redFox, 'a lake at night']);
  await expectFullPicture(pictures(page).last());
  const last = page.locator('article[data-kind="image"]').last();
  await chooseAction(last, 'Use as reference');
  await composer(page).focus();
  await page.keyboard.press('Shift+Enter');
  await last.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: /^Copy prompt/ }).click();
  await expect(notices(page)).toHaveText('Prompt copied');
  // A trial click fails if another element covers the button.
  for (const name of ['Save', 'Again']) {
    await last.getByRole('button', { name, exact: true }).first().click({ trial: true });
  }

  await last.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: /^Delete/ }).click();
  await expect(notices(page)).toContainText('Picture moved to Trash');
  await last.getByRole('button', { name: 'Restore' }).click();
  await expect(notices(page)).not.toContainText('Picture moved to Trash');
  await expectFullPicture(pictures(page).last());
});

test('the list for another model begins at another one that can be used', async ({ start }, testInfo) => {
  const server = await startOpenaiServer({ picture: await samplePicture('1:1', null, 0.25) });
  const file = testInfo.outputPath('services.json');
  const service = { kind: 'openai-compatible', baseUrl: server.baseUrl };
  writeFileSync(
    file,
    JSON.stringify([
      { ...service, id: 'a', name: 'Yours', key: 'key-a', model: 'gpt-image-2' },
      { ...service, id: 'b', name: 'Mine', key: 'key-b', model: 'gpt-image-1' },
    ]),
  );
  const { page } = await start({ env: { AFTERIMAGE_SERVICES: file } });
  await sendMessage(page, 'a red fox at dawn');
  await expectFullPicture(pictures(page));
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Same prompt, other model' }).click();
  const dialog = page.getByRole('dialog', { name: 'Same prompt, other model' });
  // In one step, because the list changes while it is made.
  const active = () =>
    dialog.getByRole('combobox').evaluate((field) => {
      const option = document.getElementById(field.getAttribute('aria-activedescendant') ?? '');
      return option?.getAttribute('aria-label') ?? '';
    });
  await expect.poll(active).toMatch(/^(?!.*GPT Image 2, Yours)./);
  await page.keyboard.press('Enter');
  await expect(page.locator('article[data-kind="image"]')).toHaveCount(2);
  const asked = () => server.requests.filter(({ path: to }) => to.endsWith('/generations'));
  await expect.poll(asked).toHaveLength(2);
  expect(asked()[1]?.fields['model']).not.toBe('gpt-image-2');
  await server.close();
});
