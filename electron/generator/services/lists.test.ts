// Lists of services' models: shutdown dates, limits, names of unknown kinds, and very long lists.

import { expect, it, onTestFinished, test } from 'vitest';
import { maxOfferedModels } from '../../../shared/domain/models';
import { sayInEnglish } from '../../../shared/languages/sentence';
import { json, startLoopback } from '../../../tests/servers/loopback';
import { readPictureModels } from './hosted/openai-answer';
import { describeCount } from './name-offered-model';
import { createOpenaiService } from './openai/openai';
import { createServiceContext } from './test-context';

const openai = createOpenaiService({ timeoutMs: 60_000, retryDelayMs: () => 0 });

async function listing(data: readonly object[]) {
  const server = await startLoopback(() => ({ body: json(200, { object: 'list', data }) }));
  onTestFinished(() => server.close());
  return createServiceContext({ openai: { apiKey: 'key', baseUrl: `${server.origin}/v1` } });
}

test('reads a model’s shutdown date from OpenAI’s list, and does not offer the model after it', async () => {
  const context = await listing([
    { id: 'gpt-image-2', shutdown_date: null },
    { id: 'gpt-image-1.5', shutdown_date: '2999-01-31' },
    { id: 'gpt-image-3', shutdown_date: '2999-01-31T10:00:00Z' },
    { id: 'gpt-image-1', shutdown_date: '2020-10-23' },
    { id: 'gpt-image-4', shutdown_date: 'soon' },
    { id: 'gpt-image-5', shutdown_date: 17 },
  ]);
  const listed = await openai.listModels?.(context);
  expect(listed?.ok && listed.models.map(({ id, shutsDownOn }) => [id, shutsDownOn])).toEqual([
    ['gpt-image-2', undefined],
    ['gpt-image-1.5', '2999-01-31'],
    ['gpt-image-3', '2999-01-31'],
    ['gpt-image-4', undefined],
    ['gpt-image-5', undefined],
  ]);
});

test('reads a list of more than a thousand models completely', async () => {
  const context = await listing(Array.from({ length: 1500 }, (_, index) => ({ id: `flux-${index}` })));
  const listed = await openai.listModels?.(context);
  expect(listed?.ok && listed.models).toHaveLength(1500);
});

it.each([
  [1, 'It offers 1 model.'],
  [1500, 'It offers 1,500 models.'],
  [maxOfferedModels + 1, 'It offers 10,001 models, of which the first 10,000 are listed.'],
])('describes the number of %i models', (count, sentence) => {
  expect(sayInEnglish(describeCount(count, false))).toBe(`The service answers. ${sentence}`);
});

test('reads the limits of models from OpenRouter’s list', () => {
  const answer = {
    data: [
      {
        id: 'a/b',
        name: 'A',
        supported_parameters: {
          resolution: { type: 'enum', values: ['512', '1K', '2K'] },
          aspect_ratio: { type: 'enum', values: ['1:1', '16:9', '1:8', '9:21'] },
          input_references: { type: 'range', min: 0, max: 4 },
          seed: { type: 'boolean' },
          new_kind: 'anything',
        },
      },
      { id: 'c', supported_parameters: null },
    ],
  };
  expect(readPictureModels(answer)).toEqual([
    {
      id: 'a/b',
      label: 'A',
      makes: 'pictures',
      resolutions: ['1K', '2K'],
      aspectRatios: ['1:1', '16:9', '1:8'],
      references: 4,
      needsReference: false,
    },
    { id: 'c', label: 'c', makes: 'pictures' },
  ]);
});
