// The caption under the pictures of one request: their model, state, time and total cost.

import type { PictureMessage } from '../../../shared/domain/conversations';
import { serviceOf } from '../../../shared/domain/service-directory';
import { t } from '../../../shared/languages/translate';
import { modelLabels } from '../../state/engine/model-label';
import { formatCost, formatDuration } from '../../ui/format';

/** Returns whether a picture is still to be made. */
export function isWaiting({ status }: PictureMessage): boolean {
  return status === 'pending' || status === 'generating';
}

/**
 * Returns the cost of a picture in micro-dollars, `unknown` if it was or may have been charged at an unknown price, or
 * null if it is not known yet. The cost is stored together with the duration.
 */
export function costOf(message: PictureMessage): number | 'unknown' | null {
  const { status, provider, durationMs, costMicroUsd } = message;
  if (costMicroUsd === 0 && status !== 'ready' && !serviceOf(provider).free) return 'unknown';
  if (costMicroUsd !== null) return costMicroUsd;
  return status === 'ready' && durationMs !== null ? 'unknown' : null;
}

/** Returns how a picture differs from the requested shape. It is part of the caption, so that nothing moves. */
export function shapeOf({ notes = [] }: PictureMessage): string | false {
  const note = notes.find(({ code }) => code === 'other_shape');
  if (note?.code !== 'other_shape') return false;
  const { asked, got } = note;
  const { aspectRatio: shape, resolution } = asked;
  const wanted = resolution === undefined ? shape : t('chat.shape_at_resolution', { shape, resolution });
  return t('chat.other_shape', { width: got.width, height: got.height, wanted });
}

/** Returns the pictures that the caption is about: those that are not deleted, as long as there are any. */
export function captioned(messages: readonly PictureMessage[]): readonly PictureMessage[] {
  const kept = messages.filter(
    ({ status, image }) => status !== 'ready' || (image && image.state !== 'trash'),
  );
  return kept.length > 0 ? kept : messages;
}

/** The parts of a caption, in order. */
export type Caption = { name: string; facts: readonly string[]; price: string | false };

export function captionText({ name, facts, price }: Caption): string {
  return [name, ...facts, price].filter((part) => part !== false).join(' · ');
}

/**
 * @param seconds since the request started.
 * @param models the names of their models.
 */
export function groupCaption(
  messages: readonly PictureMessage[],
  seconds: number,
  models = modelLabels(messages, null),
): Caption {
  const ready = messages.filter(({ status }) => status === 'ready').length;
  const count = messages.length;
  const counted =
    ready === count ? t('chat.pictures', { count }) : t('chat.pictures_ready', { ready, count });
  if (messages.some(isWaiting))
    return { name: models, facts: [counted, progressOf(messages, seconds)], price: false };
  const facts = [counted, shapesOf(messages), reusedOf(messages), durationOf(messages)];
  return { name: models, facts: facts.filter((fact) => fact !== false), price: costOfAll(messages) };
}

/** Returns a text such as "2 are 1024 × 1024 instead of 3:2", without the number if it is true of all pictures. */
function shapesOf(messages: readonly PictureMessage[]): string | false {
  const made = messages.filter(({ status }) => status === 'ready').length;
  const shapes = messages.map(shapeOf).filter((shape) => shape !== false);
  const [first] = shapes;
  if (first === undefined) return false;
  if (shapes.some((shape) => shape !== first))
    return t('chat.some_in_other_shapes', { count: shapes.length });
  if (shapes.length === made) return first;
  return t('chat.some_in_other_shape', { count: shapes.length, shape: first });
}

function reusedOf(messages: readonly PictureMessage[]): string | false {
  const count = messages.filter(({ reusedId }) => reusedId !== undefined).length;
  return count > 0 && t('chat.some_from_gallery', { count });
}

function progressOf(messages: readonly PictureMessage[], seconds: number): string {
  if (!messages.some(({ status }) => status === 'generating')) return t('chat.in_queue');
  return generatingFor(seconds);
}

/** Returns how long a picture has been in progress, as part of a caption. */
export function generatingFor(seconds: number): string {
  return seconds < 1 ? t('chat.generating') : t('chat.generating_for', { seconds });
}

/** The pictures are made at the same time, so the slowest one counts. */
function durationOf(messages: readonly PictureMessage[]): string | false {
  const longest = Math.max(...messages.map(({ durationMs }) => durationMs ?? 0));
  return longest > 0 && formatDuration(longest);
}

function costOfAll(messages: readonly PictureMessage[]): string | false {
  const costs = messages.map(costOf);
  const known = costs.filter((cost) => typeof cost === 'number');
  const sum = known.reduce((total, cost) => total + cost, 0);
  if (!costs.includes('unknown')) return known.length > 0 && formatCost(sum);
  return sum > 0 ? t('chat.at_least', { cost: formatCost(sum) }) : t('chat.cost_unknown');
}
