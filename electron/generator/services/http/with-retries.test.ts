// What of an exchange no provider's own server shows: bodies without an end.
import { expect, test } from 'vitest';
import { ResponseTooLargeError } from './request-bytes';
import { trackedFetch } from './with-retries';

const nothing = { sent: false, status: null, isJsonResponse: false, retryAfterMs: null };
const tenBytes = 'data:application/json,0123456789';

test('an answer is read as far as its limit, and not beyond', async () => {
  const whole = await trackedFetch({ ...nothing }, 10)(tenBytes);
  expect(await whole.text()).toBe('0123456789');
  const exchange = { ...nothing };
  const cut = await trackedFetch(exchange, 9)(tenBytes);
  expect(exchange).toMatchObject({ sent: true, status: 200, isJsonResponse: true });
  await expect(cut.text()).rejects.toBeInstanceOf(ResponseTooLargeError);
});
