import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Job } from '../../../shared/generator/jobs';
import { failedJob, fromGeneratorSchema, type Outcome } from '../../../shared/generator/messages';
import { readUsage, responseSchemaOf } from '../services/google/response';
import { costOfUsage, usageSchema } from '../services/openai/cost';
import { checkAnswer, checkOutcome } from './check-answer';

const jobId = '01930000-0000-7000-8000-0000000000ab';
const job: Job = {
  ...{ kind: 'text', jobId, requestId: jobId, provider: 'google', model: 'm', text: '', history: [] },
};
const implausible = [-1, -1e6, 1e300, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53];

describe.each(implausible)('a cost of %s', (costMicroUsd) => {
  test('becomes unknown in an answer', () => {
    const picture = checkAnswer({ ok: true, bytes: Buffer.of(1), costMicroUsd });
    expect(picture.costMicroUsd).toBeNull();
    const reply = checkAnswer({ ok: true, text: 'hi', pictures: [], costMicroUsd });
    expect(reply.costMicroUsd).toBeNull();
  });

  test('becomes possibly charged in a failure', () => {
    const failure = { ok: false, code: 'refused', message: 'No.', costMicroUsd } as const;
    expect(checkAnswer(failure).costMicroUsd).toBe(0);
  });

  test('fails its job if it reaches the outcome', () => {
    const outcome: Outcome = { type: 'replied', jobId, text: '', pictures: [], costMicroUsd };
    const checked = checkOutcome(job, outcome);
    expect(checked).toMatchObject({ type: 'failed', jobId, code: 'bad_answer', costMicroUsd: 0 });
    expect(fromGeneratorSchema.safeParse(checked).success).toBe(true);
  });
});

test.each([
  [0.2, 1],
  [0, 0],
  [33_600, 33_600],
  [null, null],
])('a cost of %s counts as %s', (given, counted) => {
  expect(checkAnswer({ ok: true, bytes: Buffer.of(1), costMicroUsd: given }).costMicroUsd).toBe(counted);
});

test.each([
  [Number.NaN, undefined],
  [-5, undefined],
  [1.5, 2],
  [Number.POSITIVE_INFINITY, 30 * 24 * 60 * 60 * 1000],
])('a wait of %s ms is %s', (retryAfterMs, expected) => {
  const failure = { ok: false, code: 'rate_limited', message: 'Wait.', costMicroUsd: null } as const;
  const checked = checkAnswer({ ...failure, retryAfterMs });
  expect(!checked.ok && checked.retryAfterMs).toBe(expected);
});

test('does not change an outcome that fits the contract', () => {
  const outcome = failedJob(jobId, 'refused', 1, 5);
  expect(checkOutcome(job, outcome)).toBe(outcome);
});

test('keeps a free failure free when it violates the contract', () => {
  const outcome = { ...failedJob(jobId, 'refused', Number.NaN), costMicroUsd: null };
  expect(checkOutcome(job, outcome)).toMatchObject({ code: 'bad_answer', costMicroUsd: null });
});

describe.each([-5, 1e300, '12', null, undefined, [], {}])('a token count of %j', (count) => {
  test('gives an unknown cost for a model of OpenAI', () => {
    const usage = usageSchema.parse({ input_tokens: 10, output_tokens: count });
    expect(costOfUsage('openai', 'gpt-image-1', usage)).toBeNull();
  });

  test('is ignored for a model of Google, and keeps the rest of the response', () => {
    const details = [{ modality: 'IMAGE', tokenCount: count }];
    const usageMetadata = {
      promptTokenCount: count,
      candidatesTokenCount: count,
      candidatesTokensDetails: details,
    };
    const parsed = responseSchemaOf(z.object({})).parse({ candidates: [{}], usageMetadata });
    expect(readUsage(parsed.usageMetadata)).toEqual({ input: 0, output: 0, pictures: 0 });
    expect(parsed.candidates).toHaveLength(1);
  });
});
