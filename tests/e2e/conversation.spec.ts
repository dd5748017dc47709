// A conversation with a model: its words as they come, the pictures it asks for, edits, and what has to wait.
import type { Page } from '@playwright/test';
import type { GoogleAnswer, GoogleRequest } from '../servers/google-server';
import { callPart, eventOf, textEvents } from '../servers/google-stream';
import { expect, expectLanded, googleEnvironment, pictures, say, test } from './fixture';

const signature = 'c2lnbmVk';

function answers(page: Page) {
  return page.locator('article[data-kind="text"][data-role="assistant"]');
}

/** A stream that says this, piece by piece, and stays open until the server lets it go. */
function open(pieces: readonly string[], everyMs = 0): GoogleAnswer {
  return { kind: 'stream', events: textEvents(...pieces), everyMs, ending: 'silence' };
}

function calls(args: object): GoogleAnswer {
  return { kind: 'stream', events: [eventOf([callPart(args)], 'STOP', 10)] };
}

/** A text model that edits the picture it was told of last, and pictures as they come with a signature. */
function editor(request: GoogleRequest): GoogleAnswer {
  if (request.method !== 'streamGenerateContent') return { kind: 'picture', signature };
  const notes = JSON.stringify(request.contents).matchAll(/\[picture ([0-9a-f-]{36}):/g);
  return calls({ prompt: 'the same at night', edits: [...notes].at(-1)?.[1] });
}

test('words are on screen as they come, as Markdown, and at the end with their cost', async ({
  start,
  google,
  rows,
}) => {
  google.answerNext(
    open(['A **fox** ', 'is a small\n\n', '- wild\n', '- red\n\nanimal. ', 'It lives **in'], 100),
  );
  const { page } = await start({ env: googleEnvironment(google) });
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const text = document.querySelector('article[data-status="streaming"] p')?.textContent ?? '';
      if (text !== '' && seen.at(-1) !== text) seen.push(text);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await say(page, 'what is a fox?');
  const answer = answers(page);
  await expect(answer).toHaveAttribute('data-status', 'streaming');
  await expect(answer.getByRole('listitem')).toHaveText(['wild', 'red']);
  await expect(answer.locator('p').last()).toHaveText('animal. It lives in');
  await expect(answer.getByText('**')).toHaveCount(0);
  const seen = await page.evaluate((): unknown => Reflect.get(window, 'seen'));
  expect(seen).toContain('A fox is a small');
  google.release();
  await expect(answer).toHaveAttribute('data-status', 'ready');
  await expect(answer).toContainText(/Gemini .* · (under )?\$0/);
  expect(rows(`SELECT text, cost_micro_usd > 0 AS paid FROM messages WHERE role = 'assistant'`)).toEqual([
    { text: 'A **fox** is a small\n\n- wild\n- red\n\nanimal. It lives **in', paid: 1 },
  ]);
});

test('a growing answer stays in sight, and lets itself be left', async ({ start, google }) => {
  const paragraphs = Array.from({ length: 60 }, (_, index) => `Paragraph ${index}.\n\n`);
  google.answerNext(open([...paragraphs], 20));
  const { page } = await start({ env: googleEnvironment(google) });
  await say(page, 'tell me a lot');
  await expect(page.getByText('Paragraph 59.')).toBeInViewport();
  const log = page.getByRole('log', { name: 'Conversation' });
  google.release();
  await expect(answers(page)).toHaveAttribute('data-status', 'ready');

  google.answerNext(open(['More.', ...paragraphs], 20));
  await say(page, 'and more');
  await expect(answers(page).last()).toContainText('More.');
  await log.evaluate((element) => element.scrollTo(0, 300));
  await expect(answers(page).last()).toContainText('Paragraph 59.');
  expect(await log.evaluate((element) => element.scrollTop)).toBe(300);
});

test('Stop keeps what had come and says that it may be charged; Retry asks again', async ({
  start,
  google,
}) => {
  google.answerNext(open(['A fox is']));
  const { page } = await start({ env: googleEnvironment(google) });
  await say(page, 'what is a fox?');
  const answer = answers(page);
  await expect(answer).toContainText('A fox is');
  await answer.getByRole('button', { name: 'Stop' }).click();
  await expect(answer).toHaveAttribute('data-status', 'cancelled');
  await expect(answer.locator('p').first()).toHaveText('A fox is');
  await expect(answer.getByRole('alert')).toContainText('may still charge');
  await answer.getByRole('button', { name: 'Retry' }).click();
  await expect(answer).toHaveAttribute('data-status', 'ready');
  await expect(answer.locator('p').first()).toHaveText('You said: what is a fox?');
  expect(google.requests.map(({ prompt }) => prompt)).toEqual(['what is a fox?', 'what is a fox?']);
});

test('killed while words come, they are there at the next start, and nothing is asked again', async ({
  start,
  google,
}) => {
  google.answerNext(open(['A fox is']));
  const first = await start({ env: googleEnvironment(google) });
  await say(first.page, 'what is a fox?');
  await expect(answers(first.page)).toContainText('A fox is');
  await first.kill();
  const { page } = await start({ env: googleEnvironment(google) });
  await expect(answers(page)).toHaveAttribute('data-status', 'interrupted');
  await expect(answers(page).locator('p').first()).toHaveText('A fox is');
  await expect(answers(page).getByRole('alert')).toContainText('This answer was cut off.');
  expect(google.requests).toHaveLength(1);
  await answers(page).getByRole('button', { name: 'Retry' }).click();
  await expect(answers(page)).toHaveAttribute('data-status', 'ready');
});

test('a model that asks for pictures gets them, each in its place, and says nothing where it has not', async ({
  start,
  google,
}) => {
  google.answerNext(calls({ prompt: 'an owl in the snow', aspect_ratio: '16:9', count: 2 }));
  const { page } = await start({ env: googleEnvironment(google) });
  await say(page, 'what would an owl be like in winter?');
  await expect(pictures(page)).toHaveCount(2);
  for (const picture of await pictures(page).all()) await expectLanded(picture);
  await expect(page.getByRole('img', { name: 'an owl in the snow' })).toHaveCount(2);
  await expect(answers(page)).toHaveCount(0);
  const asked = google.requests.filter(({ method }) => method === 'generateContent');
  expect(asked.map(({ prompt, aspectRatio }) => [prompt, aspectRatio])).toEqual([
    ['an owl in the snow', '16:9'],
    ['an owl in the snow', '16:9'],
  ]);
});

test('“now make it night” edits the last picture, which goes along with its signature', async ({
  start,
  google,
}) => {
  google.setDefault(editor);
  const { page } = await start({ env: googleEnvironment(google) });
  await say(page, 'a red fox at dawn');
  await expectLanded(pictures(page));
  await say(page, 'now make it night');
  await expect(pictures(page)).toHaveCount(2);
  await expectLanded(pictures(page).last());
  const [asked] = google.requests.filter(({ method }) => method === 'generateContent').slice(-1);
  const parts = asked?.contents.flatMap((content) => content.parts) ?? [];
  expect(asked?.prompt).toBe('the same at night');
  expect(parts.filter(({ inlineData }) => inlineData)).toMatchObject([{ thoughtSignature: signature }]);
  expect(google.rejections).toEqual([]);

  const edited = page.locator('article[data-kind="image"]').last();
  await expect(edited).toContainText('Edited from a red fox at dawn');
  await edited.getByRole('button', { name: 'a red fox at dawn' }).click();
  await expect(pictures(page).first()).toBeInViewport();
});

test('the person edits a picture with words of their own', async ({ start, google, rows }) => {
  google.setDefault(editor);
  const { page } = await start({ env: googleEnvironment(google) });
  await say(page, 'a red fox at dawn');
  await expectLanded(pictures(page));
  await pictures(page).hover();
  await page.getByRole('button', { name: 'Edit with words' }).click();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await expect(page.getByRole('img', { name: 'Reference 1' })).toBeVisible();
  await say(page, 'what if it had snowed?');
  await expect(page.getByRole('img', { name: 'Reference 1' })).toHaveCount(0);
  await expectLanded(pictures(page).last());
  const asked = google.requests.at(-1);
  expect(asked).toMatchObject({ method: 'generateContent', prompt: 'what if it had snowed?' });
  expect(google.requests).toHaveLength(2);
  const [first, second] = rows(`SELECT id, parent_id FROM messages WHERE kind = 'image' ORDER BY id`);
  expect(second?.['parent_id']).toBe(first?.['id']);
});

test('a model that takes no pictures says so at the composer, and nothing is sent', async ({
  start,
  rows,
}) => {
  const { page } = await start();
  await say(page, 'a red fox at dawn');
  await expectLanded(pictures(page));
  await pictures(page).hover();
  await page.getByRole('button', { name: 'Edit with words' }).click();
  await expect(page.getByText('Offline painter takes no reference pictures.')).toBeVisible();
  await say(page, 'make it night');
  await expect(page.getByText('The model in use takes no reference pictures.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('make it night');
  await expect(page.getByRole('img', { name: 'Reference 1' })).toBeVisible();
  expect(rows('SELECT id FROM messages')).toHaveLength(2);
  await page.getByRole('button', { name: 'Remove reference 1' }).click();
  await expect(page.getByRole('img', { name: 'Reference 1' })).toHaveCount(0);
});

/** As Google says it: https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto */
function limited(retryDelay: string): GoogleAnswer {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay }];
  return { kind: 'error', status: 429, code: 'RESOURCE_EXHAUSTED', details };
}

test('a picture that its provider puts off counts down and goes by itself', async ({
  start,
  google,
  rows,
}) => {
  google.answerNext(limited('3s'));
  const { page } = await start({ env: googleEnvironment(google) });
  await say(page, 'a red fox at dawn');
  const picture = pictures(page);
  await expect(picture.getByRole('status')).toHaveText('The provider takes no more for the moment.');
  await expect(picture.getByText(/Goes on by itself in 0:0\d/)).toBeVisible();
  await expect(picture).toHaveAttribute('aria-busy', 'true');
  await expect(picture.getByRole('alert')).toHaveCount(0);
  await expectLanded(picture);
  await expect.poll(() => rows('SELECT id FROM outbox').length).toBe(0);
  expect(rows('SELECT outcome FROM image_generation_log ORDER BY id')).toEqual([
    { outcome: 'limited' },
    { outcome: 'ready' },
  ]);
});

test('it waits on over a restart, others wait with it, and it can be stopped', async ({ start, google }) => {
  google.answerNext(limited('100s'));
  const first = await start({ env: googleEnvironment(google) });
  await say(first.page, 'a red fox at dawn');
  await expect(pictures(first.page).getByText(/Goes on by itself in 1:\d\d/)).toBeVisible();
  await first.kill();
  const { page } = await start({ env: googleEnvironment(google) });
  await expect(pictures(page).getByText(/Goes on by itself in \d:\d\d/)).toBeVisible();
  await say(page, 'a blue owl');
  await expect(page.locator('article[data-kind="image"]').last()).toContainText('waiting for its turn');
  await pictures(page).first().getByRole('button', { name: 'Stop' }).click();
  const article = page.locator('article[data-kind="image"]').first();
  await expect(article).toHaveAttribute('data-status', 'cancelled');
  await expect(article.getByRole('alert')).toHaveText('You stopped this picture.');
  expect(google.requests).toHaveLength(1);
});

test('a link opens in the browser if it is one for browsers; nothing else of Markdown leaves', async ({
  start,
  google,
}) => {
  google.answerNext({
    kind: 'stream',
    events: textEvents(
      '[good](https://example.org/a?b=c) [bad](javascript:alert(1)) [file](file:///etc/passwd) ' +
        '![cat](https://example.org/cat.png) <img src="https://example.org/dog.png" onerror="alert(1)">',
    ),
  });
  const { page, electron } = await start({ env: googleEnvironment(google) });
  await electron.evaluate(({ shell }) => {
    Object.assign(globalThis, { opened: [] });
    shell.openExternal = async (url) => void Reflect.get(globalThis, 'opened').push(url);
  });
  await say(page, 'what do you link to?');
  await expect(answers(page)).toHaveAttribute('data-status', 'ready');
  await expect(answers(page).getByRole('link')).toHaveText(['good']);
  await expect(answers(page).locator('img')).toHaveCount(0);
  await expect(answers(page)).toContainText('cat <img src=');
  await answers(page).getByRole('link').click();
  await expect
    .poll(() => electron.evaluate((): unknown => Reflect.get(globalThis, 'opened')))
    .toEqual(['https://example.org/a?b=c']);
  expect(page.url()).toBe('afterimage://app/index.html');
});
