import { expect, test } from 'vitest';
import { models } from '../../../../shared/domain/model-catalogue';
import { serviceKinds } from '../../../../shared/domain/service-kinds';
import { costOfUsage } from './cost';

const usage = { prompt_tokens: 1000, completion_tokens: 200 };

test.each(models.flatMap(({ id, kind, makes }) => (kind === 'openai' && makes !== 'pictures' ? [id] : [])))(
  'the text model %s of the catalogue has a price',
  (id) => {
    expect(costOfUsage('openai', id, usage)).toBeGreaterThan(0);
  },
);

test('prices the default text model and its snapshot', () => {
  const { defaultTextModel } = serviceKinds.openai;
  // 1,000 tokens at $0.75 and 200 at $4.50 a million.
  expect(costOfUsage('openai', defaultTextModel ?? '', usage)).toBe(1650);
  expect(costOfUsage('openai', 'gpt-5.4-mini-2026-03-17', usage)).toBe(1650);
});

test('has no price for a model of another service or another name', () => {
  expect(costOfUsage('openai-compatible', 'gpt-5.4-mini', usage)).toBeNull();
  expect(costOfUsage('openai', 'gpt-5.4-mini-of-mine', usage)).toBeNull();
  expect(costOfUsage('openai', 'gpt-5.4-pro', usage)).toBeNull();
});
