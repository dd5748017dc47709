import { expect, test } from 'vitest';
import { pictureNoteSchema } from '../domain/picture-notes';
import { type Arrival, arrivalSchema } from './arrivals';

const facts = {
  requestId: '01a22549-a797-72a7-a99c-3ccdd5eac591',
  jobId: null,
  provider: 'google',
  model: 'gemini-nano-banana-2.1',
  prompt: 'a red fox',
  params: { aspectRatio: '1:1', seed: 7 },
  costMicroUsd: 33_600,
  mimeType: null,
  arrivedAt: 1,
} satisfies Arrival;

const known = { id: 'services.setting_refused', values: { name: 'seed' } };

test.each([
  [
    [known, { id: 'services.of_a_later_version' }, 'It takes no seed.'],
    [known, 'It takes no seed.'],
  ],
  [[{ id: 7 }, null, ''], []],
  ['no list', undefined],
])('the facts of paid bytes can be read with any warnings: %j', (warnings, read) => {
  const { data } = arrivalSchema.safeParse({ ...facts, warnings });
  expect(data).toMatchObject(facts);
  expect(data?.warnings).toEqual(read);
});

test('a note keeps the sentences that this version knows', () => {
  const read = (sentences: unknown) =>
    pictureNoteSchema.safeParse({ code: 'settings_left_out', sentences }).data;
  expect(read([{ id: 'services.of_a_later_version' }, known])).toEqual({
    code: 'settings_left_out',
    sentences: [known],
  });
  expect(read([{ id: 'services.of_a_later_version' }])).toBeUndefined();
});
