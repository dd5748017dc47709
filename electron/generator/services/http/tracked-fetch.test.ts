// The size limit of responses, which no real server exceeds.
import { expect, test } from 'vitest';
import { ResponseTooLargeError } from './request-bytes';
import { notSent, trackedFetch } from './tracked-fetch';

const tenBytes = 'data:application/json,0123456789';

test('reads a response up to the limit and rejects a longer one', async () => {
  const whole = await trackedFetch({ ...notSent }, 10)(tenBytes);
  expect(await whole.text()).toBe('0123456789');
  const exchange = { ...notSent };
  const cut = await trackedFetch(exchange, 9)(tenBytes);
  expect(exchange).toMatchObject({ sent: true, status: 200, isJsonResponse: true });
  await expect(cut.text()).rejects.toBeInstanceOf(ResponseTooLargeError);
});
