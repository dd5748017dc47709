// Settings of the model: a retired one, size and steps, with a key of the environment that no crash report may have.
import { expect, expectFullPicture, pictures, sendMessage, test } from './fixture';
import { crashApp, findFilesContaining } from './key-traces';

const key = 'AIzaSy-never-to-be-seen-again-4711';

test('settings of the model apply to the next picture, and a crash with a key of the environment writes no report', async ({
  start,
  google,
  rows,
  dataFolder,
}) => {
  test.slow();
  const running = await start({ env: { GOOGLE_GEMINI_BASE_URL: google.baseUrl, GEMINI_API_KEY: key } });
  const { page } = running;

  await test.step('a retired model shows a warning, and one click selects its successor', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    const model = page.getByRole('combobox', { name: 'Model for pictures' });
    await model.fill('x'.repeat(201));
    await model.press('Enter');
    await expect(page.getByRole('alert')).toHaveText(/not a valid model name/);
    await model.fill('gemini-2.5-flash-image');
    await model.press('Enter');
    await expect(page.getByRole('alert')).toHaveText(/was shut down on 2 October 2026/);

    await page.getByRole('link', { name: 'Chat' }).click();
    const banner = page.getByRole('region', { name: /was shut down/ });
    await expect(banner).toBeVisible();
    await banner.getByRole('button', { name: 'Use Nano Banana 2.1' }).click();
    await expect(banner).toHaveCount(0);
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page).first());
    expect(google.requests.at(-1)?.model).toBe('gemini-nano-banana-2.1');
  });

  await test.step('a picture that failed with a retired model offers the successor and is made with it', async () => {
    await page.evaluate(() =>
      window.afterimage.request('services:change', {
        id: 'google',
        changes: { pictureModel: 'gemini-2.5-flash-image' },
      }),
    );
    await page.reload();
    const before = google.requests.length;
    google.answerNext({ kind: 'error', status: 404, code: 'NOT_FOUND' });
    await sendMessage(page, 'a blue boat at noon');
    const picture = pictures(page).nth(1);
    await expect(picture.getByRole('alert')).toHaveText(/does not offer the model/);
    await picture.getByRole('button', { name: 'Use Nano Banana 2.1' }).click();
    await expectFullPicture(picture);
    expect(google.requests.slice(before).map(({ model }) => model)).toEqual([
      'gemini-2.5-flash-image',
      'gemini-nano-banana-2.1',
    ]);
  });

  await test.step('size and steps from the settings apply to the next picture', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    const model = page.getByRole('combobox', { name: 'Model for pictures' });
    await model.fill('gemini-3-pro-image');
    await model.press('Enter');
    await page.getByRole('radio', { name: '4K' }).check();
    await page.getByRole('link', { name: 'Chat' }).click();
    await expect(page.getByText('about $0.240', { exact: true })).toBeVisible();
    await sendMessage(page, 'a green owl at night');
    await expectFullPicture(pictures(page).nth(2));
    expect(google.requests.at(-1)).toMatchObject({ model: 'gemini-3-pro-image', imageSize: '4K' });
    const size = `SELECT json_extract(params, '$.resolution') AS size FROM user_images ORDER BY id DESC LIMIT 1`;
    await expect.poll(() => rows(size)).toEqual([{ size: '4K' }]);
  });

  await test.step('a crash writes no report', async () => {
    expect(await crashApp(running, dataFolder)).toEqual([]);
    expect(await findFilesContaining(dataFolder, key)).toEqual([]);
  });
});
