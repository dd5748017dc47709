import { describe, expect, test } from 'vitest';
import { type ServiceKind, serviceKindIds, serviceKinds } from './service-kinds';
import { newService } from './services';
import { chooseTextService, hasVision } from './text-service';

const painter = newService('painter', 'painter', 'Painter');
const google = newService('google', 'google', 'Google');
const openai = newService('openai', 'openai', 'OpenAI');
const ollama = newService('mine', 'ollama', 'Ollama');
const lacksKey = () => false;

describe('the text service', () => {
  test('is that of the chat if it has a text model', () => {
    const services = [painter, google, openai];
    expect(chooseTextService('improve', { services, preferred: 'openai', lacksKey })).toEqual({
      serviceId: 'openai',
      model: 'gpt-5.4-mini',
    });
  });

  test('is the first connected one if that of the chat only makes pictures', () => {
    const off = { ...google, enabled: false };
    const services = [painter, off, { ...openai, textModel: 'gpt-5-mini' }, ollama];
    expect(chooseTextService('improve', { services, preferred: 'painter', lacksKey })).toEqual({
      serviceId: 'openai',
      model: 'gpt-5-mini',
    });
    const keyless = (id: string) => id === 'openai';
    expect(chooseTextService('improve', { services, preferred: 'painter', lacksKey: keyless })).toEqual({
      serviceId: 'mine',
      model: 'qwen3:4b',
    });
  });

  test('is null if no service has a text model', () => {
    expect(chooseTextService('improve', { services: [painter], preferred: 'painter', lacksKey })).toBeNull();
  });

  test('has vision for a description, even if that of the chat does not', () => {
    const services = [painter, ollama, google];
    expect(chooseTextService('describe', { services, preferred: 'mine', lacksKey })?.serviceId).toBe(
      'google',
    );
    expect(
      chooseTextService('describe', { services: [painter, ollama], preferred: 'mine', lacksKey }),
    ).toBeNull();
  });
});

describe('a model', () => {
  test.each<[ServiceKind, string]>([
    ['google', 'gemini-3.8-flash'],
    ['vertex', 'gemini-3.5-flash-lite'],
    ['openai', 'gpt-5.4-mini'],
    ['openai', 'gpt-4o-2024-08-06'],
    ['openrouter', 'google/gemini-3.8-flash'],
    ['openrouter', 'anthropic/claude-sonnet-4.5'],
    ['xai', 'grok-4'],
    ['ollama', 'qwen3-vl:8b'],
    ['ollama', 'llava'],
    ['ollama', 'llama3.2-vision:11b'],
    ['ollama', 'gemma3:4b'],
    ['siliconflow', 'Qwen/Qwen2.5-VL-72B-Instruct'],
  ])('of %s, %s, has vision', (kind, model) => {
    expect(hasVision(kind, model)).toBe(true);
  });

  test.each<[ServiceKind, string]>([
    ['together', 'meta-llama/Llama-3.3-70B-Instruct-Turbo'],
    ['siliconflow', 'Qwen/Qwen3-8B'],
    ['ollama', 'qwen3:4b'],
    ['ollama', 'gemma3:1b'],
    ['openai', 'gpt-3.5-turbo'],
    ['openai', 'o3-mini'],
    ['openai', 'gpt-4o-audio-preview'],
    ['openai-compatible', 'my-model'],
    ['google', 'gemini-embedding-001'],
  ])('of %s, %s, is not known to have vision', (kind, model) => {
    expect(hasVision(kind, model)).toBe(false);
  });

  test('has a default at every kind with text models', () => {
    const talking = serviceKindIds.filter((kind) => serviceKinds[kind].defaultTextModel !== null);
    const seeing = talking.filter((kind) => hasVision(kind, serviceKinds[kind].defaultTextModel ?? ''));
    expect(seeing).toEqual(['google', 'vertex', 'openai', 'openai-compatible', 'openrouter', 'xai', 'azure']);
  });
});
