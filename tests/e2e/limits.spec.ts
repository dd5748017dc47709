// The user's limits: bursts are counted exactly, and limited pictures say when to try again.
import {
  expect,
  expectFullPicture,
  googleEnvironment,
  newChat,
  newMessage,
  openSettings,
  pictures,
  sendMessage,
  test,
} from './fixture';

test.use({ pictureScale: 0.5 });

test('fifty requests at once with a limit of ten make ten pictures, let ten wait and limit thirty', async ({
  start,
  google,
  rows,
}) => {
  const { page } = await start({ env: { ...googleEnvironment(google), AFTERIMAGE_LIMITS: '10/1000' } });
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
  const { conversationId } = newMessage();
  const prompt = { text: 'a red fox at dawn', mode: 'picture', aspectRatio: '1:1' } as const;
  const messages = [2, ...Array.from({ length: 12 }, () => 4)].map((count) => {
    return { ...newMessage(count), ...prompt, conversationId };
  });
  const sent = await page.evaluate(async (all) => {
    const requests = all.map((message) => window.afterimage.request('chat:send', message));
    const replies = await Promise.all(requests);
    return replies.flatMap((reply) => (reply.ok ? [] : [reply.code]));
  }, messages);
  expect(sent).toEqual([]);

  const counts = () =>
    rows(`SELECT status, count(*) AS n FROM messages WHERE kind = 'image' GROUP BY status ORDER BY status`);
  await expect.poll(counts).toEqual([
    { status: 'limited', n: 30 },
    { status: 'pending', n: 10 },
    { status: 'ready', n: 10 },
  ]);
  expect(google.requests).toHaveLength(10);
  // The forty other pictures were not sent, so the log has no attempts for them.
  await expect.poll(() => rows('SELECT count(*) AS n FROM image_generation_log')).toEqual([{ n: 10 }]);
  const [limited] = rows(`SELECT error_code, error_message FROM messages WHERE status = 'limited' LIMIT 1`);
  expect(limited?.['error_code']).toBe('limit_minute');
  expect(limited?.['error_message']).toMatch(
    /^Your limit for Google is 10 pictures a minute\. Try again at \d\d:\d\d:\d\d/,
  );
});

test('limits and the cap of a month stop what exceeds them, and say so where it is', async ({
  start,
  google,
}) => {
  const { page, electron } = await start({ env: googleEnvironment(google) });

  await test.step('a picture over the limit a minute counts down in place, and is made once the limit is removed', async () => {
    await openSettings(page, 'Limits & costs');
    const perMinute = page.getByRole('textbox', { name: 'Pictures a minute' });
    await expect(perMinute).toHaveValue('20');
    await perMinute.fill('many');
    await perMinute.press('Enter');
    await expect(page.getByRole('alert')).toHaveText(/whole number from 1/);
    await perMinute.fill('1');
    await perMinute.press('Enter');
    await expect(page.getByRole('alert')).toHaveCount(0);

    await page.getByRole('link', { name: 'Chat' }).click();
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page).first());
    await expect(page.getByRole('meter', { name: 'Your limit' })).toHaveAttribute(
      'aria-valuetext',
      '1 of 1 pictures this minute',
    );
    // On its words and on its ring.
    const tooltip = page.getByTitle(/^1 of 1 pictures this minute\nAt your limit, more pictures wait/);
    await expect(tooltip.getByText('1 of 1 pictures this minute')).toBeAttached();
    await expect(tooltip.getByRole('meter')).toBeVisible();
    await sendMessage(page, 'a blue fox at dusk');
    const second = pictures(page).nth(1);
    await expect(second.getByRole('status')).toHaveText('Your limit for Google is 1 picture a minute.');
    await expect(second.getByText(/^Continues in 0:\d\d$/)).toBeVisible();
    // Only one fits into the next minute.
    await sendMessage(page, 'a green fox at night');
    const third = pictures(page).nth(2);
    await expect(third.getByRole('alert')).toHaveText(/1 picture a minute\. Try again at \d\d:\d\d:\d\d/);
    expect(google.requests).toHaveLength(1);

    await second.getByRole('button', { name: 'Raise limit' }).click();
    await expect(perMinute).toBeFocused();
    await perMinute.fill('');
    await perMinute.press('Enter');
    await page.getByRole('link', { name: 'Chat' }).click();
    await expectFullPicture(second);
    await third.getByRole('button', { name: 'Retry' }).click();
    await expectFullPicture(third);
  });

  await test.step('the monthly cap stops a picture that would exceed it, and the settings show the cost so far', async () => {
    await newChat(page);
    google.reset();
    // A narrow window: with the sidebar open, the composer has little room.
    await electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setContentSize(900, 700),
    );
    await expect(page.getByText('about $0.034', { exact: true })).toBeInViewport({ ratio: 1 });
    await openSettings(page, 'Limits & costs');
    const cap = page.getByRole('textbox', { name: 'Dollars a month' });
    // The three pictures cost $0.10, so there is room for one more.
    await cap.fill('0.15');
    await cap.press('Enter');
    await page.getByRole('link', { name: 'Chat' }).click();
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page).first());
    await sendMessage(page, 'a blue fox at dusk');
    await expect(pictures(page).nth(1).getByRole('alert')).toHaveText(
      /would exceed your monthly spending cap/,
    );
    expect(google.requests).toHaveLength(1);

    await openSettings(page, 'Limits & costs');
    await expect(page.getByRole('table')).toContainText('$0.13');
    await expect(page.getByRole('table')).toContainText('4 pictures');
  });

  await test.step('the monthly cap stops text replies, and Retry sends them once the cap is removed', async () => {
    await newChat(page);
    google.reset();
    const allow = (monthlyCapMicroUsd: number | null) =>
      page.evaluate(
        (cap) => window.afterimage.request('settings:set', { monthlyCapMicroUsd: cap }),
        monthlyCapMicroUsd,
      );
    await allow(0);
    await sendMessage(page, 'what is a fox?');
    const answer = page.locator('article[data-kind="text"][data-role="assistant"]');
    await expect(answer).toHaveAttribute('data-status', 'limited');
    await expect(answer.getByRole('alert')).toContainText('You have reached your monthly spending cap');
    expect(google.requests).toHaveLength(0);
    await allow(null);
    await answer.getByRole('button', { name: 'Retry' }).click();
    await expect(answer).toHaveAttribute('data-status', 'ready');
  });

  await test.step('the composer and the settings say how the cap counts a model of unknown price', async () => {
    await newChat(page);
    google.reset();
    await page.evaluate(() =>
      Promise.all([
        window.afterimage.request('settings:set', { monthlyCapMicroUsd: 0 }),
        window.afterimage.request('services:change', {
          id: 'google',
          changes: { pictureModel: 'gemini-of-next-year' },
        }),
      ]),
    );
    await page.reload();
    await expect(page.getByText('cost unknown')).toHaveAttribute(
      'title',
      /does not know what gemini-of-next-year costs; your cap counts each picture as \$0.24/,
    );
    await openSettings(page, 'Limits & costs');
    await expect(
      page.getByText(/The price of gemini-of-next-year is unknown. Each of its pictures counts as \$0.24/),
    ).toBeVisible();
  });

  await test.step('“Raise limit” leads to the limit that was reached, of the service where it was, ready to be replaced', async () => {
    await page.getByRole('link', { name: 'Chat' }).click();
    await sendMessage(page, 'a red fox at dawn');
    await expect(pictures(page).last().getByRole('alert')).toHaveText(/your monthly spending cap/);
    await page.getByRole('button', { name: /^Model/ }).click();
    await page.getByRole('option', { name: /^Offline sketch/ }).click();
    await pictures(page).last().getByRole('button', { name: 'Raise limit' }).click();
    const cap = page.getByRole('textbox', { name: 'Dollars a month' });
    await expect(cap).toBeFocused();
    await expect(page.getByText(/^The limits of Google\./)).toBeVisible();
    await page.keyboard.type('5');
    await cap.press('Enter');
    await expect(cap).toHaveValue('5');
  });
});
