// Texts that are too long, and keys with something around them: nothing is cut or left out without a word.
import type { ElectronApplication, Locator } from '@playwright/test';
import { expect, expectFullPicture, newChat, pictures, sendMessage, showAddress, test } from './fixture';

test.use({ pictureScale: 0.5 });

/** Pastes as a user does, so that the field's own rules apply. */
async function paste(electron: ElectronApplication, field: Locator, text: string): Promise<void> {
  await electron.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
  await field.focus();
  await field.press('ControlOrMeta+V');
}

test('a message, a seed and a key that cannot be used stay as they are and say so, also after a restart', async ({
  start,
  google,
  rows,
}) => {
  // No sketch has to be finished.
  const env = { AFTERIMAGE_PAINTER_DELAY_MS: '600000', GOOGLE_GEMINI_BASE_URL: google.baseUrl };
  const { page, electron, kill } = await start({ env });
  const field = page.getByRole('textbox', { name: 'Message' });
  const text = `draw a red fox ${'x'.repeat(199_984)}!`;

  await test.step('a seed that is none says so, and changes nothing', async () => {
    await page.getByRole('button', { name: 'Options: default' }).click();
    const seed = page.getByRole('textbox', { name: 'Seed' });
    await seed.fill('42');
    for (const wrong of ['99999999999', '-1', '4e2', '12 34']) {
      await seed.fill(wrong);
      await expect(page.getByRole('alert')).toHaveText(/whole number up to [\d,]+\. The seed stays 42\./);
      await expect(seed).toHaveValue(wrong);
    }
    await seed.fill('43');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Options: seed 43' })).toBeAttached();
    await seed.fill('');
    await page.keyboard.press('Escape');
  });

  await test.step('a message that is too long stays whole, says so and is not sent', async () => {
    await sendMessage(page, 'a red fox at dawn');
    const chat = page
      .getByRole('navigation', { name: 'Chats' })
      .getByRole('button', { name: 'a red fox at dawn' });
    await expect(chat).toBeVisible();
    await paste(electron, field, text);
    await expect(page.getByRole('alert')).toHaveText(/^200,000 of at most 32,000 characters\./);
    await expect(field).toHaveValue(text);
    await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
    await field.press('Enter');
    await expect(field).toHaveValue(text);
    await expect.poll(() => rows(`SELECT id FROM messages WHERE role = 'user'`)).toHaveLength(1);

    // The whole text is there after a visit to another chat, and after a kill, too.
    await page.getByRole('button', { name: 'New chat' }).click();
    await expect(field).toHaveValue('');
    await expect
      .poll(() => rows('SELECT length(draft) > 200000 AS whole FROM drafts'))
      .toEqual([{ whole: 1 }]);
    await chat.click();
    await expect(field).toHaveValue(text);
  });

  await kill();
  const again = await start({ env });
  await test.step('the longest message is sent and folded', async () => {
    const restored = again.page.getByRole('textbox', { name: 'Message' });
    await expect(restored).toHaveValue(text);

    // Characters count, not the units that they are stored in.
    const longest = `draw ${'🦊'.repeat(31_995)}`;
    await restored.fill(longest);
    await expect(again.page.getByRole('alert')).toHaveCount(0);
    await restored.press('Enter');
    const message = again.page.locator('article[data-role="user"]').nth(1);
    await expect(message).toBeVisible();
    // It is on screen before it is stored.
    const newest = `SELECT length(text) AS length FROM messages WHERE role = 'user' ORDER BY seq DESC LIMIT 1`;
    await expect.poll(() => rows(newest)).toEqual([{ length: 32_000 }]);

    // It is folded, and the transcript keeps its place when it unfolds and folds.
    const heightOf = async () => (await message.boundingBox())?.height ?? 0;
    await expect.poll(heightOf).toBeLessThan(400);
    const topOf = async () => Math.round((await message.boundingBox())?.y ?? 0);
    const top = await topOf();
    await message.getByRole('button', { name: 'Show all' }).press('Enter');
    const less = message.getByRole('button', { name: 'Show less' });
    await expect(less).toBeFocused();
    await expect(less).toHaveAttribute('aria-expanded', 'true');
    await expect.poll(heightOf).toBeGreaterThan(6000);
    await expect.poll(topOf).toBe(top);
    await less.scrollIntoViewIfNeeded();
    await less.press('Enter');
    await expect(message.getByRole('button', { name: 'Show all' })).toBeInViewport();
    await expect.poll(heightOf).toBeLessThan(400);
  });

  await test.step('a pasted key is taken out of what is around it, and the page says so', async () => {
    await showAddress(again.page, 'settings/models/textModel/google', 'Settings');
    const field = again.page.getByLabel('Google API key');
    await paste(again.electron, field, 'AIzaSy-one\nAIzaSy-two');
    await expect(again.page.getByRole('alert')).toHaveText(
      /not a valid API key: it has spaces or line breaks inside/,
    );
    await expect(field).toHaveValue('');
    await paste(again.electron, field, '# my key\nexport GEMINI_API_KEY="AIzaSy-pasted-4711"\n');
    await field.press('Enter');
    await expect(again.page.getByText('Afterimage took the value of GEMINI_API_KEY.')).toBeVisible();
    await newChat(again.page);
    await sendMessage(again.page, 'a red fox at dawn');
    await expectFullPicture(pictures(again.page));
    expect(google.requests[0]?.apiKey).toBe('AIzaSy-pasted-4711');
  });
});

test('names and searches that are too long say so, and a quoted key works', async ({
  start,
  google,
  rows,
}) => {
  const env = { GEMINI_API_KEY: '"AIzaSy-quoted-4711"', GOOGLE_GEMINI_BASE_URL: google.baseUrl };
  const { page, electron } = await start({ env });

  await test.step('a key in quotes from the environment is used without them', async () => {
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page));
    expect(google.requests[0]?.apiKey).toBe('AIzaSy-quoted-4711');
  });

  await test.step('names and searches that are too long say so', async () => {
    await page.getByRole('navigation', { name: 'Chats' }).getByText('a red fox at dawn').dblclick();
    const title = page.getByRole('textbox', { name: 'Title' });
    await paste(electron, title, 't'.repeat(300));
    await expect(page.getByRole('alert')).toHaveText('300 of at most 200 characters.');
    await title.press('Enter');
    await expect(title).toHaveValue('t'.repeat(300));
    expect(rows('SELECT length(title) AS length FROM conversations')).not.toEqual([{ length: 300 }]);
    await title.fill('t'.repeat(200));
    await title.press('Enter');
    await expect(title).toHaveCount(0);
    await expect
      .poll(() => rows('SELECT length(title) AS length FROM conversations'))
      .toEqual([{ length: 200 }]);

    const chats = page.getByRole('searchbox', { name: 'Search chats' });
    await paste(electron, chats, 's'.repeat(201));
    await expect(page.getByRole('alert')).toHaveText(/^201 of at most 200 characters\./);
    await expect(chats).toHaveValue('s'.repeat(201));
    await chats.press('Escape');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await page.keyboard.press('ControlOrMeta+k');
    const palette = page.getByRole('dialog', { name: 'Commands' });
    await paste(electron, palette.getByRole('combobox'), 's'.repeat(100_000));
    await expect(palette.getByRole('alert')).toHaveText(/^100,000 of at most 200 characters\./);
    await expect(palette.getByRole('option')).toHaveCount(0);
    await page.keyboard.press('Escape');

    await page.getByRole('link', { name: 'Gallery' }).click();
    const search = page.getByRole('searchbox', { name: 'Search pictures' });
    await paste(electron, search, 's'.repeat(600));
    await expect(page.getByRole('alert')).toHaveText(/^600 of at most 500 characters\./);
    await expect(search).toHaveValue('s'.repeat(600));
    await search.press('Escape');
    await expect(search).toHaveValue('');
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
});
