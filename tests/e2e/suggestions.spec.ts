// Prompts that a text model writes for the composer: a draft improved by keyboard, and a picture described.
import type { Page } from '@playwright/test';
import { openStream, textEvents } from '../servers/google-stream';
import {
  expect,
  expectFullPicture,
  googleEnvironment,
  newChat,
  pictures,
  sendMessage,
  test,
} from './fixture';

test.use({ pictureScale: 0.5 });

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const panel = (page: Page, name: string) => page.getByRole('region', { name });

test('a text model describes a picture, and improves a draft also after a kill in the middle', async ({
  start,
  google,
  rows,
}) => {
  const env = googleEnvironment(google);
  const first = await start({ env });
  let { page } = first;

  await test.step('a picture is described into the composer, and beside a draft that is there', async () => {
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page));
    google.reset();
    google.setDefault({ kind: 'stream', events: textEvents('A red fox ', 'in a misty meadow at dawn') });
    await pictures(page).first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Describe this picture' }).click();
    await expect(composer(page)).toHaveValue('A red fox in a misty meadow at dawn');
    await expect(panel(page, 'Description of the picture')).toBeHidden();
    const [request] = google.requests;
    expect(request).toMatchObject({ method: 'streamGenerateContent', model: 'gemini-3.8-flash' });
    const [picture] = request?.contents.flatMap(({ parts }) => parts) ?? [];
    expect(picture?.inlineData?.mimeType).toMatch(/^image\/(png|webp|jpeg)$/);

    await composer(page).fill('a fox');
    await pictures(page).first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Describe this picture' }).click();
    const description = panel(page, 'Description of the picture');
    await expect(description.getByRole('group', { name: 'Your draft' })).toContainText('a fox');
    await expect(composer(page)).toHaveValue('a fox');
    await description.getByRole('button', { name: 'Edit the suggestion' }).click();
    const edited = description.getByRole('textbox', { name: 'Suggestion' });
    // Nothing is cut, and no character is split at the border.
    const tooLong = `${'x'.repeat(31_999)}🦊!`;
    await edited.fill(tooLong);
    await expect(description.getByRole('alert')).toHaveText(/^32,001 of at most 32,000 characters\./);
    await expect(edited).toHaveValue(tooLong);
    const stored = 'SELECT text FROM suggestions ORDER BY id DESC LIMIT 1';
    await expect.poll(() => rows(stored)).toEqual([{ text: tooLong }]);
    await edited.fill('A red fox, close');
    await expect(description.getByRole('alert')).toHaveCount(0);
    await description.getByRole('button', { name: 'Use it' }).click();
    await expect(composer(page)).toHaveValue('A red fox, close');
    expect(google.rejections).toEqual([]);
    expect(google.requests).toHaveLength(2);
  });

  const chargesBefore = rows('SELECT id FROM charges').length;
  await test.step('a draft is improved while the user writes on', async () => {
    await newChat(page);
    google.reset();
    google.answerNext(openStream(['Ein ⟦1⟧ ', 'Fuchs'], 20));
    await composer(page).fill('{roter|blauer} Fuchs');
    await composer(page).press('ControlOrMeta+i');
    const arriving = panel(page, 'Improved prompt');
    await expect(arriving).toContainText('Ein {roter|blauer} Fuchs');
    // The draft is the user's, whatever arrives.
    await expect(composer(page)).toBeFocused();
    await composer(page).press('End');
    await composer(page).pressSequentially(' im Schnee');
    await expect
      .poll(() => rows(`SELECT 1 AS kept FROM drafts WHERE draft LIKE '%im Schnee%'`))
      .toEqual([{ kept: 1 }]);
  });

  first.electron.process().kill('SIGKILL');
  await first.kill();
  google.release();
  ({ page } = await start({ env }));
  await test.step('it is improved and taken by keyboard alone, after the kill too', async () => {
    const suggestion = panel(page, 'Improved prompt');
    await expect(suggestion.getByRole('alert')).toContainText('It may already have been charged.');
    await expect(suggestion).toContainText('$0');
    await expect(suggestion).toContainText('You have changed the draft since.');
    await expect(composer(page)).toHaveValue('{roter|blauer} Fuchs im Schnee');
    expect(google.requests).toHaveLength(1);

    google.answerNext({
      kind: 'stream',
      events: textEvents('"Ein ⟦1⟧ Fuchs im tiefen Schnee, ', 'Morgenlicht"'),
    });
    await composer(page).press('ControlOrMeta+i');
    await expect(suggestion.getByRole('button', { name: 'Use it' })).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(suggestion.getByRole('insertion')).toHaveText(['Ein', 'tiefen', ', Morgenlicht']);
    await composer(page).press('ControlOrMeta+i');
    await expect(suggestion.getByRole('button', { name: 'Use it' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(composer(page)).toHaveValue('Ein {roter|blauer} Fuchs im tiefen Schnee, Morgenlicht');
    await expect(composer(page)).toBeFocused();
    await expect(suggestion).toBeHidden();
    expect(google.rejections).toEqual([]);
    await expect
      .poll(() => rows(`SELECT kind, amount_micro_usd > 0 AS paid FROM charges`).slice(chargesBefore))
      .toEqual([
        { kind: 'text', paid: 1 },
        { kind: 'text', paid: 1 },
      ]);

    await page.keyboard.press('ControlOrMeta+z');
    await expect(composer(page)).toHaveValue('{roter|blauer} Fuchs im Schnee');
    await expect(suggestion).toBeVisible();

    // A failure leads to the text model of the service that failed.
    google.answerNext({ kind: 'error', status: 404, code: 'NOT_FOUND' });
    await suggestion.getByRole('button', { name: 'Try again' }).click();
    await suggestion.getByRole('alert').getByRole('button', { name: 'Choose model' }).click();
    await expect(page.getByRole('combobox', { name: 'Model for text' })).toBeFocused();
  });
});
