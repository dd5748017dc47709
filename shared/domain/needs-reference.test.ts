import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { rememberModels } from './listed-models';
import { needsReference, partSupportOf } from './part-support';
import { useServiceDirectory } from './service-directory';
import { type ServiceKind, serviceKindIds, serviceKinds } from './service-kinds';
import { builtInService, builtInServiceIds } from './services';

beforeEach(() => {
  useServiceDirectory(
    serviceKindIds.map((kind) => ({ id: kind, kind, name: serviceKinds[kind].label, address: null })),
  );
  onTestFinished(() => useServiceDirectory(builtInServiceIds.map(builtInService)));
});

test.each<[ServiceKind, string]>([
  ['fal', 'fal-ai/nano-banana-2/edit'],
  ['fal', 'fal-ai/flux-pro/kontext'],
  ['fal', 'fal-ai/flux/dev/image-to-image'],
  ['fal', 'fal-ai/clarity-upscaler'],
  ['fal', 'fal-ai/aura-sr'],
  ['fal', 'fal-ai/birefnet/v2'],
  ['fal', 'fal-ai/ideogram/v3/reframe'],
  ['replicate', 'nightmareai/real-esrgan'],
  ['replicate', 'black-forest-labs/flux-fill-pro'],
  ['replicate', '851-labs/background-remover'],
  ['siliconflow', 'Qwen/Qwen-Image-Edit-2509'],
  ['alibaba', 'qwen-image-edit-plus'],
  ['alibaba', 'wan2.5-i2i-preview'],
  ['volcengine', 'doubao-seededit-3-0-i2i-250628'],
  ['openai-compatible', 'qwen-image-edit'],
  ['black-forest-labs', 'flux-pro-1.0-expand'],
])('%s: %s needs a reference picture', (kind, model) => {
  expect(needsReference(kind, model)).toBe(true);
});

test.each<[ServiceKind, string]>([
  ['fal', 'fal-ai/flux/schnell'],
  ['fal', 'fal-ai/flux-pro/kontext/text-to-image'],
  ['fal', 'fal-ai/bytedance/seedream/v4/text-to-image'],
  ['fal', 'fal-ai/expedition'],
  // At every other service, Kontext also makes pictures from a prompt alone.
  ['black-forest-labs', 'flux-kontext-pro'],
  ['replicate', 'black-forest-labs/flux-kontext-max'],
  ['fireworks', 'accounts/fireworks/models/flux-kontext-pro'],
  ['openai', 'gpt-image-2'],
  ['google', 'gemini-nano-banana-2.1'],
  ['openrouter', 'somebody/credit-depths'],
  // An engine loads an inpainting checkpoint for both.
  ['automatic1111', 'sd-v1-5-inpainting.safetensors'],
  ['comfyui', 'upscaled-fill-edit.safetensors'],
])('%s: %s makes pictures from a prompt alone', (kind, model) => {
  expect(needsReference(kind, model)).toBe(false);
});

test.each(serviceKindIds)('the default model of %s makes pictures from a prompt alone', (kind) => {
  expect(needsReference(kind, serviceKinds[kind].defaultModel)).toBe(false);
});

test('the service’s list takes precedence over the name', () => {
  const offered = { label: 'A', makes: 'pictures' } as const;
  rememberModels('fal', 'fal', [
    { ...offered, id: 'fal-ai/both/edit', needsReference: false },
    { ...offered, id: 'fal-ai/changes', needsReference: true },
    { ...offered, id: 'fal-ai/none/edit', references: 0 },
  ]);
  onTestFinished(() => rememberModels('fal', 'fal', []));
  expect(needsReference('fal', 'fal-ai/both/edit')).toBe(false);
  expect(needsReference('fal', 'fal-ai/changes')).toBe(true);
  // Nobody could use a model that needs a picture and takes none.
  expect(needsReference('fal', 'fal-ai/none/edit')).toBe(false);
  expect(partSupportOf('fal', 'fal-ai/none/edit')).toBe('none');
});
