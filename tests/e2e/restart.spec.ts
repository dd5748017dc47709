// Restarts after a quit or a kill: conversations, unfinished pictures and unsent messages.
import type { FaultPoint } from '../../shared/domain/fault-points';
import {
  chooseAction,
  expect,
  expectFullPicture,
  googleEnvironment,
  pictures,
  redFox,
  sendMessage,
  test,
  untilDead,
} from './fixture';

test('restarts show the same conversations, pictures, chats and unsent messages', async ({
  start,
  startWithPictures,
  lock,
}) => {
  const first = await startWithPictures(redFox);
  const list = first.page.getByRole('navigation', { name: 'Chats' });
  const item = (title: string) => list.getByRole('listitem').filter({ hasText: title });
  const fox = 'a red fox at dawn';
  await expectFullPicture(pictures(first.page));
  await sendMessage(first.page, '/image');
  await expect(first.page.locator('article[data-role="assistant"][data-kind="text"]')).toContainText(
    'Say what the picture should show',
  );
  const id = await first.page.locator('article[data-kind="image"]').getAttribute('data-message-id');

  await test.step('conversations can be renamed, pinned, deleted and restored', async () => {
    await first.page.getByRole('button', { name: 'New chat' }).click();
    // Messages that no picture answers.
    await sendMessage(first.page, '/draw');
    await expect(first.page.locator('article')).toHaveCount(2);
    await first.page.getByRole('button', { name: 'New chat' }).click();
    await sendMessage(first.page, '/paint');
    await expect(first.page.locator('article')).toHaveCount(2);

    for (const [before, after] of [
      ['/draw', 'First'],
      ['/paint', 'hello two'],
    ] as const) {
      await item(before).hover();
      await item(before).getByRole('button', { name: 'Rename' }).click();
      await list.getByRole('textbox', { name: 'Title' }).fill(after);
      await list.getByRole('textbox', { name: 'Title' }).press('Enter');
      await expect(item(after)).toHaveCount(1);
    }
    await item('First').hover();
    await item('First').getByRole('button', { name: 'Pin' }).click();
    await expect(list.getByRole('region', { name: 'Pinned' })).toContainText('First');

    await item('hello two').hover();
    await item('hello two').getByRole('button', { name: 'Delete' }).click();
    await expect(item('hello two')).toHaveCount(0);
    await expect(first.page.locator('article')).toHaveCount(0);
    await first.page.getByRole('button', { name: 'Undo' }).click();
    await expect(item('hello two')).toHaveCount(1);
    await expect(first.page.locator('article')).toHaveCount(2);

    const search = list.getByRole('searchbox', { name: 'Search chats' });
    await search.fill('helo');
    await expect(list.getByRole('listitem')).toHaveText(['hello two']);
    await search.press('Escape');
    await expect(list.getByRole('listitem')).toHaveText(['First', 'hello two', fox]);
    await search.press('ArrowDown');
    await first.page.keyboard.press('ArrowDown');
    const places = () =>
      list
        .getByRole('listitem')
        .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().toJSON()));
    const before = await places();
    await first.page.keyboard.press('F2');
    const title = list.getByRole('textbox', { name: 'Title' });
    // A title's problem is shown over the rows below it, which do not move.
    await title.fill('x'.repeat(300));
    await expect(list.getByRole('alert')).toContainText('at most 200');
    await expect.poll(places).toEqual(before);
    await title.fill('Second');
    await first.page.keyboard.press('Enter');
    await expect(item('Second').getByRole('button').first()).toBeFocused();
    await item('Second').click({ button: 'right' });
    await first.page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(list.getByRole('listitem')).toHaveText(['First', fox]);
    await first.page.keyboard.press('Control+z');
    await expect(list.getByRole('listitem')).toHaveText(['First', 'Second', fox]);
  });

  await test.step('unsent messages: one of a new chat, and one with options and a reference picture', async () => {
    await first.page.getByRole('button', { name: 'New chat' }).click();
    await first.page.getByRole('textbox', { name: 'Message' }).fill('another thought');
    await item(fox).getByRole('button', { name: fox }).click();
    await expectFullPicture(pictures(first.page));
    await first.page.getByRole('textbox', { name: 'Message' }).fill('half a thought');
    await first.page.getByRole('button', { name: /^Options: / }).click();
    await first.page.getByRole('group', { name: 'How many' }).getByText('3').click();
    await first.page.getByRole('textbox', { name: 'Seed' }).fill('4000000000');
    await first.page.getByRole('textbox', { name: 'Seed' }).press('Enter');
    await chooseAction(first.page.locator('article[data-kind="image"]'), 'Use as reference');
    await expect(first.page.getByRole('img', { name: 'Reference 1' })).toBeVisible();
  });
  await test.step('quitting waits for what is written while another program has locked the database', async () => {
    const unlock = lock();
    await first.page.getByRole('textbox', { name: 'Message' }).fill('half a thought, and more');
    const closed = first.page.waitForEvent('close');
    const ended = first.quit();
    await closed;
    unlock();
    await ended;
  });

  const second = await start();
  const { page } = second;
  const field = page.getByRole('textbox', { name: 'Message' });
  await test.step('the unsent message is there with its options and its reference picture', async () => {
    await expect(field).toHaveValue('half a thought, and more');
    await expect(page.getByRole('button', { name: 'Options: 3 pictures, seed 4000000000' })).toBeVisible();
    await expect(page.getByRole('img', { name: 'Reference 1' })).toBeVisible();
  });
  await test.step('the conversations and their pictures are the same', async () => {
    await expect(page.locator('article')).toHaveCount(4);
    await expectFullPicture(pictures(page));
    await expect(page.locator('article[data-kind="image"]')).toHaveAttribute('data-message-id', id ?? '');
    await expect(page.getByRole('navigation', { name: 'Chats' })).toContainText(fox);
    await expect(page.getByRole('region', { name: 'Pinned' })).toContainText('First');
    await expect(page.locator('article[data-kind="image"] figcaption')).toHaveText(
      /Offline sketch · [\d.]+\ss · free/,
    );
    await page.getByRole('link', { name: 'Gallery' }).click();
    await expect(page.getByRole('grid', { name: 'Gallery' }).locator('[data-image-id]')).toHaveCount(1);
    await page.getByRole('link', { name: 'Chat' }).click();
  });
  // Without a text, the options stay with their chat.
  await page.getByRole('button', { name: 'Remove reference 1' }).click();
  await field.fill('');
  await second.quit();

  const third = await start();
  const thirdField = third.page.getByRole('textbox', { name: 'Message' });
  const shownOptions = (name: string) => third.page.getByRole('button', { name: `Options: ${name}` });
  await test.step('the options stay with their chat, and a new one has the usual ones', async () => {
    await expect(thirdField).toHaveValue('');
    await expect(third.page.getByRole('img', { name: 'Reference 1' })).toHaveCount(0);
    await expect(shownOptions('3 pictures, seed 4000000000')).toBeVisible();
    await third.page.getByRole('button', { name: 'New chat' }).click();
    await expect(shownOptions('default')).toBeVisible();
    await expect(thirdField).toHaveValue('another thought');
  });
});

const savedDraft = 'SELECT draft FROM drafts';

test('the draft of an older version is taken over once', async ({ start, rows }) => {
  const first = await start();
  await first.page.evaluate(() => {
    localStorage.setItem('draft', 'half a thought');
    localStorage.setItem('draft-choices', JSON.stringify({ mode: 'picture', count: 9, seed: 7 }));
  });
  await first.quit();

  const second = await start();
  await expect(second.page.getByRole('textbox', { name: 'Message' })).toHaveValue('half a thought');
  await expect(second.page.getByRole('button', { name: 'Options: seed 7' })).toBeVisible();
  await expect.poll(() => rows(savedDraft)).toHaveLength(1);
  await second.page.getByRole('textbox', { name: 'Message' }).fill('');
  await second.quit();

  const { page } = await start();
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('');
  await expect(page.getByRole('button', { name: 'Options: seed 7' })).toBeVisible();
});

test('kills lose neither an unsent message nor a sent one, and a damaged row stays alone', async ({
  start,
  rows,
  write,
}) => {
  test.slow();
  const sent = () => rows(`SELECT text FROM messages WHERE role = 'user' ORDER BY rowid`);
  const fox = 'a red fox at dawn';
  /** Starts the app, and presses Enter on the draft that it shows, which ends it. */
  async function sendDraftUntilKilled(point: FaultPoint): Promise<void> {
    const running = await start({ env: { AFTERIMAGE_FAULT_POINT: point } });
    const field = running.page.getByRole('textbox', { name: 'Message' });
    await expect(field).toHaveValue(fox);
    await untilDead(running, () => field.press('Enter'));
    await running.kill();
  }

  await test.step('an unsent message survives a kill', async () => {
    const { page, kill } = await start();
    await page.getByRole('textbox', { name: 'Message' }).fill(fox);
    await expect.poll(() => rows(savedDraft)).toHaveLength(1);
    await kill();
  });
  // The draft is there after the first kill, and after the second, which comes before the message is stored.
  await test.step('a kill at "send: in the transaction"', () =>
    sendDraftUntilKilled('send: in the transaction'));
  expect(sent()).toEqual([]);
  await test.step('a kill at "send: committed"', () => sendDraftUntilKilled('send: committed'));

  await test.step('the message is sent, once, and is not the draft again', async () => {
    const { page, kill } = await start({ env: { AFTERIMAGE_PAINTER_DELAY_MS: '600000' } });
    await expect(page.locator('article[data-status="generating"]')).toHaveCount(1);
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('');
    expect(sent()).toEqual([{ text: fox }]);
    await sendMessage(page, 'a blue fox at dusk');
    await expect(pictures(page)).toHaveCount(2);
    // They are on screen before they are stored.
    await expect.poll(() => sent().length).toBe(2);
    await kill();
    expect(rows(savedDraft)).toEqual([]);
  });

  await test.step('the painter pictures that a kill interrupted are made once', async () => {
    const { page, quit } = await start();
    await expect(pictures(page)).toHaveCount(2);
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('');
    await expectFullPicture(pictures(page).first());
    await expectFullPicture(pictures(page).last());
    await expect.poll(() => rows('SELECT id FROM outbox').length).toBe(0);
    expect(rows('SELECT id FROM user_images')).toHaveLength(2);
    expect(sent()).toEqual([{ text: fox }, { text: 'a blue fox at dusk' }]);
    await quit();
  });

  await test.step('a picture with a damaged row does not affect the other messages', async () => {
    write(`UPDATE messages SET thumbhash = x'ff', width = -1 WHERE prompt LIKE '%red%'`);
    write(`UPDATE user_images SET thumbhash = x'ff00', height = 0 WHERE prompt LIKE '%red%'`);
    const { page } = await start();
    await expectFullPicture(pictures(page).last());
    await expect(page.locator('article')).toHaveCount(4);
    await page.getByRole('link', { name: 'Gallery' }).click();
    await expect(page.locator('[data-image-id]').first()).toBeVisible();
    await expect(page.getByText('This view could not be shown')).toHaveCount(0);
    await page.getByRole('link', { name: 'Chat' }).click();
    await sendMessage(page, 'a green fox at noon');
    await expectFullPicture(pictures(page).nth(2));
  });
});

test('a billed picture that a kill interrupted says so and is not requested again automatically', async ({
  start,
  google,
}) => {
  google.setDefault({ kind: 'hang' });
  const env = googleEnvironment(google);
  const first = await start({ env });
  await sendMessage(first.page, 'a red fox at dawn');
  await google.received(1);
  await first.kill();
  google.setDefault({ kind: 'picture' });

  const { page } = await start({ env });
  await expect(page.locator('article[data-kind="image"]')).toHaveAttribute('data-status', 'interrupted');
  await expect(pictures(page).getByRole('alert')).toHaveText(/may already have been charged/);
  expect(google.requests).toHaveLength(1);
  await pictures(page).getByRole('button', { name: 'Retry' }).click();
  await expectFullPicture(pictures(page));
  expect(google.requests).toHaveLength(2);
});
