import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { useServiceDirectory } from '../../../shared/domain/service-directory';
import { builtInService, builtInServiceIds, newService, type Service } from '../../../shared/domain/services';
import { unconfigured } from '../../../shared/generator/jobs';
import { startOpenaiServer } from '../../../tests/servers/openai-server';
import { wireOf } from './registry';
import { createServiceContext } from './test-context';

const gone = { message: 'No such model.', code: 'model_not_found' };

beforeEach(() => onTestFinished(() => useServiceDirectory(builtInServiceIds.map(builtInService))));

async function ask(
  model: string,
  listed: readonly string[],
  service = newService('mine', 'openai-compatible', 'Mine'),
) {
  const server = await startOpenaiServer({ models: listed });
  onTestFinished(() => server.close());
  const asked: Service = { ...service, address: service.address ?? server.baseUrl };
  useServiceDirectory([asked]);
  server.answerNext({ kind: 'error', status: 404, error: gone });
  const context = {
    ...createServiceContext(),
    service: { ...unconfigured(asked), baseUrl: server.baseUrl, apiKey: 'key' },
  };
  const made = await wireOf(asked.kind).makePicture(
    {
      ...{ kind: 'picture', jobId: 'a', requestId: 'a', provider: asked.id, model, prompt: 'a fox' },
      params: { aspectRatio: '1:1', seed: 1 },
    },
    context,
  );
  expect(made).toMatchObject({ ok: false, code: 'model_gone', costMicroUsd: null });
  return made && 'message' in made ? made.message : '';
}

test('names a model that the user’s own server lists, not the successor of OpenAI’s model of the same name', async () => {
  expect(await ask('gpt-image-1', ['qwen3:4b', 'sdxl-turbo'])).toBe(
    'Mine does not offer the model “gpt-image-1”. It offers “sdxl-turbo”. Choose a model that it offers, then try again.',
  );
});

test('does not name the refused model, even if it is listed', async () => {
  expect(await ask('sdxl', ['sdxl', 'flux-schnell'])).toContain('It offers “flux-schnell”.');
});

test('keeps its sentence if no listed model makes pictures', async () => {
  expect(await ask('sdxl', ['text-embedding-3'])).toContain('Choose another model');
});

test('shows at most a hundred characters of a model’s name, and no invisible ones', async () => {
  const message = await ask(`\u202Eа${'光'.repeat(150)}`, ['flux']);
  expect(message).toContain(`“а${'光'.repeat(99)}…”`);
});

test('names the successor of a model that OpenAI has retired', async () => {
  const openai = { ...builtInService('openai'), address: 'https://api.example.org/v1' };
  expect(await ask('gpt-image-1', ['dall-e-9'], openai)).not.toContain('dall-e-9');
});
