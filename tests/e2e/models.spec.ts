// The model chip and the options: choosing a model of another service by keyboard, and what arrives at it.
import { writeFileSync } from 'node:fs';
import { startAutomatic1111Server } from '../servers/automatic1111-server';
import { startOpenaiServer } from '../servers/openai-server';
import { samplePicture } from '../servers/sample-picture';
import { expect, expectFullPicture, newChat, pictures, sendMessage, test } from './fixture';

test('a model is chosen from a list of services, and asked for what it can make', async ({
  start,
  rows,
}, testInfo) => {
  const picture = await samplePicture('3:2', null, 0.5);
  const models = [
    'gpt-image-2',
    ...Array.from({ length: 998 }, (_, index) => `flux-${index}`),
    'Ж\\ 光 + & "x"',
  ];
  const [first, second] = [
    await startOpenaiServer({ picture }),
    await startOpenaiServer({ models, picture }),
  ];
  const editing = await startOpenaiServer({
    models: ['qwen-image-edit', 'gpt-image-1.5', 'gpt-5.4-mini'],
    picture,
  });
  const webUi = await startAutomatic1111Server({ picture });
  const file = testInfo.outputPath('services.json');
  const service = { kind: 'openai-compatible', model: 'gpt-image-1' };
  writeFileSync(
    file,
    JSON.stringify([
      { ...service, id: 'a', name: 'Mine', baseUrl: first.baseUrl, key: 'key-a' },
      { ...service, id: 'b', name: 'Yours', baseUrl: second.baseUrl, key: 'key-b', model: 'gpt-image-2' },
      { kind: 'automatic1111', id: 'c', name: 'Engine', baseUrl: webUi.baseUrl },
      { kind: 'xai', id: 'd', name: 'Grok' },
      {
        ...service,
        id: 'e',
        name: 'Editing',
        baseUrl: editing.baseUrl,
        key: 'key-e',
        model: 'qwen-image-edit',
      },
    ]),
  );
  const { page } = await start({ env: { AFTERIMAGE_SERVICES: file } });
  const message = page.getByRole('textbox', { name: 'Message' });
  const chip = page.getByRole('button', { name: /^Model/ });
  const list = page.getByRole('listbox', { name: 'Models' });
  const own = testInfo.outputPath('own.png');
  writeFileSync(own, picture);

  await test.step('a model of another service is chosen by keyboard and makes the picture, with the options that it takes', async () => {
    await message.fill('a red fox at dawn');
    // No service was asked anything until the user opens the list.
    expect([first, second, editing].flatMap(({ requests }) => requests)).toEqual([]);
    await page.keyboard.press('Control+m');
    await expect(list.getByRole('option', { name: 'flux-0, Yours' })).toBeVisible();
    // A long list leaves the next service in reach. Of a thousand models, those around the visible ones are in the page.
    await list.getByRole('option', { name: '980 more models, Yours' }).click();
    await expect(list.getByRole('option', { name: 'flux-30, Yours' })).toBeVisible();
    expect(await list.getByRole('option').count()).toBeLessThan(100);
    await page.keyboard.press('Escape');
    await expect(list).toBeHidden();
    await expect(message).toBeFocused();

    await page.keyboard.press('Control+m');
    await page.keyboard.type('yours 光');
    await expect(list.getByRole('option')).toHaveCount(2);
    await page.keyboard.press('Enter');
    await expect(chip).toHaveAccessibleName('Model: Ж\\ 光 + & "x", Yours');
    await expect(message).toBeFocused();
    await expect(message).toHaveValue('a red fox at dawn');
    await page.keyboard.press('Enter');
    await expectFullPicture(pictures(page));
    const model = 'Ж\\ 光 + & "x"';
    const asked = second.requests.filter(({ path }) => path.endsWith('/generations'));
    expect(asked).toMatchObject([{ authorization: 'Bearer key-b', fields: { model } }]);
    expect(rows("SELECT provider, model FROM messages WHERE kind = 'image'")).toEqual([
      { provider: 'b', model },
    ]);

    // A model without its key leads to the sheet; what was written stays.
    await message.fill('a blue fox at noon');
    await page.keyboard.press('Control+m');
    await page.keyboard.type('grok');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Connect a model' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(message).toHaveValue('a blue fox at noon');
    await expect(chip).toHaveAccessibleName(/Yours$/);

    // By pointer; the options are those of an engine.
    await chip.click();
    await list
      .getByRole('option', { name: /, Engine$/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Options: default' }).click();
    const options = page.getByRole('dialog', { name: 'Options' });
    await options.getByRole('textbox', { name: 'Steps' }).fill('31');
    await options.getByRole('textbox', { name: 'Guidance' }).fill('6.5');
    await options.getByRole('textbox', { name: 'Negative prompt' }).fill('blurry');
    await options.getByRole('textbox', { name: 'Sampler' }).fill('Euler a');
    await options.getByRole('textbox', { name: 'Sampler' }).press('Enter');
    await expect(options).toBeHidden();
    await expect(page.getByRole('button', { name: /^Options: / })).toHaveText('4 options');
    await message.press('Enter');
    await expectFullPicture(pictures(page).nth(1));
    const wanted = { steps: 31, cfg_scale: 6.5, negative_prompt: 'blurry', sampler_name: 'Euler a' };
    // A pause may have prefetched it without the options.
    expect(webUi.works.at(-1)).toMatchObject(wanted);
    expect(webUi.rejections).toEqual([]);

    // Options that the next model does not support are named and left out.
    await page.keyboard.press('Control+m');
    await page.keyboard.type('gpt-image-2 yours');
    await page.keyboard.press('Enter');
    await expect(page.getByText('does not support a negative prompt, a number of steps')).toBeVisible();
    await page.getByRole('button', { name: 'Options: default' }).click();
    await options.getByText('Transparent background').click();
    await options.getByText('High', { exact: true }).click();
    await page.keyboard.press('Escape');
    await sendMessage(page, 'a green fox at night');
    await expectFullPicture(pictures(page).nth(2));
    expect(second.requests.at(-1)?.fields).toMatchObject({
      ...{ model: 'gpt-image-2', quality: 'high', background: 'transparent' },
    });
    expect(second.rejections).toEqual([]);

    // The last choice is the default of a new chat, and of the next run.
    await newChat(page);
    await expect(chip).toHaveAccessibleName('Model: GPT Image 2, Yours');
  });

  await test.step('a model that changes pictures says that it needs one, and is asked once there is one', async () => {
    const note = page.getByText('qwen-image-edit changes pictures. Attach the one to change.');
    await newChat(page);
    await page.keyboard.press('Control+m');
    await page.keyboard.type('qwen-image-edit editing');
    await page.keyboard.press('Enter');
    await expect(note).toBeVisible();

    // Only the main process knows that this is a prompt.
    await sendMessage(page, 'a red fox at dawn');
    await expect(page.getByText('Nothing was sent.')).toBeVisible();
    await expect(message).toHaveValue('a red fox at dawn');
    // This is one for certain.
    await page.getByRole('button', { name: 'Picture only' }).click();
    await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
    await message.press('Enter');
    await expect(message).toHaveValue('a red fox at dawn');
    const askedToEdit = () => editing.requests.filter(({ path }) => path !== '/v1/models');
    expect(askedToEdit()).toEqual([]);

    await page.getByTestId('attach-files').setInputFiles(own);
    await expect(note).toBeHidden();
    await message.press('Enter');
    await expectFullPicture(pictures(page));
    expect(askedToEdit()).toMatchObject([{ path: '/v1/images/edits', fields: { model: 'qwen-image-edit' } }]);

    await expect(note).toBeVisible();
    await page.getByRole('button', { name: 'Choose another model' }).click();
    await page.getByRole('option', { name: 'gpt-image-1.5, Editing' }).click();
    await expect(note).toBeHidden();
  });

  await Promise.all([first, second, editing, webUi].map((server) => server.close()));
});
