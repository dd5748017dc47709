import { untilStill } from '../harness/until-still';
import { startOpenaiServer } from '../servers/openai-server';
import { samplePicture } from '../servers/sample-picture';
import { listedModels, placesIn } from './connect-sheet';
import { chooseAction, expect, expectFullPicture, newChat, pictures, sendMessage, test } from './fixture';

test.use({ pictureScale: 0.5 });

test('the sheet connects a service from what could not be drawn, and from a key that is missing', async ({
  start,
  google,
}) => {
  const { page } = await start({ env: { GOOGLE_GEMINI_BASE_URL: google.baseUrl } });
  const sheet = page.getByRole('dialog', { name: 'Connect a model' });

  await test.step('a pasted key and address lead from what could not be drawn to its picture', async () => {
    const picture = await samplePicture('3:2', null, 0.5);
    const listed = ['gpt-image-2', 'gpt-image-1', 'gpt-5.4-mini', 'llama3'];
    const openai = await startOpenaiServer({ models: listed, picture });
    await sendMessage(page, 'a dragon on a bicycle');
    await page.getByTestId('not-drawn').getByRole('button', { name: 'Connect a model' }).click();
    await expect.poll(async () => (await sheet.boundingBox())?.width).toBe(600);
    const search = sheet.getByRole('combobox', { name: 'Search services' });
    await expect(search).toBeFocused();
    // The arrows move what Enter opens, and the best match of a search comes first.
    const highlighted = sheet.getByRole('option', { selected: true });
    await expect(highlighted).toContainText('Google Gemini');
    // The field does not move, whatever is found.
    await untilStill(page);
    const place = await search.boundingBox();
    await search.fill('openr');
    await expect(highlighted).toContainText('OpenRouter');
    expect(await search.boundingBox()).toEqual(place);
    await search.fill('nothing has this name');
    await expect(highlighted).toContainText('Another OpenAI-compatible service');
    expect(await search.boundingBox()).toEqual(place);
    await search.fill('');
    await expect(highlighted).toContainText('Google Gemini');
    await page.keyboard.press('ArrowRight');
    await expect(highlighted).toContainText('Gemini on Vertex AI');
    await page.keyboard.press('ArrowDown');
    await expect(highlighted).toContainText('OpenRouter');
    await page.keyboard.press('Enter');
    await expect(sheet.getByRole('heading', { name: 'OpenRouter' })).toBeVisible();
    await sheet.getByRole('button', { name: 'Choose another service' }).click();
    await expect(search).toBeFocused();
    await page.keyboard.type('compat');
    await expect(highlighted).toContainText('Another OpenAI-compatible service');
    await page.keyboard.press('Enter');
    const address = sheet.getByRole('textbox', { name: 'Address' });
    // A key that others could read is warned of before it is stored.
    await untilStill(page);
    const fields = () => Promise.all([placesIn(sheet, 'h2, input'), sheet.boundingBox()]);
    const fieldPlaces = await fields();
    await address.fill('http://example.com/v1');
    await expect(sheet.getByRole('alert')).toContainText('not encrypted');
    await expect(sheet.getByRole('button', { name: 'Connect without encryption' })).toBeVisible();
    // Sentences about an address and its key move no field, and no edge of the sheet.
    expect(await fields()).toEqual(fieldPlaces);
    await address.fill('http://127.0.0.1:1/v1');
    await expect(sheet.getByRole('alert')).toHaveCount(0);
    await expect(
      sheet.getByText('Many servers at such an address need no key. Add one if yours does.'),
    ).toBeVisible();
    expect(await fields()).toEqual(fieldPlaces);
    const name = sheet.getByRole('textbox', { name: 'Name' });
    await expect(name).toHaveValue('127.0.0.1:1');
    const title = sheet.getByRole('heading', { name: 'Another OpenAI-compatible service' });
    const titlePlace = await title.boundingBox();
    const key = sheet.getByLabel('API key', { exact: true });
    await key.fill('"sk-refused-4711"');
    const places = await placesIn(sheet);
    await key.press('Enter');
    // A problem is shown at its field, whose text is selected, and a correction is tested without a click.
    await expect(sheet.getByRole('alert')).toContainText('Nothing answers at http://127.0.0.1:1/v1.');
    // The sentence has the room of the note: no field, no button and no edge of the sheet moves.
    expect(await placesIn(sheet)).toEqual(places);
    await expect(address).toBeFocused();
    const rejected = {
      message: 'Incorrect API key.',
      type: 'invalid_request_error',
      code: 'invalid_api_key',
    };
    openai.answerNext({ kind: 'error', status: 401, error: rejected });
    await page.keyboard.insertText(`${openai.baseUrl}/images/generations?x=1`);
    await expect(sheet.getByRole('alert')).toContainText('did not accept');
    await expect(name).toHaveValue(new URL(openai.baseUrl).host);
    await expect(key).toHaveValue('"sk-refused-4711"');
    await expect(key).toHaveAttribute('aria-invalid', 'true');
    await name.fill('Studio');
    await key.fill('"sk-pasted-4711"');
    // The pasted address is shown and used.
    await expect(address).toHaveValue(openai.baseUrl);
    await expect(
      sheet.getByRole('status').filter({ hasText: 'Works, 4 models, 2 of them make pictures' }),
    ).toBeVisible();
    await expect(key).toHaveValue('');
    await expect.poll(() => title.boundingBox()).toEqual(titlePlace);
    // There is one way out.
    await expect(sheet.getByRole('button', { name: 'Close' })).toHaveCount(0);
    await expect(sheet.getByRole('button', { name: 'Done' })).toBeVisible();
    await key.press('Enter');
    await expect(sheet).toHaveCount(0);
    await expectFullPicture(pictures(page).nth(1));
    // A model that could draw it is offered where it could not be drawn.
    const makeInstead = page.getByTestId('not-drawn').getByRole('button');
    await expect(makeInstead).toHaveText('Make it with GPT Image 2');
    await makeInstead.click();
    await expectFullPicture(pictures(page).nth(2));
    // Also while the painter is chosen, which stays.
    await page.keyboard.press('Control+m');
    const painter = page.getByRole('option', { name: /^Offline sketch/ });
    await painter.click();
    await expect(page.getByRole('button', { name: /^Model: Offline/ })).toBeVisible();
    await expect(makeInstead).toHaveText('Make it with GPT Image 2');
    await makeInstead.click();
    await expectFullPicture(pictures(page).nth(3));
    await expect(page.getByRole('button', { name: /^Model: Offline/ })).toBeVisible();
    // There is nothing to do with a picture in Trash but to bring it back.
    await chooseAction(page.getByRole('article').filter({ has: page.getByTestId('not-drawn') }), 'Delete');
    await expect(page.getByTestId('not-drawn')).toBeVisible();
    await expect(makeInstead).toHaveCount(0);
    await page.getByRole('button', { name: 'Restore' }).click();
    await expect(makeInstead).toHaveText('Make it with GPT Image 2');
    await page.keyboard.press('Control+m');
    await page.getByRole('option', { name: 'GPT Image 2, Studio' }).first().click();
    await expect(page.getByRole('button', { name: /^Model: GPT Image 2/ })).toBeVisible();
    // The list has what can be used, under the names of the service and of the models, and nothing that nobody chose.
    await page.keyboard.press('Control+m');
    const list = page.getByRole('listbox', { name: 'Models' });
    await expect(list.getByRole('option', { name: 'GPT Image 1, Studio' })).toBeVisible();
    await expect(list.getByRole('option', { name: /Google|OpenAI|Imagen|web UI/ })).toHaveCount(0);
    await page.keyboard.type('nano');
    await expect(list.getByRole('option', { name: 'Nano Banana 2.1, Google' })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Settings' }).click();
    await expect(page.getByRole('radio', { name: 'Studio' })).toBeChecked();
    await expect(page.getByRole('radio', { name: 'Imagen' })).toHaveCount(0);
    const asked = {
      authorization: 'Bearer sk-pasted-4711',
      fields: { model: 'gpt-image-2', prompt: 'a dragon on a bicycle' },
    };
    const generations = openai.requests.filter(({ path }) => path.endsWith('/generations'));
    expect(generations).toMatchObject([asked, asked, asked]);
    await openai.close();
  });

  await test.step('the composer says that a key is missing, and a failed picture is retried with it', async () => {
    google.setDefault(({ method }) =>
      method === 'list' ? { kind: 'models', models: listedModels } : { kind: 'picture' },
    );
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByText('Google', { exact: true }).click();
    await newChat(page);
    await expect(page.getByRole('button', { name: 'Google · Needs a key' })).toBeVisible();
    await expect(page.getByText(/about \$/)).toHaveCount(0);
    // So does the empty chat, and both lead to the missing key.
    await page.getByRole('button', { name: 'Connect a model', exact: true }).click();
    await expect(page.getByRole('dialog').getByLabel('Google API key')).toBeFocused();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Picture only' }).click();
    await sendMessage(page, 'a red fox at dawn');
    await pictures(page).getByRole('button', { name: 'Add key' }).click();
    await sheet.getByLabel('Google API key').fill('GEMINI_API_KEY=pasted-key-4711');
    // Enter is held down until after the answer.
    await page.keyboard.down('Enter');
    await expect(sheet.getByRole('status').filter({ hasText: 'Works, 1 model' })).toBeVisible();
    // A request that costs money waits until its price was on screen. Enter sends it.
    const send = sheet.getByRole('button', { name: 'Send “a red fox at dawn”, about $0.034' });
    await expect(send).toBeFocused();
    expect(google.requests.filter(({ method }) => method !== 'list')).toEqual([]);
    await expect(sheet.getByRole('button', { name: 'Not now' })).toBeVisible();
    // A key that was pressed before the button was there does not press it.
    await page.keyboard.down('Enter');
    await expect(send).toBeVisible();
    await page.keyboard.up('Enter');
    // Nor does one that is pressed before the price can have been read.
    await expect(async () => {
      await page.keyboard.press('Enter');
      expect(await sheet.count()).toBe(0);
    }).toPass();
    await expectFullPicture(pictures(page));
    await expect(page.getByText('Needs a key')).toHaveCount(0);
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  });
});

test('the keyboard alone leads from a fresh start to a real picture, and to a second account', async ({
  start,
  google,
}) => {
  google.setDefault(({ method }) =>
    method === 'list' ? { kind: 'models', models: listedModels } : { kind: 'picture' },
  );
  const { electron, page } = await start({ env: { GOOGLE_GEMINI_BASE_URL: google.baseUrl } });
  const sheet = page.getByRole('dialog', { name: 'Connect a model' });
  const works = sheet.getByRole('status').filter({ hasText: 'Works, 1 model' });
  await electron.evaluate(({ clipboard }) => clipboard.writeText('GEMINI_API_KEY="pasted-key-4711"'));
  await page.keyboard.press('Control+k');
  await page.keyboard.type('connect');
  await page.keyboard.press('Enter');
  await expect(sheet).toBeVisible();
  await page.keyboard.type('google');
  await page.keyboard.press('Enter');
  await expect(sheet.getByLabel('Google API key')).toBeFocused();
  await page.keyboard.press('Control+v');
  await expect(works).toBeVisible();
  await expect(sheet.getByRole('button', { name: 'Done' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await page.keyboard.type('a red fox at dawn');
  await page.keyboard.press('Enter');
  await expectFullPicture(pictures(page));

  // Another one of the same service would have a key of its own.
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Connect a model' }).click();
  await page.keyboard.type('google');
  await page.keyboard.press('Enter');
  const key = sheet.getByLabel('Google API key');
  await expect(sheet.getByText('Paste another key to replace it.')).toBeVisible();
  await sheet.getByRole('button', { name: 'Add another one' }).click();
  await expect(key).toHaveAttribute('placeholder', 'Paste your key');
  await expect(key).toBeFocused();
});
