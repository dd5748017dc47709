// The renderer cannot reach beyond the contract, the app's scheme and the window.
import type { Page } from '@playwright/test';
import type { AfterimageBridge } from '../../shared/contract';
import { expect, newMessage, sendMessage, test } from './fixture';

/** Sends any request, as a compromised page could. */
function sendRequest(page: Page, name: unknown, input: unknown): Promise<unknown> {
  return page.evaluate(
    ([givenName, givenInput]) => {
      const bridge: unknown = Reflect.get(window, 'afterimage');
      const request: unknown = Reflect.get(Object(bridge), 'request');
      return typeof request === 'function' ? Promise.resolve(request(givenName, givenInput)) : null;
    },
    [name, input],
  );
}

const validInput = {
  ...newMessage(),
  text: 'a fox',
  mode: 'auto',
  aspectRatio: '3:2',
} satisfies Parameters<AfterimageBridge['request']>[1];

test('a page that does not follow the contract reads nothing but pictures and changes nothing', async ({
  start,
  rows,
}) => {
  test.slow();
  const { page, electron } = await start();

  await test.step('an invalid request is answered with a code and changes nothing', async () => {
    const invalidRequests: [unknown, unknown][] = [
      ['chat:send', null],
      ['chat:send', 'a fox'],
      ['chat:send', { ...validInput, text: 7 }],
      ['chat:send', { ...validInput, text: 'x'.repeat(40_000) }],
      ['chat:send', { ...validInput, answerIds: newMessage(1000).answerIds }],
      ['chat:send', { ...validInput, answerIds: [] }],
      ['chat:send', { ...validInput, answerIds: [7] }],
      ['chat:send', { ...validInput, questionId: '../7' }],
      ['chat:send', { ...validInput, isNew: 1 }],
      ['chat:send', { ...validInput, aspectRatio: '1:0' }],
      ['chat:send', { ...validInput, conversationId: '../../etc/passwd' }],
      ['chat:send', { ...validInput, extra: true }],
      ['chat:send', [validInput]],
      ['settings:set', { theme: 'pink' }],
      ['messages:list', { conversationId: 'x', before: null }],
      ['no:such', {}],
      ['toString', {}],
      ['__proto__', {}],
      [7, {}],
      [null, null],
    ];
    const replies = await Promise.all(invalidRequests.map(([name, input]) => sendRequest(page, name, input)));
    for (const reply of replies) expect(reply).toMatchObject({ ok: false, code: 'bad_request' });
    expect(await sendRequest(page, 'chat:send', { ...validInput, text: ' \n ' })).toMatchObject({
      ok: false,
      code: 'empty_message',
    });
    expect(await sendRequest(page, 'settings:set', { provider: 'nobody' })).toMatchObject({
      ok: false,
      code: 'unknown_provider',
    });
    const unknownConversation = { ...validInput, isNew: false };
    expect(await sendRequest(page, 'chat:send', unknownConversation)).toMatchObject({
      ok: false,
      code: 'not_found',
    });
    expect(rows('SELECT id FROM messages')).toEqual([]);
    expect(rows('SELECT id FROM conversations')).toEqual([]);
    expect(rows('SELECT key FROM settings')).toEqual([]);
  });

  await test.step('any text is shown unchanged', async () => {
    const texts = [
      '<img src=x onerror=alert(1)> <script>alert(2)</script>',
      '\u202Eright to left مرحبا 日本語 🦊👩‍👩‍👧',
      `hello ${'word '.repeat(2000)}`.trim(),
      "Robert'); DROP TABLE messages;--",
    ];
    for (const [index, text] of texts.entries()) {
      await sendMessage(page, text);
      const message = page.locator('article[data-role="user"]').nth(index);
      if (text.length > 2500) await message.getByRole('button', { name: 'Show all' }).click();
      await expect(message.locator('p')).toHaveText(text);
    }
    await expect(page.locator('article[data-role="assistant"][data-status="ready"]')).toHaveCount(
      texts.length,
    );
  });

  await test.step('ten concurrent requests are answered', async () => {
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        sendRequest(page, 'chat:send', { ...validInput, ...newMessage(), text: `a fox ${index}` }),
      ),
    );
    await expect.poll(() => rows("SELECT id FROM user_images WHERE prompt LIKE 'a fox %'").length).toBe(10);
    expect(rows(`SELECT id FROM messages WHERE status <> 'ready'`)).toEqual([]);
  });

  await test.step('the image host serves only pictures, by id', async () => {
    const id = String(rows('SELECT id FROM user_images LIMIT 1')[0]?.['id']);
    const paths = [
      `${id}/full`,
      `${id}/512`,
      `${id}/`,
      `${id}/full/`,
      `${id}/../../afterimage.db`,
      `${id}/full%2f..%2f..%2f..%2fafterimage.db`,
      '..%2f..%2fafterimage.db/full',
      '%2e%2e/%2e%2e/afterimage.db',
      '/etc/passwd',
      `${id}%00/full`,
      '019a0000-0000-7000-8000-000000000000/full',
      '',
    ];
    const replies = await electron.evaluate(async ({ net }, list) => {
      const statuses: string[] = [];
      for (const item of list) {
        const response = await net.fetch(`afterimage://image/${item}`).catch(() => null);
        statuses.push(`${response?.status ?? 'refused'} ${response?.headers.get('content-type') ?? ''}`);
      }
      return statuses;
    }, paths);
    expect(replies.slice(0, 2)).toEqual(['200 image/webp', '200 image/webp']);
    for (const reply of replies.slice(2)) expect(reply).toBe('404 text/plain');
  });

  // Last, because Playwright waits for the refused navigation.
  await test.step('the page has no access to Node, the network or other pages', async () => {
    const found = await page.evaluate(() => ({
      globals: ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in window),
      bridge: Object.keys(Object(Reflect.get(window, 'afterimage'))).sort(),
      opened: window.open('https://example.com') === null,
    }));
    expect(found).toEqual({ globals: [], bridge: ['attach', 'offer', 'on', 'request'], opened: true });
    await expect(page.evaluate(() => fetch('http://127.0.0.1:9/'))).rejects.toThrow(/Failed to fetch/);
    await page.evaluate(() => {
      location.href = 'https://example.com/';
    });
    expect(page.url()).toMatch(/^afterimage:\/\/app\/index.html/);
    const preferences = await electron.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return { windows: BrowserWindow.getAllWindows().length, url: window?.webContents.getURL() };
    });
    expect(preferences.windows).toBe(1);
    expect(preferences.url).toMatch(/^afterimage:\/\/app\/index.html/);
  });
});
