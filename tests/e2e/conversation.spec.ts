// A conversation with a model: streamed replies, pictures that the model requests, edits and postponed requests.
import type { Page } from '@playwright/test';
import type { GoogleAnswer, GoogleRequest } from '../servers/google-server';
import { callPart, eventOf, openStream, textEvents } from '../servers/google-stream';
import {
  chooseAction,
  expect,
  expectFullPicture,
  googleEnvironment,
  newChat,
  pictures,
  sendMessage,
  test,
} from './fixture';

test.use({ pictureScale: 0.5 });

const signature = 'c2lnbmVk';

function replies(page: Page) {
  return page.locator('article[data-kind="text"][data-role="assistant"]');
}

/** Returns a reply that streams these pieces and stays open until the server releases it. */
function callTool(args: object): GoogleAnswer {
  return { kind: 'stream', events: [eventOf([callPart(args)], 'STOP', 10)] };
}

/** Replies as a text model that edits the last picture, and as an image model whose pictures have a signature. */
function replyAsEditor(request: GoogleRequest): GoogleAnswer {
  if (request.method !== 'streamGenerateContent') return { kind: 'picture', signature };
  const notes = JSON.stringify(request.contents).matchAll(/\[picture ([0-9a-f-]{36}):/g);
  return callTool({ prompt: 'the same at night', edits: [...notes].at(-1)?.[1] });
}

/** Returns Google's rate-limit error: https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto */
function rateLimited(retryDelay: string): GoogleAnswer {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay }];
  return { kind: 'error', status: 429, code: 'RESOURCE_EXHAUSTED', details };
}

test('streamed replies and the pictures that a model requests appear in their conversation', async ({
  start,
  google,
  rows,
}) => {
  const { page, electron } = await start({ env: googleEnvironment(google) });

  await test.step('a streamed reply appears as Markdown while it arrives, and with its cost at the end', async () => {
    google.answerNext(
      openStream(['A **fox** ', 'is a small\n\n', '- wild\n', '- red\n\nanimal. ', 'It lives **in'], 100),
    );
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      new MutationObserver(() => {
        const text = document.querySelector('article[data-status="streaming"] p')?.textContent ?? '';
        if (text !== '' && seen.at(-1) !== text) seen.push(text);
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    await sendMessage(page, 'what is a fox?');
    const answer = replies(page);
    await expect(answer).toHaveAttribute('data-status', 'streaming');
    await expect(answer.getByRole('listitem')).toHaveText(['wild', 'red']);
    await expect(answer.locator('p').last()).toHaveText('animal. It lives in');
    await expect(answer.getByText('**')).toHaveCount(0);
    const seen = await page.evaluate((): unknown => Reflect.get(window, 'seen'));
    expect(seen).toContain('A fox is a small');
    google.release();
    await expect(answer).toHaveAttribute('data-status', 'ready');
    await expect(answer).toContainText(/Gemini .* · (under )?\$0/);
    expect(
      rows(`SELECT text, amount_micro_usd > 0 AS paid FROM messages m JOIN charges c ON c.message_id = m.id`),
    ).toEqual([{ text: 'A **fox** is a small\n\n- wild\n- red\n\nanimal. It lives **in', paid: 1 }]);

    await answer.getByRole('button', { name: 'Make a picture of this' }).click();
    await expectFullPicture(pictures(page));
    await expect(pictures(page).getByRole('img', { name: 'what is a fox?' })).toBeVisible();
  });

  await test.step('the transcript follows a growing reply until the user scrolls away', async () => {
    await newChat(page);
    google.reset();
    const paragraphs = Array.from({ length: 60 }, (_, index) => `Paragraph ${index}.\n\n`);
    google.answerNext(openStream([...paragraphs], 20));
    await sendMessage(page, 'tell me a lot');
    await expect(page.getByText('Paragraph 59.')).toBeInViewport();
    const log = page.getByRole('log', { name: 'Conversation' });
    google.release();
    await expect(replies(page)).toHaveAttribute('data-status', 'ready');

    google.answerNext(openStream(['More.', ...paragraphs], 20));
    await sendMessage(page, 'and more');
    await expect(replies(page).last()).toContainText('More.');
    await log.evaluate((element) => element.scrollTo(0, 300));
    await expect(replies(page).last()).toContainText('Paragraph 59.');
    expect(await log.evaluate((element) => element.scrollTop)).toBe(300);
  });

  await test.step('Stop keeps the received text and warns of a possible charge; Retry sends a new request', async () => {
    await newChat(page);
    google.reset();
    google.answerNext(openStream(['A fox is']));
    await sendMessage(page, 'what is a fox?');
    const answer = replies(page);
    await expect(answer).toContainText('A fox is');
    const stop = page.locator('form').getByRole('button', { name: 'Stop' });
    await expect(stop).toHaveAttribute('title', 'Stop (Esc)');
    // The key closes what is open before it stops anything.
    await page.getByRole('button', { name: 'Add pictures' }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Add pictures' })).toBeHidden();
    await expect(stop).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(answer).toHaveAttribute('data-status', 'cancelled');
    await expect(stop).toHaveCount(0);
    await expect(answer.locator('p').first()).toHaveText('A fox is');
    await expect(answer).toContainText('Stopped. The service may still charge for it.');
    await answer.getByRole('button', { name: 'Retry' }).click();
    await expect(answer).toHaveAttribute('data-status', 'ready');
    await expect(answer.locator('p').first()).toHaveText('You said: what is a fox?');
    expect(google.requests.map(({ prompt }) => prompt)).toEqual(['what is a fox?', 'what is a fox?']);
  });

  await test.step('only web links of a reply open, in the browser; other Markdown loads nothing', async () => {
    await newChat(page);
    google.reset();
    google.answerNext({
      kind: 'stream',
      events: textEvents(
        '[good](https://example.org/a?b=c) [bad](javascript:alert(1)) [file](file:///etc/passwd) ' +
          '![cat](https://example.org/cat.png) <img src="https://example.org/dog.png" onerror="alert(1)">',
      ),
    });
    await electron.evaluate(({ shell }) => {
      Object.assign(globalThis, { opened: [] });
      shell.openExternal = async (url) => void Reflect.get(globalThis, 'opened').push(url);
    });
    await sendMessage(page, 'what do you link to?');
    await expect(replies(page)).toHaveAttribute('data-status', 'ready');
    await expect(replies(page).getByRole('link')).toHaveText(['good']);
    await expect(replies(page).locator('img')).toHaveCount(0);
    await expect(replies(page)).toContainText('cat <img src=');
    const address = page.url();
    await replies(page).getByRole('link').click();
    await expect
      .poll(() => electron.evaluate((): unknown => Reflect.get(globalThis, 'opened')))
      .toEqual(['https://example.org/a?b=c']);
    expect(page.url()).toBe(address);
  });

  await test.step('pictures that the model requests appear in place, and a reply without text leaves no message', async () => {
    await newChat(page);
    google.reset();
    google.answerNext(callTool({ prompt: 'an owl in the snow', aspect_ratio: '16:9', count: 2 }));
    await sendMessage(page, 'what would an owl be like in winter?');
    await expect(pictures(page)).toHaveCount(2);
    for (const picture of await pictures(page).all()) await expectFullPicture(picture);
    await expect(page.getByRole('img', { name: 'an owl in the snow' })).toHaveCount(2);
    await expect(replies(page)).toHaveCount(0);
    const sent = google.requests.filter(({ method }) => method === 'generateContent');
    expect(sent.map(({ prompt, aspectRatio }) => [prompt, aspectRatio])).toEqual([
      ['an owl in the snow', '16:9'],
      ['an owl in the snow', '16:9'],
    ]);
  });

  await test.step('“now make it night” edits the last picture and sends it with its signature', async () => {
    await newChat(page);
    google.reset();
    google.setDefault(replyAsEditor);
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page));
    await sendMessage(page, 'now make it night');
    await expect(pictures(page)).toHaveCount(2);
    await expectFullPicture(pictures(page).last());
    const [sent] = google.requests.filter(({ method }) => method === 'generateContent').slice(-1);
    const parts = sent?.contents.flatMap((content) => content.parts) ?? [];
    expect(sent?.prompt).toBe('the same at night');
    expect(parts.filter(({ inlineData }) => inlineData)).toMatchObject([{ thoughtSignature: signature }]);
    expect(google.rejections).toEqual([]);

    const edited = page.locator('article[data-kind="image"]').last();
    await expect(edited).toContainText('Edited from a red fox at dawn');
    await edited.getByRole('button', { name: 'a red fox at dawn' }).click();
    await expect(pictures(page).first()).toBeInViewport();
  });

  await test.step('Use as reference sends the picture as a reference with the new prompt', async () => {
    await newChat(page);
    google.reset();
    google.setDefault(replyAsEditor);
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page));
    await chooseAction(page.locator('article[data-kind="image"]'), 'Use as reference');
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
    await expect(page.getByRole('img', { name: 'Reference 1' })).toBeVisible();
    await sendMessage(page, 'what if it had snowed?');
    await expect(page.getByRole('img', { name: 'Reference 1' })).toHaveCount(0);
    await expectFullPicture(pictures(page).nth(1));
    const sent = google.requests.at(-1);
    expect(sent).toMatchObject({ method: 'generateContent', prompt: 'what if it had snowed?' });
    expect(google.requests).toHaveLength(2);
    const [first, second] = rows(
      `SELECT id, parent_id FROM messages WHERE kind = 'image' ORDER BY id DESC LIMIT 2`,
    ).toReversed();
    expect(second?.['parent_id']).toBe(first?.['id']);
  });

  await test.step('a rate-limited picture counts down and is retried automatically', async () => {
    await newChat(page);
    google.reset();
    // Long enough for a slow computer to see it.
    google.answerNext(rateLimited('9s'));
    await sendMessage(page, 'a red fox at dawn');
    const picture = pictures(page);
    await expect(picture.getByRole('status')).toHaveText('The service is rate-limiting requests.');
    await expect(picture.getByText(/Trying again in 0:0\d/)).toBeVisible();
    await expect(picture).toHaveAttribute('aria-busy', 'true');
    await expect(picture.getByRole('alert')).toHaveCount(0);
    await expectFullPicture(picture);
    await expect.poll(() => rows('SELECT id FROM outbox').length).toBe(0);
    const id = await page.locator('article[data-kind="image"]').getAttribute('data-message-id');
    expect(
      rows(`SELECT outcome FROM image_generation_log WHERE message_id = '${id}' ORDER BY rowid`),
    ).toEqual([{ outcome: 'limited' }, { outcome: 'ready' }]);
  });

  await test.step('the composer says that the model does not accept reference pictures and sends nothing', async () => {
    await page.keyboard.press('Control+m');
    await page.keyboard.type('painter');
    await page.keyboard.press('Enter');
    const before = rows('SELECT id FROM messages').length;
    await chooseAction(page.locator('article[data-kind="image"]'), 'Use as reference');
    await expect(page.getByText('Offline painter does not accept reference pictures.')).toBeVisible();
    await sendMessage(page, 'make it night');
    await expect(page.getByText('The model in use does not accept reference pictures.')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('make it night');
    await expect(page.getByRole('img', { name: 'Reference 1' })).toBeVisible();
    expect(rows('SELECT id FROM messages')).toHaveLength(before);
    await page.getByRole('button', { name: 'Remove reference 1' }).click();
    await expect(page.getByRole('img', { name: 'Reference 1' })).toHaveCount(0);
  });
});

test('a reply and a picture that a kill interrupts continue after a restart without a second request', async ({
  start,
  google,
}) => {
  const first = await start({ env: googleEnvironment(google) });
  await test.step('a reply starts, and its app is killed', async () => {
    google.answerNext(openStream(['A fox is']));
    await sendMessage(first.page, 'what is a fox?');
    await expect(replies(first.page)).toContainText('A fox is');
    await first.kill();
  });

  const second = await start({ env: googleEnvironment(google) });
  await test.step('the interrupted reply keeps its text without a second request', async () => {
    const reply = replies(second.page);
    await expect(reply).toHaveAttribute('data-status', 'interrupted');
    await expect(reply.locator('p').first()).toHaveText('A fox is');
    await expect(reply.getByRole('alert')).toContainText('This answer was interrupted.');
    expect(google.requests).toHaveLength(1);
    await reply.getByRole('button', { name: 'Retry' }).click();
    await expect(reply).toHaveAttribute('data-status', 'ready');
  });

  await test.step('a picture is rate-limited, and its app is killed', async () => {
    google.reset();
    google.answerNext(rateLimited('100s'));
    await sendMessage(second.page, 'a red fox at dawn');
    await expect(pictures(second.page).getByText(/Trying again in 1:\d\d/)).toBeVisible();
    await second.kill();
  });

  const { page } = await start({ env: googleEnvironment(google) });
  await test.step('the rate-limited picture keeps waiting, delays other requests, and can be stopped', async () => {
    await expect(pictures(page).getByText(/Trying again in \d:\d\d/)).toBeVisible();
    await sendMessage(page, 'a blue owl');
    await expect(page.locator('article[data-kind="image"]').last()).toContainText('in the queue');
    await pictures(page).first().getByRole('button', { name: 'Stop' }).click();
    const article = page.locator('article[data-kind="image"]').first();
    await expect(article).toHaveAttribute('data-status', 'cancelled');
    await expect(article.getByText('Stopped.', { exact: true })).toBeVisible();
    expect(google.requests).toHaveLength(1);
  });
});
