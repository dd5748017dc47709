// Reusing pictures of the same prompt and seed, and choosing seeds.
import type { Page } from '@playwright/test';
import type {} from '../../renderer/ipc';
import {
  chooseAction,
  expect,
  expectFullPicture,
  googleEnvironment,
  newChat,
  newMessage,
  openSettings,
  pictures,
  sendMessage,
  test,
} from './fixture';

test.use({ pictureScale: 0.5 });

/** Enters a seed in the composer's menu; an empty seed means random. */
async function chooseSeed(page: Page, seed: string): Promise<void> {
  await page.getByRole('button', { name: /^Options: / }).click();
  const field = page.getByRole('textbox', { name: 'Seed' });
  await field.fill(seed);
  await field.press('Enter');
  await expect(field).toBeHidden();
}

function answers(page: Page) {
  return page.locator('article[data-kind="image"]');
}

test('pictures are reused by prompt and seed, in Trash for all of their messages, and lead back to their seed', async ({
  start,
  rows,
}) => {
  const { page } = await start();
  const again = answers(page).nth(1);

  await test.step('the same prompt and seed reuse the gallery’s picture until the user requests a new one', async () => {
    await chooseSeed(page, '42');
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page).nth(0));
    await expect.poll(() => rows('SELECT id FROM user_images').length).toBe(1);

    await sendMessage(page, '  a red  fox at dawn');
    await expectFullPicture(pictures(page).nth(1));
    await expect(again).toContainText('From your gallery, free');
    await expect(again).toHaveAttribute('data-status', 'ready');
    const [made, reused] = rows(
      `SELECT id, image_file, picture_id FROM messages WHERE kind = 'image' ORDER BY seq`,
    );
    expect(reused).toMatchObject({ picture_id: made?.['id'], image_file: made?.['image_file'] });
    expect(await again.getAttribute('data-message-id')).toBe(reused?.['id']);
  });

  await test.step('deleting a reused picture removes it from both messages', async () => {
    await chooseAction(again, 'Delete');
    await expect(page.getByText('This picture is in Trash')).toHaveCount(2);
    await pictures(page).nth(0).getByRole('button', { name: 'Restore' }).click();
    await expectFullPicture(pictures(page).nth(0));
    await expectFullPicture(pictures(page).nth(1));
  });

  await test.step('Again requests a new one', async () => {
    await again.getByRole('button', { name: 'Again' }).click();
    await expectFullPicture(pictures(page).nth(2));
    await expect(answers(page).nth(2)).not.toContainText('From your gallery');
    await expect.poll(() => rows('SELECT id FROM user_images').length).toBe(2);
    expect(rows('SELECT cost_micro_usd FROM image_generation_log WHERE picture_id IS NOT NULL')).toHaveLength(
      1,
    );
  });

  await test.step('a finished picture puts its prompt, shape and seed back into the composer', async () => {
    await newChat(page);
    await chooseSeed(page, '');
    await sendMessage(page, 'a boat on a lake');
    await expectFullPicture(pictures(page));
    await chooseAction(answers(page), 'Use seed');
    const [row] = rows(
      `SELECT json_extract(params, '$.seed') AS seed FROM messages WHERE kind = 'image' ORDER BY id DESC`,
    );
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('a boat on a lake');
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
    await expect(page.getByRole('button', { name: `Options: seed ${row?.['seed']}` })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(answers(page).nth(1)).toContainText('From your gallery, free');
  });
});

test('a picture that waits for its prefetch can be stopped, and chosen seeds are consecutive', async ({
  start,
  rows,
}) => {
  // None of these pictures has to be made.
  const { page } = await start({ env: { AFTERIMAGE_PAINTER_DELAY_MS: '600000' } });

  await test.step('Stop ends a picture that waits for its prefetch', async () => {
    await page.evaluate(async (ids) => {
      const prompt = { text: 'a red fox at dawn', mode: 'auto', aspectRatio: '3:2' } as const;
      await window.afterimage.request('chat:prefetch', prompt);
      const sent = await window.afterimage.request('chat:send', { ...prompt, ...ids });
      if (!sent.ok) throw new Error(sent.message);
      for (const { id: messageId } of sent.value.messages.slice(1)) {
        await window.afterimage.request('messages:cancel', { messageId });
      }
    }, newMessage());
    const status = `SELECT status FROM messages WHERE kind = 'image'`;
    await expect.poll(() => rows(status)).toEqual([{ status: 'cancelled' }]);
  });

  await test.step('several pictures with a chosen seed use consecutive seeds, and random resets it', async () => {
    await chooseSeed(page, '5');
    await page.getByRole('button', { name: /^Options: / }).click();
    await page.getByRole('group', { name: 'How many' }).getByText('2').click();
    await page.keyboard.press('Escape');
    await sendMessage(page, 'a tower of glass');
    await expect(pictures(page)).toHaveCount(2);
    await chooseSeed(page, '');
    await sendMessage(page, 'a tower of stone');
    await expect(pictures(page)).toHaveCount(4);
    // They are on screen before they are stored.
    const stored = () =>
      rows(`SELECT params FROM messages WHERE kind = 'image' AND prompt LIKE 'a tower%' ORDER BY seq`);
    await expect.poll(stored).toHaveLength(4);
    const params = stored().map(({ params: json }) => JSON.parse(String(json)));
    expect(params.slice(0, 2)).toMatchObject([
      { seed: 5, seedChosen: true },
      { seed: 6, seedChosen: true },
    ]);
    for (const other of params.slice(2)) expect(other).not.toHaveProperty('seedChosen');
  });
});

test('a billed service without seeds gets one request per prompt if the setting allows reuse', async ({
  start,
  google,
}) => {
  const { page } = await start({ env: googleEnvironment(google) });
  await page.getByRole('button', { name: /^Options/ }).click();
  await expect(page.getByText('How many')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Seed' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await sendMessage(page, 'paint a blue door');
  await expectFullPicture(pictures(page).nth(0));
  await sendMessage(page, 'paint a blue door');
  await expectFullPicture(pictures(page).nth(1));
  expect(google.requests).toHaveLength(2);

  await openSettings(page, 'Pictures');
  await page.getByText('With the same prompt').click();
  await page.getByRole('link', { name: 'Chat' }).click();
  await sendMessage(page, 'paint a blue door');
  await expectFullPicture(pictures(page).nth(2));
  await expect(answers(page).nth(2)).toContainText('From your gallery, free');
  expect(google.requests).toHaveLength(2);
  await answers(page).nth(2).getByRole('button', { name: 'Again' }).click();
  await expectFullPicture(pictures(page).nth(3));
  expect(google.requests).toHaveLength(3);
});
