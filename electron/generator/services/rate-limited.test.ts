import { expect, test } from 'vitest';
import { rateLimitedFailure } from './failures';

test.each([
  [500, 'Try again in 1 second.'],
  [120_000, 'Try again in 120 seconds.'],
  [120_001, 'Try again in 3 minutes.'],
  [500_000, 'Try again in 9 minutes.'],
])('describes a wait of %i ms as “%s”', (wait, said) => {
  const failure = rateLimitedFailure(wait);
  expect(failure.message).toContain(said);
  expect(failure.retryAfterMs).toBe(Math.max(1000, wait));
});
