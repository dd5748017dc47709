// A picture that was made before answers again, seeds are a person's to choose, and what they will ask is begun early.
import type { Page } from '@playwright/test';
import { expect, expectLanded, googleEnvironment, pictures, say, test } from './fixture';

/** Opens the chip's menu and types a seed there; an empty one means random. */
async function chooseSeed(page: Page, seed: string): Promise<void> {
  await page.getByRole('button', { name: /^Seed: / }).click();
  const field = page.getByRole('textbox', { name: 'Seed' });
  await expect(field).toBeFocused();
  await field.fill(seed);
  await field.press('Enter');
  await expect(field).toBeHidden();
}

function answers(page: Page) {
  return page.locator('article[data-kind="image"]');
}

test('the same prompt and seed are answered from the gallery, until a new one is asked for', async ({
  start,
  rows,
}) => {
  const { page } = await start();
  await chooseSeed(page, '42');
  await say(page, 'a red fox at dawn');
  await expectLanded(pictures(page).nth(0));
  await expect.poll(() => rows('SELECT id FROM user_images').length).toBe(1);

  await say(page, '  a red  fox at dawn');
  await expectLanded(pictures(page).nth(1));
  const again = answers(page).nth(1);
  await expect(again).toContainText('From your gallery, free');
  await expect(again).toHaveAttribute('data-status', 'ready');
  const [made, reused] = rows(
    `SELECT id, image_file, picture_id FROM messages WHERE kind = 'image' ORDER BY id`,
  );
  expect(reused).toMatchObject({ picture_id: made?.['id'], image_file: made?.['image_file'] });
  expect(await again.getAttribute('data-message-id')).toBe(reused?.['id']);

  await again.getByRole('button', { name: 'Make a new one' }).click();
  await expectLanded(pictures(page).nth(2));
  await expect(answers(page).nth(2)).not.toContainText('From your gallery');
  await expect.poll(() => rows('SELECT id FROM user_images').length).toBe(2);
  expect(rows('SELECT cost_micro_usd FROM image_generation_log WHERE picture_id IS NOT NULL')).toHaveLength(
    1,
  );
});

test('a picture that answers twice is one picture: deleted once, it is gone from both', async ({ start }) => {
  const { page } = await start();
  await chooseSeed(page, '7');
  for (const index of [0, 1]) {
    await say(page, 'a harbour in fog');
    await expectLanded(pictures(page).nth(index));
  }
  await answers(page).nth(1).getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('This picture is in Trash')).toHaveCount(2);
  await pictures(page).nth(0).getByRole('button', { name: 'Restore' }).click();
  await expectLanded(pictures(page).nth(0));
  await expectLanded(pictures(page).nth(1));
});

test('a finished picture gives its words, shape and seed back to the composer', async ({ start, rows }) => {
  const { page } = await start();
  await say(page, 'a boat on a lake');
  await expectLanded(pictures(page));
  await answers(page).getByRole('button', { name: 'Use this seed' }).click();
  const [row] = rows(`SELECT json_extract(params, '$.seed') AS seed FROM messages WHERE kind = 'image'`);
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('a boat on a lake');
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await expect(page.getByRole('button', { name: `Seed: ${row?.['seed']}` })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(answers(page).nth(1)).toContainText('From your gallery, free');
});

test('several pictures of a chosen seed count up from it; random is random again', async ({
  start,
  rows,
}) => {
  const { page } = await start();
  await chooseSeed(page, '5');
  await page.getByRole('button', { name: /^How many/ }).click();
  await page.getByText('2 pictures', { exact: true }).click();
  await say(page, 'a tower of glass');
  await expect(pictures(page)).toHaveCount(2);
  await chooseSeed(page, '');
  await say(page, 'a tower of stone');
  await expect(pictures(page)).toHaveCount(4);
  const params = rows(`SELECT params FROM messages WHERE kind = 'image' ORDER BY id`).map(
    ({ params: json }) => JSON.parse(String(json)),
  );
  expect(params.slice(0, 2)).toMatchObject([
    { seed: 5, seedChosen: true },
    { seed: 6, seedChosen: true },
  ]);
  for (const other of params.slice(2)) expect(other).not.toHaveProperty('seedChosen');
});

test('a billed provider without seeds is asked once for the same prompt, where the setting says so', async ({
  start,
  google,
}) => {
  const { page } = await start({ env: googleEnvironment(google) });
  await expect(page.getByRole('button', { name: /^Seed: / })).toHaveCount(0);
  await say(page, 'paint a blue door');
  await expectLanded(pictures(page).nth(0));
  await say(page, 'paint a blue door');
  await expectLanded(pictures(page).nth(1));
  expect(google.requests).toHaveLength(2);

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByText('With the same prompt').click();
  await page.getByRole('link', { name: 'Chat' }).click();
  await say(page, 'paint a blue door');
  await expectLanded(pictures(page).nth(2));
  await expect(answers(page).nth(2)).toContainText('From your gallery, free');
  expect(google.requests).toHaveLength(2);
  await answers(page).nth(2).getByRole('button', { name: 'Make a new one' }).click();
  await expectLanded(pictures(page).nth(3));
  expect(google.requests).toHaveLength(3);
});
