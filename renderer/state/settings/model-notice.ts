// What is wrong with the model in use, by the service's own list and by the catalogue, and which one to use instead.
import { isUnlisted, listedModel, listedModels } from '../../../shared/domain/listed-models';
import { findModelOf, labelOfModel } from '../../../shared/domain/model-lookup';
import { firstForPictures, type Model, type OfferedModel } from '../../../shared/domain/models';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { ServiceId } from '../../../shared/domain/services';
import { formatCount, formatDate } from '../../ui/format';

export type ModelProblem = {
  isGone: boolean;
  title: string;
  text: string;
  /** Null if no other model is known. */
  replacement: { id: string; label: string } | null;
};

/** Returns null for a model that works, as far as is known. */
export function modelProblem(service: ServiceId, modelId: string): ModelProblem | null {
  const { name, free } = serviceOf(service);
  const listed = listedModels(service);
  const other = firstForPictures(listed, modelId);
  if (isUnlisted(service, modelId) && other) {
    const count = listed.filter(({ makes }) => makes === other.makes).length;
    const catalogued = successorOf(findModelOf(service, modelId));
    const replacement = listed.find(({ id }) => id === catalogued) ?? other;
    return {
      isGone: true,
      title: `${name} does not list ${findModelOf(service, modelId)?.label ?? modelId}`,
      text: describeList(count, other, replacement),
      replacement,
    };
  }
  const model = findModelOf(service, modelId);
  // A server of the user's own has models of its own under any name.
  if (model && model.life.state !== 'available' && !free) {
    const { life } = model;
    const replacement = {
      id: life.replacement,
      label: labelOfModel(life.replacement),
    };
    const isGone = life.state === 'shut-down';
    return {
      isGone,
      title: describeLifecycle(model),
      text: `${isGone ? 'Requests to it fail.' : 'It works until then.'} ${replacement.label} replaces it.`,
      replacement,
    };
  }
  const { shutsDownOn, label = modelId } = listedModel(service, modelId) ?? {};
  if (model || shutsDownOn === undefined) return null;
  return {
    isGone: false,
    title: `${label} will be shut down on ${formatIsoDay(shutsDownOn)}`,
    text: other ? `It works until then. ${name} also lists ${other.label}.` : 'It works until then.',
    replacement: other ?? null,
  };
}

function describeList(count: number, { makes, label }: OfferedModel, { label: best }: OfferedModel): string {
  const models = formatCount(count, 'model');
  if (makes === null) return `It lists ${models}, and does not say which of them make pictures.`;
  return count === 1 ? `It lists ${label}.` : `It lists ${models}, such as ${best}.`;
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
      if (life.until !== undefined) return `${label} will be shut down on ${formatIsoDay(life.until)}.`;
      return `${label} is deprecated${life.on === undefined ? '' : ` since ${formatIsoDay(life.on)}`} and will be shut down.`;
    case 'shut-down':
      return `${label} was shut down on ${formatIsoDay(life.on)}.`;
  }
}

function formatIsoDay(day: string): string {
  return formatDate(new Date(`${day}T12:00:00`), { day: 'numeric', month: 'long', year: 'numeric' });
}
