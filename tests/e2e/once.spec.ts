// What the user wants once happens once: double clicks, held keys, and messages sent in a burst.
import type { Locator, Page } from '@playwright/test';
import { expect, expectFullPicture, googleEnvironment, pictures, sendMessage, test } from './fixture';

/** Types and sends all texts before any reply can arrive. */
async function sendInBurst(page: Page, texts: readonly string[]): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).evaluate((field, all) => {
    const value = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value');
    for (const text of all) {
      value?.set?.call(field, text);
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    }
  }, texts);
}

/** Clicks twice before the first reply can arrive, in a way that the browser does not count as a double click. */
async function clickTwiceAtOnce(button: Locator): Promise<void> {
  await button.evaluate((element: HTMLElement) => {
    element.click();
    element.click();
  });
}

function userMessages(page: Page): Locator {
  return page.locator('article[data-role="user"]');
}

test('three messages sent in a burst in a new chat are one conversation, in their order', async ({
  start,
  rows,
}) => {
  const { page } = await start();
  const texts = ['hello one', 'hello two', 'hello three'];
  await sendInBurst(page, texts);
  await expect(userMessages(page)).toHaveText(texts);
  await expect(page.locator('article[data-role="assistant"][data-status="ready"]')).toHaveCount(3);
  expect(rows('SELECT id FROM conversations')).toHaveLength(1);
  expect(rows(`SELECT text FROM messages WHERE role = 'user' ORDER BY seq`)).toEqual(
    texts.map((text) => ({ text })),
  );
  await expect(page.getByRole('navigation', { name: 'Chats' }).getByRole('listitem')).toHaveCount(1);
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('');
});

test('a message that could not be sent stays in the composer, and is stored once when it is sent again', async ({
  start,
  rows,
  lock,
}) => {
  const { page } = await start();
  const field = page.getByRole('textbox', { name: 'Message' });
  const unlock = lock();
  await sendMessage(page, 'a red fox at dawn');
  await expect(field).toHaveValue('');
  await field.pressSequentially('and an owl');
  await expect(page.getByRole('status', { name: 'Notices' })).toContainText('Another program');
  await expect(field).toHaveValue('a red fox at dawn\nand an owl');
  unlock();
  await field.press('Enter');
  await expectFullPicture(pictures(page));
  await expect(field).toHaveValue('');
  expect(rows(`SELECT text FROM messages WHERE role = 'user'`)).toEqual([
    { text: 'a red fox at dawn\nand an owl' },
  ]);
});

test('a double click on a starter is one conversation and one request', async ({ start, google, rows }) => {
  google.setDefault({ kind: 'hang' });
  const { page } = await start({ env: googleEnvironment(google) });
  await page.getByRole('button', { name: 'a red fox at dawn' }).dblclick();
  await google.received(1);
  await expect(pictures(page)).toHaveCount(1);
  expect(rows('SELECT id FROM conversations')).toHaveLength(1);
  expect(rows('SELECT id FROM messages')).toHaveLength(2);
  google.release();
  await expectFullPicture(pictures(page));
  expect(google.requests).toHaveLength(1);
});

test('two clicks on a starter before its reply are one message', async ({ start, rows }) => {
  const { page } = await start();
  await clickTwiceAtOnce(page.getByRole('button', { name: 'a red fox at dawn' }));
  await expectFullPicture(pictures(page));
  expect(rows('SELECT id FROM messages')).toHaveLength(2);
});

test('a double click on “Again” is one picture, and a later click is another one', async ({
  start,
  google,
  rows,
}) => {
  const { page } = await start({ env: googleEnvironment(google) });
  await sendMessage(page, 'a red fox at dawn');
  await expectFullPicture(pictures(page));
  const another = page.getByRole('button', { name: 'Again' }).first();
  const pictureRows = () => rows(`SELECT id FROM messages WHERE kind = 'image'`).length;

  await another.dblclick();
  await expect(pictures(page)).toHaveCount(2);
  await expectFullPicture(pictures(page).last());
  expect([pictureRows(), google.requests.length]).toEqual([2, 2]);

  await clickTwiceAtOnce(another);
  await expect(pictures(page)).toHaveCount(3);
  await expectFullPicture(pictures(page).last());
  expect([pictureRows(), google.requests.length]).toEqual([3, 3]);

  await another.focus();
  await page.keyboard.down('Enter');
  for (let repeat = 0; repeat < 5; repeat += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await expect(pictures(page)).toHaveCount(4);
  await expectFullPicture(pictures(page).last());
  expect([pictureRows(), google.requests.length]).toEqual([4, 4]);
});

test('a double click on Retry is one request', async ({ start, google }) => {
  google.answerNext({ kind: 'error', status: 500, code: 'INTERNAL' });
  google.setDefault({ kind: 'hang' });
  const { page } = await start({ env: googleEnvironment(google) });
  await sendMessage(page, 'a red fox at dawn');
  const retry = pictures(page).getByRole('button', { name: 'Retry' });
  await retry.dblclick();
  await google.received(2);
  await expect(pictures(page)).toHaveAttribute('aria-busy', 'true');
  google.release();
  await expectFullPicture(pictures(page));
  expect(google.requests).toHaveLength(2);
});
