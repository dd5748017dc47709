// The sheet "Connect a model" when it is left too early, and when a server does not answer.
import { listedModels, placesIn } from './connect-sheet';
import { expect, newChat, pictures, sendMessage, test } from './fixture';

test.use({ pictureScale: 0.5 });

test('giving up says what is kept and what is not, and a server that does not answer leads to its address', async ({
  start,
  google,
  rows,
}) => {
  google.setDefault(({ method }) =>
    method === 'list' ? { kind: 'models', models: listedModels } : { kind: 'picture' },
  );
  const { page } = await start({ env: { GOOGLE_GEMINI_BASE_URL: google.baseUrl } });
  const sheet = page.getByRole('dialog', { name: 'Connect a model' });
  const key = sheet.getByLabel('API key', { exact: true });
  const services = () => rows(`SELECT name FROM services WHERE kind = 'openai-compatible'`);

  async function choose(text: string): Promise<void> {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('connect');
    await page.keyboard.press('Enter');
    await expect(sheet.getByRole('combobox', { name: 'Search services' })).toBeFocused();
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  }

  await test.step('a service that never worked is removed with its key', async () => {
    await choose('compat');
    await sheet.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:1/v1');
    await key.fill('sk-given-up-4711');
    // The sentence below the key changes once there is a key.
    const places = await placesIn(sheet);
    await key.press('Enter');
    await expect(sheet.getByRole('alert')).toContainText('Nothing answers');
    await expect(sheet.getByText('Paste another key to replace it.')).toBeVisible();
    expect(await placesIn(sheet)).toEqual(places);
    // Another service was chosen: the sheet itself says what is kept.
    await sheet.getByRole('button', { name: 'Choose another service' }).click();
    const kept = sheet.getByText('“127.0.0.1:1” and its key are kept in Settings; it has not worked yet.');
    await expect(kept).toBeVisible();
    await sheet.getByRole('button', { name: 'Remove' }).click();
    await expect(sheet.getByText('127.0.0.1:1 was deleted.')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(sheet).toHaveCount(0);
  });

  await test.step('what was not saved is there again by one click, except its key', async () => {
    await choose('compat');
    const address = sheet.getByRole('textbox', { name: 'Address' });
    await address.fill('http://127.0.0.1:1/v1');
    await sheet.getByRole('textbox', { name: 'Name' }).fill('Studio');
    await key.fill('sk-unsaved-4711');
    await page.keyboard.press('Escape');
    await expect(page.getByText('were not saved')).toBeVisible();
    await page.getByRole('button', { name: 'Go back to it' }).click();
    await expect(address).toHaveValue('http://127.0.0.1:1/v1');
    await expect(sheet.getByRole('textbox', { name: 'Name' })).toHaveValue('Studio');
    await expect(key).toHaveValue('');
    await expect(key).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(sheet.getByRole('alert')).toContainText('Nothing answers');
    await page.keyboard.press('Escape');
    await expect(page.getByText('“Studio” is kept in Settings; it has not worked yet.')).toBeVisible();
    expect(services()).toContainEqual({ name: 'Studio' });
  });

  await test.step('nothing is said of a form in which nothing was entered', async () => {
    await choose('google');
    await expect(sheet.getByLabel('Google API key')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(sheet).toHaveCount(0);
    await expect(page.getByText(/Google.* (kept|not saved)/)).toHaveCount(0);
  });

  await test.step('Settings say what the test has found, and in another language as well', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Edit Studio' }).click();
    const verdict = page.locator('[data-verdict="bad"]');
    await expect(verdict).toContainText('Nothing answers at http://127.0.0.1:1/v1.');
    await page.evaluate(() => window.afterimage.request('settings:set', { language: 'de' }));
    await page.getByRole('button', { name: 'Studio bearbeiten' }).click();
    await expect(verdict).toContainText('Unter http://127.0.0.1:1/v1 antwortet nichts.');
    await page.evaluate(() => window.afterimage.request('settings:set', { language: 'en' }));
  });

  await test.step('another language, such as from another window, leaves the form as it is', async () => {
    await choose('compat');
    const address = 'http://127.0.0.1:2/v1';
    await sheet.getByRole('textbox', { name: 'Address' }).fill(address);
    await page.evaluate(() => window.afterimage.request('settings:set', { language: 'de' }));
    const german = page.getByRole('dialog', { name: 'Modell verbinden' });
    await expect(german.getByRole('textbox', { name: 'Adresse' })).toHaveValue(address);
    await page.evaluate(() => window.afterimage.request('settings:set', { language: 'en' }));
    await expect(sheet.getByRole('textbox', { name: 'Address' })).toHaveValue(address);
    await expect(page.getByText('were not saved')).toHaveCount(0);
    await page.keyboard.press('Escape');
    // It was left now.
    await expect(page.getByText('were not saved')).toBeVisible();
  });

  await test.step('a picture that finds no server leads to the address of its service', async () => {
    await page.getByText('Studio', { exact: true }).first().click();
    await newChat(page);
    await sendMessage(page, 'a red fox at dawn');
    const picture = pictures(page);
    await expect(picture.getByRole('alert')).toContainText('Nothing answers at http://127.0.0.1:1/v1.');
    await picture.getByRole('button', { name: 'Service settings' }).click();
    await expect(page.getByRole('textbox', { name: 'Address' })).toBeFocused();
    await expect(page.getByRole('textbox', { name: 'Address' })).toHaveValue('http://127.0.0.1:1/v1');
  });

  await test.step('what was wrong with a key is not said beside a service that works', async () => {
    await choose('google');
    const field = sheet.getByLabel('Google API key');
    await field.fill('AIzaSy-good-4711');
    await field.press('Enter');
    await expect(sheet.getByRole('status').filter({ hasText: 'Works' })).toBeVisible();
    await field.fill('no key at all');
    await field.press('Enter');
    await expect(sheet.getByRole('alert')).toContainText('not a valid API key');
    await field.fill('');
    await expect(sheet.getByRole('status').filter({ hasText: 'Works' })).toBeVisible();
    await expect(sheet.getByRole('alert')).toHaveCount(0);
    await expect(field).not.toHaveAttribute('aria-invalid');
  });
});
