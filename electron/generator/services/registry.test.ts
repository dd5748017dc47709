// Every kind of service can be found by name, and what no service can do is refused before anything is sent.
import { expect, onTestFinished, test } from 'vitest';
import { knownServices } from '../../../shared/domain/known-services';
import { serviceKindIds } from '../../../shared/domain/service-kinds';
import { json, startLoopback } from '../../../tests/servers/loopback';
import { wireOf } from './registry';
import { createServiceContext } from './test-context';

test.each(serviceKindIds.filter((kind) => kind !== 'painter'))('%s can be found by name', (kind) => {
  expect(knownServices.some((known) => known.kind === kind)).toBe(true);
});

test('a model that changes pictures is not asked with words alone', async () => {
  let requests = 0;
  const server = await startLoopback(() => {
    requests += 1;
    return { body: json(500, {}) };
  });
  onTestFinished(() => server.close());
  const context = createServiceContext({ openai: { apiKey: 'key', baseUrl: server.origin } });
  const made = await wireOf('openai').makePicture(
    {
      ...{ kind: 'picture', jobId: 'a', requestId: 'a', provider: 'openai', prompt: 'a fox' },
      ...{ model: 'qwen-image-edit', params: { aspectRatio: '1:1', seed: 1 } },
    },
    context,
  );
  expect(made).toMatchObject({ ok: false, code: 'reference_needed', costMicroUsd: null });
  expect(requests).toBe(0);
});
