// Failures are shown in place and can be retried there.
import type { ElectronApplication } from '@playwright/test';
import { startAutomatic1111Server } from '../servers/automatic1111-server';
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

function generatorOf(electron: ElectronApplication): Promise<number | undefined> {
  return electron.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Afterimage generator')?.pid,
  );
}

async function killGenerator(electron: ElectronApplication): Promise<void> {
  const pid = await generatorOf(electron);
  if (!pid) throw new Error('There is no generator process.');
  process.kill(pid, 'SIGKILL');
}

test('a failure of a service is shown in the picture’s element, with what it may cost', async ({
  start,
  google,
  rows,
}) => {
  const { page, electron } = await start({ env: googleEnvironment(google) });

  await test.step('a failed picture shows its reason in its element, and Retry makes the picture there', async () => {
    google.answerNext({ kind: 'error', status: 500, code: 'INTERNAL' });
    await sendMessage(page, 'a red fox at dawn');
    const picture = pictures(page);
    await expect(picture.getByRole('alert')).toHaveText(/The service has a problem/);
    await expect(page.locator('article[data-kind="image"]')).toHaveAttribute('data-status', 'failed');
    const element = await picture.elementHandle();
    const before = await picture.boundingBox();

    await picture.getByRole('button', { name: 'Retry' }).click();
    await expectFullPicture(picture);
    expect(await element?.evaluate((node) => node.isConnected)).toBe(true);
    expect(await picture.boundingBox()).toEqual(before);
    await expect(picture.getByRole('alert')).toHaveCount(0);
    await expect.poll(() => rows('SELECT id FROM outbox').length).toBe(0);
    expect(rows('SELECT outcome, error_code FROM image_generation_log ORDER BY id')).toEqual([
      { outcome: 'failed', error_code: 'provider_unavailable' },
      { outcome: 'ready', error_code: null },
    ]);
    expect(rows('SELECT id FROM user_images')).toHaveLength(1);
    expect(google.requests).toHaveLength(2);
  });

  await test.step('a picture whose response breaks off warns of a possible charge and is only retried by the user', async () => {
    await newChat(page);
    google.reset();
    google.answerNext({ kind: 'reset', when: 'midway' });
    await sendMessage(page, 'a red fox at dawn');
    const picture = pictures(page);
    await expect(picture.getByRole('alert')).toHaveText(/broke.*may already have been charged/);
    await expect(page.locator('article[data-kind="image"]')).toHaveAttribute('data-status', 'interrupted');
    expect(google.requests).toHaveLength(1);
    await picture.getByRole('button', { name: 'Retry' }).click();
    await expectFullPicture(picture);
  });

  await test.step('a refused prompt shows its reason and is not retried automatically', async () => {
    await newChat(page);
    google.reset();
    google.answerNext({ kind: 'block', reason: 'SAFETY' });
    await sendMessage(page, 'a red fox at dawn');
    await expect(pictures(page).getByRole('alert')).toHaveText(
      /stopped this prompt before anything was made/,
    );
    expect(google.requests).toHaveLength(1);
  });

  await test.step('Stop ends the wait immediately and warns of a possible charge', async () => {
    await newChat(page);
    google.reset();
    google.setDefault({ kind: 'hang' });
    await sendMessage(page, 'a red fox at dawn');
    await google.received(1);
    await pictures(page).getByRole('button', { name: 'Stop' }).click();
    await expect(page.locator('article[data-kind="image"]')).toHaveAttribute('data-status', 'cancelled');
    await expect(pictures(page).getByRole('alert')).toHaveText(
      'Stopped. The service may still charge for it.',
    );
    await expect
      .poll(() => rows('SELECT outcome, cost_micro_usd FROM image_generation_log ORDER BY rowid').at(-1))
      .toEqual({ outcome: 'cancelled', cost_micro_usd: 33_600 });
  });

  await test.step('a billed picture is interrupted and not requested again when the generator crashes', async () => {
    await newChat(page);
    google.reset();
    google.setDefault({ kind: 'hang' });
    await sendMessage(page, 'a fox');
    await google.received(1);
    await killGenerator(electron);
    await expect(pictures(page).getByRole('alert')).toHaveText(/may already have been charged/);
    await expect(page.locator('article[data-kind="image"]')).toHaveAttribute('data-status', 'interrupted');
    expect(google.requests).toHaveLength(1);
    google.setDefault({ kind: 'picture' });
    await pictures(page).getByRole('button', { name: 'Retry' }).click();
    await expectFullPicture(pictures(page));
  });

  await test.step('the key is neither in the data folder nor in the page', async () => {
    await newChat(page);
    google.reset();
    await sendMessage(page, 'a fox');
    await expectFullPicture(pictures(page));
    expect(google.requests[0]?.apiKey).toBe('test-key');
    expect(await page.content()).not.toContain('test-key');
    for (const table of ['messages', 'settings', 'outbox', 'image_generation_log']) {
      expect(JSON.stringify(rows(`SELECT * FROM ${table}`))).not.toContain('test-key');
    }
  });

  await test.step('another model is chosen in one step, makes the picture there, and is the one of the chat', async () => {
    await newChat(page);
    google.reset();
    google.answerNext({ kind: 'error', status: 500, code: 'INTERNAL' });
    await sendMessage(page, 'a red fox at noon');
    const picture = pictures(page);
    await picture.getByRole('button', { name: 'Choose model' }).click();
    await expect(page.getByRole('dialog', { name: 'Same prompt, other model' })).toBeVisible();
    /** Text of the option that Enter chooses. */
    const name = () =>
      page.evaluate(() => {
        const active = document.activeElement?.getAttribute('aria-activedescendant') ?? '';
        return document.getElementById(active)?.getAttribute('aria-label') ?? '';
      });
    await expect.poll(name).toMatch(/, Google$/);
    const label = (await name()).replace(/, Google$/, '');
    await page.keyboard.press('Enter');
    await expectFullPicture(picture);
    await expect(page.locator('article[data-kind="image"]')).toContainText(label);
    await expect(page.getByRole('button', { name: /^Model: / })).toHaveAccessibleName(
      `Model: ${label}, Google`,
    );
  });
});

test('the generator starts late and again after a crash, and so does the page', async ({ start }) => {
  const webUi = await startAutomatic1111Server();
  // Free, and a picture takes as long as the test needs.
  const { page, electron } = await start({
    env: { AFTERIMAGE_PROVIDER: 'automatic1111', AUTOMATIC1111_BASE_URL: webUi.baseUrl },
  });

  await test.step('the generator starts with the first key; a new one makes a free picture after it crashes', async () => {
    expect(await generatorOf(electron)).toBeUndefined();
    // A key that writes nothing, so that no prefetch is what starts it.
    await page.getByRole('textbox', { name: 'Message' }).press('End');
    await expect.poll(() => generatorOf(electron)).toBeDefined();
    webUi.answerNext({ kind: 'picture', mishap: { kind: 'hang' } });
    await sendMessage(page, 'a fox');
    await webUi.received(1);
    await killGenerator(electron);
    webUi.release();
    await expectFullPicture(pictures(page));
  });

  await test.step('the page reloads after the renderer crashes and shows what was made meanwhile', async () => {
    await newChat(page);
    webUi.answerNext({ kind: 'picture', mishap: { kind: 'hang' } });
    await sendMessage(page, 'a red fox at dawn');
    await expect(page.locator('article[data-status="generating"]')).toHaveCount(1);
    await electron.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      await new Promise<void>((resolve) => {
        contents?.once('did-finish-load', resolve);
        contents?.forcefullyCrashRenderer();
      });
    });
    webUi.release();
    // Playwright cannot use a page whose process has crashed.
    const alt = () =>
      electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          'document.querySelector("[data-visible=full] img")?.alt',
        ),
      );
    await expect.poll(alt).toBe('a red fox at dawn');
  });
  await webUi.close();
});

test('a missing key is explained, and nothing is sent', async ({ start, google }) => {
  const { page } = await start({
    env: { AFTERIMAGE_PROVIDER: 'google', GOOGLE_GEMINI_BASE_URL: google.baseUrl },
  });
  await sendMessage(page, 'a red fox at dawn');
  await expect(pictures(page).getByRole('alert')).toHaveText(/no API key/);
  expect(google.requests).toHaveLength(0);
});
