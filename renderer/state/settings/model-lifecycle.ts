// Explains that a model is deprecated or shut down, and switches to its replacement.
import { findModel } from '../../../shared/domain/model-lookup';
import type { Model } from '../../../shared/domain/models';
import { formatDate } from '../../ui/format';
import { useSettings } from './settings-store';

/** Returns a sentence; empty if the model is available. */
export function describeLifecycle({ label, life }: Model): string {
  switch (life.state) {
    case 'available':
      return '';
    case 'deprecated':
      return `${label} is deprecated since ${formatIsoDay(life.on)} and will be shut down.`;
    case 'shut-down':
      return `${label} was shut down on ${formatIsoDay(life.on)}.`;
  }
}

/** Selects a model and its provider, which may be another one: Imagen's replacement belongs to Google. */
export async function selectModel(id: string): Promise<void> {
  const { settings, provider, change } = useSettings.getState();
  const model = findModel(id);
  if (!model) return;
  const models = {
    ...settings.models,
    [model.provider]: { ...settings.models[model.provider], picture: id },
  };
  await change(model.provider === provider.id ? { models } : { models, provider: model.provider });
}

function formatIsoDay(day: string): string {
  return formatDate(new Date(`${day}T12:00:00`), { day: 'numeric', month: 'long', year: 'numeric' });
}
