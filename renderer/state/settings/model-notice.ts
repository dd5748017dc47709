// Finds problems with the model in use, from its service's list and from the catalogue, and a replacement.
import { isUnlisted, listedModel, listedModels } from '../../../shared/domain/listed-models';
import { findModelOf, labelOfModel } from '../../../shared/domain/model-lookup';
import { firstPictureModel, type Model, type OfferedModel } from '../../../shared/domain/models';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { ServiceId } from '../../../shared/domain/services';
import { t } from '../../../shared/languages/translate';
import { formatDate } from '../../ui/format';

export type ModelProblem = {
  isGone: boolean;
  title: string;
  text: string;
  /** Null if no other model is known. */
  replacement: { id: string; label: string } | null;
};

/** Returns null for a model without a known problem. */
export function modelProblem(service: ServiceId, modelId: string): ModelProblem | null {
  const { name, free } = serviceOf(service);
  const listed = listedModels(service);
  const other = firstPictureModel(listed, modelId);
  if (isUnlisted(service, modelId) && other) {
    const count = listed.filter(({ makes }) => makes === other.makes).length;
    const catalogued = successorOf(findModelOf(service, modelId));
    const replacement = listed.find(({ id }) => id === catalogued) ?? other;
    return {
      isGone: true,
      title: t('settings.model_not_listed', {
        service: name,
        model: labelOfModel(modelId, service),
      }),
      text: describeList(service, count, other, replacement),
      replacement: named(service, replacement),
    };
  }
  const model = findModelOf(service, modelId);
  // The user's own server may have its own models under any name.
  if (model && model.life.state !== 'available' && !free) {
    const { life } = model;
    const replacement = {
      id: life.replacement,
      label: labelOfModel(life.replacement, service),
    };
    const isGone = life.state === 'shut-down';
    return {
      isGone,
      title: describeLifecycle(model),
      text: t(isGone ? 'settings.gone_model_replaced' : 'settings.ending_model_replaced', {
        replacement: replacement.label,
      }),
      replacement,
    };
  }
  const { shutsDownOn } = listedModel(service, modelId) ?? {};
  if (model || shutsDownOn === undefined) return null;
  return {
    isGone: false,
    title: t('settings.model_ends', {
      model: labelOfModel(modelId, service),
      day: formatIsoDay(shutsDownOn),
    }),
    text: other
      ? t('settings.works_until_then_other', { service: name, model: labelOfModel(other.id, service) })
      : t('settings.works_until_then'),
    replacement: other ? named(service, other) : null,
  };
}

function named(service: ServiceId, { id }: OfferedModel): { id: string; label: string } {
  return { id, label: labelOfModel(id, service) };
}

function describeList(
  service: ServiceId,
  count: number,
  { id, makes }: OfferedModel,
  best: OfferedModel,
): string {
  if (makes === null) return t('settings.lists_unclear_models', { count });
  return count === 1
    ? t('settings.lists_one_model', { model: labelOfModel(id, service) })
    : t('settings.lists_models', { count, model: labelOfModel(best.id, service) });
}

function successorOf(model: Model | undefined): string | null {
  return model && model.life.state !== 'available' ? model.life.replacement : null;
}

/** Returns a sentence; empty if the model is available. */
export function describeLifecycle({ label, life }: Model): string {
  switch (life.state) {
    case 'available':
      return '';
    case 'deprecated':
      if (life.until !== undefined)
        return t('settings.model_will_end', { model: label, day: formatIsoDay(life.until) });
      return life.on === undefined
        ? t('settings.model_deprecated', { model: label })
        : t('settings.model_deprecated_since', { model: label, day: formatIsoDay(life.on) });
    case 'shut-down':
      return t('settings.model_ended', { model: label, day: formatIsoDay(life.on) });
  }
}

function formatIsoDay(day: string): string {
  return formatDate(new Date(`${day}T12:00:00`), { day: 'numeric', month: 'long', year: 'numeric' });
}
