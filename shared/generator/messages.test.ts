import { describe, expect, test } from 'vitest';
import { failure } from '../domain/errors';
import { failedJob, fromGeneratorSchema } from './messages';

const jobId = '01930000-0000-7000-8000-000000000000';
const stored = {
  type: 'stored',
  jobId,
  requestId: jobId,
  provider: 'google',
  model: 'gemini-nano-banana-2.1',
  file: 'images/00/x.png',
  width: 1,
  height: 1,
  bytes: 1,
  thumbhash: '',
  costMicroUsd: 0,
  durationMs: 0.5,
  storeMs: 0.1,
};
const replied = { type: 'replied', jobId, text: '', pictures: [], costMicroUsd: null };
const derived = { type: 'derived', jobId, file: 'images/00/x.display.webp', bytes: 1 };
const failed = failedJob(jobId, 'refused', 1.5);

test.each([
  [{ type: 'ready' }],
  [{ type: 'arrived', jobId, requestId: jobId }],
  [{ type: 'disk-full' }],
  [stored],
  [replied],
  [{ type: 'text', jobId, text: 'more' }],
  [{ type: 'progress', jobId, fraction: 0.5 }],
  [{ type: 'progress', jobId, fraction: null }],
  [failed],
  [derived],
  [{ type: 'located', task: 1, result: { ok: true, value: { file: 'images/00/x.png', bytes: 1 } } }],
  [{ type: 'located', task: 1, result: failure('not_a_picture') }],
  [failedJob(jobId, 'timed_out', 0, 7)],
  [{ ...failedJob(jobId, 'unreadable_picture', 0, 7), kept: true }],
])('accepts %j', (message) => {
  expect(fromGeneratorSchema.parse(message)).toEqual(message);
});

describe('rejects', () => {
  test.each([
    ['undefined', undefined],
    ['null', null],
    ['a string', 'ready'],
    ['no type', { jobId }],
    ['an unknown type', { ...replied, type: 'constructor' }],
    ['an invalid id', { ...replied, jobId: '../../etc/passwd' }],
    ['an unknown code', { ...failed, code: 'toString' }],
    ['a fractional cost', { ...failed, costMicroUsd: 0.5 }],
    ['a picture without a size', { ...stored, width: 0 }],
    ['half a pixel', { ...stored, height: 0.5 }],
    ['an empty file', { ...stored, bytes: 0 }],
    ['a negative cost', { ...stored, costMicroUsd: -1 }],
    ['an empty display file', { ...derived, bytes: 0 }],
    ['pixels', { ...stored, pixels: new Uint8Array(4) }],
    ['a duration that is not a number', { ...stored, durationMs: Number.NaN }],
    ['a missing field', { ...stored, storeMs: undefined }],
  ])('%s', (_what, message) => {
    expect(fromGeneratorSchema.safeParse(message).success).toBe(false);
  });
});
