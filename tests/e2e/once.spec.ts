// Each request is made only once, despite double clicks, held keys, and messages sent in a burst.
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

test('messages sent in a burst, a failed send and two clicks on a starter are sent once', async ({
  start,
  rows,
  lock,
}) => {
  const { page } = await start();
  const field = page.getByRole('textbox', { name: 'Message' });
  const newChat = () => page.getByRole('button', { name: 'New chat' }).click();
  const conversations = () => rows('SELECT id FROM conversations').length;

  await test.step('three messages in a burst in a new chat are one conversation, in their order', async () => {
    const texts = ['hello one', 'hello two', 'hello three'];
    await sendInBurst(page, texts);
    await expect(userMessages(page)).toHaveText(texts);
    await expect(page.locator('article[data-role="assistant"][data-status="ready"]')).toHaveCount(3);
    expect(conversations()).toBe(1);
    expect(rows(`SELECT text FROM messages WHERE role = 'user' ORDER BY seq`)).toEqual(
      texts.map((text) => ({ text })),
    );
    await expect(page.getByRole('navigation', { name: 'Chats' }).getByRole('listitem')).toHaveCount(1);
    await expect(field).toHaveValue('');
  });

  await test.step('two clicks on a starter before its reply are one message', async () => {
    await newChat();
    await clickTwiceAtOnce(page.getByRole('button', { name: 'a red fox at dawn' }));
    await expectFullPicture(pictures(page));
    expect([conversations(), rows('SELECT id FROM messages').length]).toEqual([2, 6 + 2]);
  });

  await test.step('a message that could not be sent stays in the composer, and is stored once when it is sent again', async () => {
    await newChat();
    await expect(pictures(page)).toHaveCount(0);
    const unlock = lock();
    await sendMessage(page, 'a blue fox at dawn');
    await expect(field).toHaveValue('');
    await field.pressSequentially('and an owl');
    await expect(page.getByRole('status', { name: 'Notices' })).toContainText('Another program');
    await expect(field).toHaveValue('a blue fox at dawn\nand an owl');
    unlock();
    await field.press('Enter');
    await expectFullPicture(pictures(page));
    await expect(field).toHaveValue('');
    expect(rows(`SELECT text FROM messages WHERE role = 'user' AND text LIKE '%owl%'`)).toEqual([
      { text: 'a blue fox at dawn\nand an owl' },
    ]);
    expect([conversations(), rows('SELECT id FROM messages').length]).toEqual([3, 6 + 2 + 2]);
  });
});

test('double clicks on a starter, on “Again” and on Retry are one paid request each', async ({
  start,
  google,
  rows,
}) => {
  google.setDefault({ kind: 'hang' });
  const { page } = await start({ env: googleEnvironment(google) });
  const pictureRows = () => rows(`SELECT id FROM messages WHERE kind = 'image'`).length;

  await test.step('a double click on a starter is one conversation and one request', async () => {
    await page.getByRole('button', { name: 'a red fox at dawn' }).dblclick();
    await google.received(1);
    await expect(pictures(page)).toHaveCount(1);
    expect(rows('SELECT id FROM conversations')).toHaveLength(1);
    expect(rows('SELECT id FROM messages')).toHaveLength(2);
    google.release();
    await expectFullPicture(pictures(page));
    expect(google.requests).toHaveLength(1);
  });

  await test.step('a double click on “Again” is one picture, and a later click is another one', async () => {
    google.setDefault({ kind: 'picture' });
    const another = page.getByRole('button', { name: 'Again' }).first();
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

  await test.step('a double click on Retry is one request', async () => {
    google.answerNext({ kind: 'error', status: 500, code: 'INTERNAL' });
    google.setDefault({ kind: 'hang' });
    await page.getByRole('button', { name: 'New chat' }).click();
    await expect(pictures(page)).toHaveCount(0);
    await sendMessage(page, 'a blue fox at dawn');
    await pictures(page).getByRole('button', { name: 'Retry' }).dblclick();
    await google.received(6);
    await expect(pictures(page)).toHaveAttribute('aria-busy', 'true');
    google.release();
    await expectFullPicture(pictures(page));
    expect([pictureRows(), google.requests.length]).toEqual([5, 6]);
  });
});
