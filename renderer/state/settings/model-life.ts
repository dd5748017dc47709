// What has become of a model, in words, and what one click does about it.
import { findModel } from '../../../shared/domain/model-lookup';
import type { Model } from '../../../shared/domain/models';
import { useSettings } from './settings-store';

/** @returns a sentence; empty where the model is in use. */
export function lifeInWords({ label, life }: Model): string {
  switch (life.state) {
    case 'available':
      return '';
    case 'deprecated':
      return `${label} is deprecated since ${inWords(life.on)} and will be shut down.`;
    case 'shut-down':
      return `${label} was shut down on ${inWords(life.on)}.`;
  }
}

/** Puts a model into use, and with it its provider: the one that takes the place of Imagen is another's. */
export async function takeModel(id: string): Promise<void> {
  const { settings, provider, change } = useSettings.getState();
  const model = findModel(id);
  if (!model) return;
  const models = {
    ...settings.models,
    [model.provider]: { ...settings.models[model.provider], picture: id },
  };
  await change(model.provider === provider.id ? { models } : { models, provider: model.provider });
}

function inWords(day: string): string {
  return new Date(`${day}T12:00:00`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
}
