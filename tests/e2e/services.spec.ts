// Services as a list: those of AFTERIMAGE_SERVICES, and adding, choosing and removing one in Settings.
import { writeFileSync } from 'node:fs';
import { startOpenaiServer } from '../servers/openai-server';
import { samplePicture } from '../servers/sample-picture';
import { expect, expectFullPicture, newChat, pictures, sendMessage, showAddress, test } from './fixture';

test('services come from a file for one run, and are added, set up and removed in the settings', async ({
  start,
  rows,
}, testInfo) => {
  const picture = await samplePicture('3:2', null, 0.5);
  const [first, second] = [await startOpenaiServer({ picture }), await startOpenaiServer({ picture })];
  const file = testInfo.outputPath('services.json');
  const service = { kind: 'openai-compatible', model: 'Ж\\ 光 + & "x"' };
  writeFileSync(
    file,
    JSON.stringify([
      { ...service, id: 'a', name: 'Mine', baseUrl: first.baseUrl, key: 'key-a' },
      { ...service, id: 'b', name: 'Yours', baseUrl: second.baseUrl, key: 'key-b', model: 'gpt-image-2' },
    ]),
  );
  await test.step('those of a file are in use for a run, each with its own key, and cost nothing on this computer', async () => {
    const { page, kill } = await start({ env: { AFTERIMAGE_SERVICES: file } });
    await page.getByRole('link', { name: 'Settings' }).click();
    const list = page.getByRole('list', { name: 'Services' });
    await expect(list.locator('[data-service]')).toHaveCount(2);
    await page.getByRole('link', { name: 'Chat' }).click();
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page).first());
    await page.getByRole('link', { name: 'Settings' }).click();
    await list.getByText('Yours', { exact: true }).click();
    await page.getByRole('link', { name: 'Chat' }).click();
    // Asked for 3:2. The caption says what came instead, on the line that it has anyway.
    second.answerNext({ kind: 'picture', bytes: await samplePicture('1:1', null, 0.5) });
    await sendMessage(page, 'a blue fox at noon');
    await expectFullPicture(pictures(page).nth(1));
    const captions = page.locator('figcaption');
    await expect(captions.nth(1)).toContainText('instead of 3:2');
    await expect(captions.nth(0)).not.toContainText('instead of');
    await expect
      .poll(() => captions.evaluateAll((all) => new Set(all.map(({ clientHeight }) => clientHeight)).size))
      .toBe(1);
    expect(first.requests).toMatchObject([
      { authorization: 'Bearer key-a', fields: { model: service.model } },
    ]);
    expect(second.requests).toMatchObject([
      { authorization: 'Bearer key-b', fields: { model: 'gpt-image-2' } },
    ]);
    await expect.poll(() => rows('SELECT id FROM outbox').length).toBe(0);
    expect(rows('SELECT provider, cost_micro_usd FROM image_generation_log ORDER BY requested_at')).toEqual([
      { provider: 'a', cost_micro_usd: 0 },
      { provider: 'b', cost_micro_usd: 0 },
    ]);
    await kill();
    await Promise.all([first.close(), second.close()]);
  });

  writeFileSync(file, '[{"id":"a"}]');
  const { page } = await start({ env: { AFTERIMAGE_SERVICES: file } });
  await test.step('without the file the saved services are there again, and history keeps the names of the others', async () => {
    await expect(page.getByRole('region', { name: /services for this run/ })).toContainText(
      'service 1 has no valid "kind". Your saved services are in use.',
    );
    await expectFullPicture(pictures(page).first());
    await page.getByRole('link', { name: 'Settings' }).click();
    await expect(page.getByRole('radio', { name: 'Offline painter' })).toBeVisible();
    // Nobody has connected it.
    await expect(page.getByRole('radio', { name: 'Google' })).toHaveCount(0);
    await expect(page.getByRole('radio', { name: 'Mine' })).toHaveCount(0);
  });

  await test.step('a service is found by name, set up, and removed with Undo', async () => {
    const models = ['gpt-image-2'];
    const openai = await startOpenaiServer({ models, picture });
    await page.getByRole('button', { name: 'Connect a model' }).click();
    const sheet = page.getByRole('dialog', { name: 'Connect a model' });
    await sheet.getByRole('combobox', { name: 'Search services' }).fill('litellm');
    await page.keyboard.press('Enter');
    await sheet.getByRole('textbox', { name: 'Address' }).fill(openai.baseUrl);
    await page.keyboard.press('Enter');
    // At an address on this computer it needs no key.
    await expect(sheet.getByRole('status').filter({ hasText: 'Works, 1 model' })).toBeVisible();
    await sheet.getByRole('button', { name: 'Done' }).click();
    const list = page.getByRole('list', { name: 'Services' });
    await expect(list.getByRole('radio', { name: '127.0.0.1' })).toBeChecked();
    await page.getByRole('textbox', { name: 'Name' }).fill('offline painter');
    await page.getByRole('textbox', { name: 'Name' }).press('Enter');
    await expect(page.getByText('Another service has this name.')).toBeVisible();
    await page.getByRole('textbox', { name: 'Name' }).fill('Ours');
    await page.getByRole('textbox', { name: 'Name' }).press('Enter');
    await page.getByRole('textbox', { name: 'Extra headers' }).fill('Authorization: Bearer x');
    await page.getByRole('textbox', { name: 'Extra headers' }).blur();
    await expect(page.getByText('Authorization holds a secret.')).toBeVisible();
    await page.getByRole('textbox', { name: 'Extra headers' }).fill('X-Project: pictures');
    await page.getByRole('textbox', { name: 'Extra headers' }).blur();
    await expect
      .poll(() => rows("SELECT headers FROM services WHERE name = 'Ours'"))
      .toEqual([{ headers: '{"X-Project":"pictures"}' }]);
    await expect(list.getByRole('listitem').filter({ hasText: 'Ours' })).toContainText('Works');
    // The button tests the address that the field shows.
    const address = page.getByRole('textbox', { name: 'Address' });
    const testButton = page.getByRole('button', { name: 'Test', exact: true });
    await address.fill('no address');
    await address.blur();
    await expect(testButton).toBeDisabled();
    await address.fill(openai.baseUrl);
    await address.blur();
    await expect(testButton).toBeEnabled();
    // Its server may accept any word as a key, and a second click on "Save" is none on "Remove".
    await page.locator('[data-field="key"]').fill('key-a');
    await page.getByRole('button', { name: 'Save', exact: true }).dblclick();
    await expect(page.getByRole('button', { name: 'Remove', exact: true })).toBeEnabled();
    await expect(testButton).toBeEnabled();
    expect(rows("SELECT name FROM services WHERE name = 'Ours'")).toHaveLength(1);

    // A model that it does not have is replaced by one that it lists.
    await newChat(page);
    models.splice(0, 1, 'sdxl');
    openai.answerNext({
      kind: 'error',
      status: 404,
      error: { message: 'No such model.', code: 'model_not_found' },
    });
    await sendMessage(page, 'a red fox at dawn');
    await expect(pictures(page)).toContainText(
      'Ours does not offer the model “gpt-image-2”. It offers “sdxl”.',
    );
    await pictures(page).getByRole('button', { name: 'Use a model that it offers' }).click();
    await expectFullPicture(pictures(page));
    expect(openai.requests.at(-1)?.incoming.headers['x-project']).toBe('pictures');

    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Delete this service' }).click();
    await expect(list.getByRole('radio', { name: 'Ours' })).toHaveCount(0);
    // The focus stays in the list when what had it is removed.
    await expect(list.locator(':focus')).toHaveCount(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    // It is in use again, as it was.
    await expect(list.getByRole('radio', { name: 'Ours' })).toBeChecked();
    await page.getByRole('link', { name: 'Chat' }).click();
    await expectFullPicture(pictures(page));
    await openai.close();
  });
});

test('a key is not sent to another address until the user allows it, and the old address brings it back', async ({
  start,
}) => {
  const [first, second] = [await startOpenaiServer(), await startOpenaiServer()];
  const { page } = await start();
  const sheet = page.getByRole('dialog', { name: 'Connect a model' });
  const sentTo = (server: typeof first) => server.requests.map(({ authorization }) => authorization);
  await showAddress(page, 'settings/models', 'Settings');
  await page.getByRole('button', { name: 'Connect a model' }).click();
  await sheet.getByRole('combobox', { name: 'Search services' }).fill('litellm');
  await page.keyboard.press('Enter');
  await sheet.getByRole('textbox', { name: 'Address' }).fill(first.baseUrl);
  await sheet.locator('[data-field="key"]').fill('key-of-the-first');
  await page.keyboard.press('Enter');
  await sheet.getByRole('button', { name: 'Done' }).click();
  expect(new Set(sentTo(first))).toEqual(new Set(['Bearer key-of-the-first']));

  const { host } = new URL(first.baseUrl);
  const address = page.getByRole('textbox', { name: 'Address' });
  const allow = page.getByRole('button', { name: `Use the key of ${host} here` });
  const testButton = page.getByRole('button', { name: 'Test', exact: true });
  const works = page.getByRole('status').filter({ hasText: 'It offers 1 model' });

  await test.step('neither the change nor a test sends it, and the screen says why', async () => {
    await address.fill(second.baseUrl);
    await page.keyboard.press('Tab');
    await expect(page.getByText(`The key was entered for ${host}.`)).toBeVisible();
    await expect(allow).toBeVisible();
    await testButton.click();
    await expect(works).toBeVisible();
    expect(new Set(sentTo(second))).toEqual(new Set([null]));
    // The name was made from the address.
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(new URL(second.baseUrl).host);
  });

  await test.step('the old address brings it back', async () => {
    const before = first.requests.length;
    await address.fill(first.baseUrl);
    await page.keyboard.press('Tab');
    await expect(allow).toHaveCount(0);
    await expect.poll(() => sentTo(first).slice(before)).toContain('Bearer key-of-the-first');
  });

  await test.step('where the service cannot be asked without it, the composer says so and leads to it', async () => {
    await address.fill('https://example.invalid/v1');
    await page.keyboard.press('Tab');
    await page.getByRole('link', { name: 'Chat', exact: true }).click();
    await page.getByRole('button', { name: 'example.invalid · Key is for another address' }).click();
    await expect(sheet.getByRole('button', { name: `Use the key of ${host} here` })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Settings' }).click();
  });

  await test.step('one click sends it to the new address', async () => {
    await address.fill(second.baseUrl);
    await page.keyboard.press('Tab');
    await allow.click();
    await expect(allow).toHaveCount(0);
    await expect.poll(() => sentTo(second)).toContain('Bearer key-of-the-first');
  });
});
