// The rows of pictures to come: one a picture, with all that its request will need.

import type { PictureMessage } from '../../../shared/domain/conversations';
import { models } from '../../../shared/domain/model-catalogue';
import { findModel } from '../../../shared/domain/model-lookup';
import type { AspectRatio } from '../../../shared/domain/models';
import { isBilled } from '../../../shared/generator/billing';
import type { PictureJob } from '../../../shared/generator/messages';
import { newId } from '../db/new-id';
import type { ChatContext } from './chat-context';
import { paramsFor } from './params-for';

export type WantedPictures = {
  prompt: string;
  aspectRatio: AspectRatio;
  count: number;
  /** Ids of the pictures that go with the prompt; they have to be there. The first is the one to be edited. */
  references: readonly string[];
  /** The first picture's; without one, chance chooses. */
  seed?: number | undefined;
  /** One that was begun ahead of its being asked for. */
  draft?: PictureJob | null;
};

/** @returns rows to be inserted: the intent is on disk before a request can leave. */
export function placeholders(
  context: ChatContext,
  conversationId: string,
  wanted: WantedPictures,
  at: number,
): PictureMessage[] {
  const { prompt, count, references, draft } = wanted;
  const { id: provider, pictureModel: model } = context.activeProvider();
  const groupId = newId();
  return Array.from({ length: count }, (_, index) => ({
    id: newId(),
    conversationId,
    groupId,
    role: 'assistant',
    kind: 'image',
    // The request of one that is billed has left already.
    status: draft && isBilled(draft) ? 'generating' : 'pending',
    prompt,
    params: {
      ...(draft?.params ?? paramsFor(context, wanted, index)),
      ...(references.length > 0 && { references: [...references] }),
    },
    parentId: references[0] ?? null,
    provider,
    model: references.length > 0 ? (modelForEdits(context) ?? model) : model,
    retryAt: null,
    image: null,
    durationMs: null,
    costMicroUsd: null,
    error: null,
    createdAt: at,
    updatedAt: at,
  }));
}

/** @returns how many reference pictures a model takes; for one that nobody knows, the provider will say. */
export function referencesOf(model: string): number {
  return findModel(model)?.references ?? Number.POSITIVE_INFINITY;
}

/** @returns the model in use where it takes references, else another of its provider's that does; null for none. */
export function modelForEdits(context: ChatContext): string | null {
  const { id, pictureModel } = context.activeProvider();
  if (referencesOf(pictureModel) > 0) return pictureModel;
  const other = models.find(
    ({ provider, references, life }) => provider === id && references > 0 && life.state === 'available',
  );
  return other?.id ?? null;
}
