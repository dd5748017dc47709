// Versions of a question and of an answer, a prompt in the composer again, and the buttons of a failure.
import type { Page } from '@playwright/test';
import { callPart, eventOf, textEvents } from '../servers/google-stream';
import { accessibilityProblems } from './accessibility';
import { expect, googleEnvironment, newChat, pictures, sendMessage, test } from './fixture';

test.use({ pictureScale: 0.5 });

function composer(page: Page) {
  return page.getByRole('textbox', { name: 'Message', exact: true });
}

async function expectAccessible(page: Page, part: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await accessibilityProblems(page, part), colorScheme).toEqual([]);
  }
}

test('versions of questions and answers are shown, kept through a kill, and made of failures', async ({
  start,
  google,
  rows,
}) => {
  const { page, kill } = await start({ env: googleEnvironment(google) });

  await test.step('a failure leads to its prompt, says what the service said, and can be removed', async () => {
    google.answerNext({ kind: 'error', status: 400, code: 'INVALID_ARGUMENT' });
    await composer(page).fill('a red fox at dawn');
    await page.getByRole('button', { name: /^Options: / }).click();
    await page.getByRole('group', { name: 'How many' }).getByText('2').click();
    await page.keyboard.press('Escape');
    google.answerNext({ kind: 'error', status: 400, code: 'INVALID_ARGUMENT' });
    await composer(page).press('Enter');
    const failed = page.locator('article[data-status="failed"]');
    await expect(failed).toHaveCount(2);

    await failed.first().getByRole('button', { name: 'More' }).click();
    await page.getByRole('button', { name: 'Details' }).click();
    const details = page.getByRole('dialog', { name: 'Details' });
    await expect(details).toContainText('request_rejected');
    await expect(details).toContainText('400');
    await expectAccessible(page, 'dialog[open]');
    await page.keyboard.press('Escape');

    await failed.first().getByRole('button', { name: 'More' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(failed).toHaveCount(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(failed).toHaveCount(2);

    const question = page.locator('article[data-role="user"]');
    await composer(page).fill('half a sentence');
    await question.hover();
    await question.getByRole('button', { name: 'Reuse prompt', exact: true }).click();
    await expect(composer(page)).toHaveValue('a red fox at dawn');
    await expect(page.getByRole('button', { name: /^Options: 2 pictures/ })).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect(composer(page)).toHaveValue('half a sentence');

    await failed.first().getByRole('button', { name: 'Edit prompt' }).click();
    await expect(question.getByText('2 pictures')).toBeVisible();
    await expectAccessible(page, 'main[aria-label="Chat"]');
    await question.getByRole('textbox').fill('a red fox at night');
    await question.getByRole('button', { name: 'Send' }).click();
    await expect(page.locator('article[data-kind="image"][data-status="ready"]')).toHaveCount(2);
    await expect(failed).toHaveCount(0);
    await expect(pictures(page).first().getByRole('img', { name: 'a red fox at night' })).toBeVisible();
    await expect(composer(page)).toHaveValue('half a sentence');
    expect(rows(`SELECT status, count(*) AS n FROM messages WHERE kind = 'image' GROUP BY status`)).toEqual([
      { status: 'failed', n: 2 },
      { status: 'ready', n: 2 },
    ]);
  });

  await test.step('an edited question and a regenerated answer are versions', async () => {
    await newChat(page);
    google.reset();
    const questions = page.locator('article[data-role="user"]');
    const answers = page.locator('article[data-kind="text"][data-role="assistant"]');
    await sendMessage(page, 'what is a fox?');
    await expect(answers).toHaveAttribute('data-status', 'ready');
    await sendMessage(page, 'what is an owl?');
    await expect(answers).toHaveCount(2);
    await expect(answers.last()).toHaveAttribute('data-status', 'ready');

    // By keyboard: Escape cancels and gives the focus back, Shift+Enter breaks the line, Enter sends.
    const before = await answers.first().boundingBox();
    const edit = questions.first().getByRole('button', { name: 'Edit', exact: true });
    await edit.focus();
    await expect.poll(() => answers.first().boundingBox()).toEqual(before);
    await edit.press('Enter');
    const field = questions.first().getByRole('textbox');
    await expect(field).toBeFocused();
    await field.press('Escape');
    await expect(edit).toBeFocused();
    await edit.press('Enter');
    await field.fill('what is');
    await field.press('Shift+Enter');
    await field.pressSequentially('a wolf?');
    await field.press('Enter');
    await expect(answers).toHaveText(/You said: what is\s+a wolf\?/);
    await expect(questions).toHaveCount(1);
    await expect(composer(page)).toBeFocused();
    await expect(questions.getByRole('group', { name: 'Versions of this message' })).toContainText('2/2');

    await answers.hover();
    await answers.getByRole('button', { name: 'Regenerate' }).click();
    await expect(answers.getByRole('group', { name: 'Versions of this answer' })).toContainText('2/2');
    await expect(answers).toHaveAttribute('data-status', 'ready');
    expect(google.requests.at(-1)?.contents).toEqual(google.requests.at(-2)?.contents);

    await expectAccessible(page, 'main[aria-label="Chat"]');
    const previous = questions.first().getByRole('button', { name: 'Previous version' });
    await previous.press('Enter');
    await expect(questions).toHaveText([/what is a fox\?/, /what is an owl\?/]);
    await expect(previous).toBeFocused();
    await expect(previous).toHaveAttribute('aria-disabled', 'true');
    await questions.first().getByRole('button', { name: 'Next version' }).click();
    await expect(questions).toHaveCount(1);

    await questions.first().hover();
    await questions.first().getByRole('button', { name: 'Edit', exact: true }).click();
    await field.fill('what is a hare?');
    await expect
      .poll(() => rows(`SELECT count(*) AS n FROM drafts WHERE draft LIKE '%a hare?%'`))
      .toEqual([{ n: 1 }]);
  });

  const countOf = (table: string) => {
    const conversation = `SELECT conversation_id FROM messages WHERE text = 'what is a fox?'`;
    const messages = `SELECT id FROM messages WHERE conversation_id = (${conversation})`;
    return rows(`SELECT count(*) AS n FROM ${table} IN (${messages})`)[0]?.['n'];
  };
  await test.step('the shown versions are kept, and what is being edited, which can be left and taken back', async () => {
    await kill();
    const { page: restarted } = await start({ env: googleEnvironment(google) });
    const question = restarted.locator('article[data-role="user"]');
    await expect(question.getByRole('textbox')).toHaveValue('what is a hare?');
    await expect(composer(restarted)).toBeFocused();
    await question.getByRole('textbox').press('Escape');
    await expect(question).toHaveText(/what is\s+a wolf\?/);
    await restarted.getByRole('button', { name: 'Undo' }).click();
    await expect(question.getByRole('textbox')).toHaveValue('what is a hare?');
    await question.getByRole('textbox').press('Escape');
    await expect
      .poll(() => rows(`SELECT count(*) AS n FROM drafts WHERE draft LIKE '%a hare?%'`))
      .toEqual([{ n: 0 }]);
    expect(countOf('messages WHERE id')).toBe(7);
    expect(countOf('charges WHERE message_id')).toBe(4);
  });
});

test('an edited question ends its running reply, which keeps its text and requests no pictures', async ({
  start,
  google,
  rows,
}) => {
  const { page } = await start({ env: googleEnvironment(google) });
  const questions = page.locator('article[data-role="user"]');
  const answers = page.locator('article[data-kind="text"][data-role="assistant"]');
  const events = [
    eventOf([{ text: 'A fox is a small wild animal.' }]),
    eventOf([callPart({ prompt: 'a fox in the snow', count: 2 })], 'STOP', 20),
  ];
  google.answerNext({ kind: 'stream', events, held: 1 });
  await sendMessage(page, 'what is a fox?');
  await expect(answers).toContainText('A fox is a small wild animal.');

  google.answerNext({ kind: 'stream', events: textEvents('A wolf is ', 'a large one.'), held: 1 });
  await questions.hover();
  await questions.getByRole('button', { name: 'Edit', exact: true }).click();
  await questions.getByRole('textbox').fill('what is a wolf?');
  await questions.getByRole('button', { name: 'Send' }).click();
  await expect(questions.getByRole('group', { name: 'Versions of this message' })).toContainText('2/2');
  await expect(answers).toContainText('A wolf is');
  await expect.poll(() => google.requests.map(({ abandoned }) => abandoned === true)).toEqual([true, false]);
  google.release();
  await expect(answers).toContainText('A wolf is a large one.');
  await expect(answers).toHaveAttribute('data-status', 'ready');

  await questions.getByRole('button', { name: 'Previous version' }).click();
  await expect(answers).toContainText('A fox is a small wild animal.');
  await expect(answers).toHaveAttribute('data-status', 'cancelled');
  expect(rows(`SELECT id FROM messages WHERE kind = 'image'`)).toEqual([]);
  expect(rows('SELECT kind FROM charges')).toEqual([{ kind: 'text' }, { kind: 'text' }]);
  expect(google.requests).toHaveLength(2);
});
