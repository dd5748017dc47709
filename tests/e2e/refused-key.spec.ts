// A key that its service does not accept: neither the model nor its price is named until there is one that works.
import type { GoogleAnswer } from '../servers/google-server';
import { listedModels } from './connect-sheet';
import { expect, expectFullPicture, openSettings, pictures, test } from './fixture';

const refusal: GoogleAnswer = {
  ...{ kind: 'error', status: 400, code: 'INVALID_ARGUMENT', message: 'API key not valid.' },
  details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }],
};

test('after a refused key, the composer, the list of models, the palette and Settings say so, until a key works', async ({
  start,
  google,
}) => {
  google.setDefault(({ method }) =>
    method === 'list' ? { kind: 'models', models: listedModels } : { kind: 'picture' },
  );
  const { page } = await start({ env: { GOOGLE_GEMINI_BASE_URL: google.baseUrl } });
  const sheet = page.getByRole('dialog', { name: 'Connect a model' });
  const key = sheet.getByLabel('Google API key');
  const composer = page.locator('form').filter({ has: page.getByRole('textbox', { name: 'Message' }) });
  const lack = composer.getByRole('button', { name: 'Google · Key not accepted' });
  const model = composer.getByRole('button', { name: /^Model/ });

  async function enter(text: string): Promise<void> {
    await key.fill(text);
    await key.press('Enter');
  }

  await test.step('a key that works puts the model and its price into the composer', async () => {
    await page.getByRole('button', { name: 'Connect a model', exact: true }).click();
    await sheet.getByRole('option', { name: /^Google Gemini/ }).click();
    await enter('AIzaSy-good-4711');
    await expect(sheet.getByText('Works, 1 model')).toBeVisible();
    await sheet.getByRole('button', { name: 'Done' }).click();
    await composer.getByRole('textbox').fill('two red foxes');
    await expect(model).toHaveAccessibleName(/Nano Banana/);
    await expect(composer).toContainText('$');
  });

  await test.step('a picture that is refused takes both away, until one is made', async () => {
    google.answerNext(refusal);
    await composer.getByRole('textbox').fill('draw two red foxes');
    await page.keyboard.press('Enter');
    const failed = pictures(page).first();
    await expect(failed.getByRole('alert')).toContainText('did not accept');
    await expect(failed.getByRole('button', { name: 'Check key' })).toBeVisible();
    await expect(lack).toBeVisible();
    await composer.getByRole('textbox').fill('two blue foxes');
    await expect(composer).not.toContainText('$');
    await failed.getByRole('button', { name: 'Retry' }).click();
    await expectFullPicture(failed);
    await expect(lack).toHaveCount(0);
    await expect(composer).toContainText('$');
  });

  await test.step('one that is refused takes both away, also after the sheet is closed', async () => {
    google.answerNext(refusal);
    await openSettings(page, 'Models & keys');
    const field = page.getByLabel('Google API key');
    await field.fill('AIzaSy-refused-4711');
    await field.press('Enter');
    await expect(page.getByRole('alert')).toContainText('did not accept');
    await expect(page.getByRole('listitem').getByText('Key not accepted', { exact: true })).toBeVisible();
    await page.getByRole('link', { name: 'Chat' }).click();
    await expect(lack).toBeVisible();
    await expect(lack).toHaveAttribute('title', 'Google did not accept the key.');
    await expect(model).toHaveAccessibleName('Model: Google');
    await expect(composer).not.toContainText('$');
  });

  await test.step('the list and the palette say it, and lead to the sheet, which says it too', async () => {
    await page.keyboard.press('Control+m');
    const option = page.getByRole('option', { name: /Nano Banana 2.1.*Google/ }).first();
    await expect(option).toHaveAccessibleDescription(/key not accepted/);
    await option.click();
    await expect(sheet).toContainText('Google did not accept the key. Paste another key to replace it.');
    await page.keyboard.press('Escape');
    await expect(sheet).toHaveCount(0);
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill('nano banana');
    await expect(page.getByRole('option', { name: /key not accepted/ }).first()).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('a test that passes takes it back', async () => {
    await lack.click();
    await enter('AIzaSy-good-4712');
    await expect(sheet.getByText('Works, 1 model')).toBeVisible();
    await sheet.getByRole('button', { name: 'Done' }).click();
    await expect(lack).toHaveCount(0);
    await expect(model).toHaveAccessibleName(/Nano Banana/);
    await expect(composer).toContainText('$');
  });
});
