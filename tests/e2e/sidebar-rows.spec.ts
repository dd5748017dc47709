// A chat's row in the sidebar: all of it opens the chat, except its buttons.
import { expect, newChat, sendMessage, test } from './fixture';

test('a click anywhere in a row opens its chat, and one on its buttons does not', async ({
  startWithPictures,
}) => {
  const { page } = await startWithPictures(['a red fox at dawn']);
  await newChat(page);
  await sendMessage(page, 'an owl in the snow');
  const rows = page.getByRole('navigation', { name: 'Chats' }).getByRole('listitem');
  await expect(rows).toHaveCount(2);
  const row = (title: string) => rows.filter({ hasText: title });
  const [fox, owl] = [row('a red fox at dawn'), row('an owl in the snow')];
  const current = (each: typeof fox) => each.locator('[aria-current]');
  await expect(current(owl)).toHaveCount(1);

  const box = await fox.boundingBox();
  if (!box) throw new Error('The row is not on screen.');
  const { width, height } = box;
  // Its cover, its edges, between its name and its buttons, and beyond the last one.
  for (const [x, y] of [
    [22, height / 2],
    [1, height / 2],
    [width / 2, 1],
    [width / 2, height - 1],
    [width - 90, height / 2],
    [width - 12, 3],
    [width - 1, height / 2],
  ] as const) {
    await fox.click({ position: { x, y } });
    await expect(current(fox), `at ${x}, ${y}`).toHaveCount(1);
    await owl.click({ position: { x: 60, y: height / 2 } });
    await expect(current(owl)).toHaveCount(1);
  }

  await fox.hover();
  await fox.getByRole('button', { name: /^Pin/ }).click();
  await expect(fox.getByRole('button', { name: /^Unpin/ })).toHaveCount(1);
  await expect(current(owl)).toHaveCount(1);
  await fox.hover();
  await fox.getByRole('button', { name: 'Rename' }).click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await expect(current(owl)).toHaveCount(1);
});
