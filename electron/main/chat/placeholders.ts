// Builds placeholder rows: one per picture, with everything that its request will need.

import type { NewMessage, PictureMessage, PictureTile } from '../../../shared/domain/conversations';
import { changeHereModel, type Edit, type MadeChange, type Upscale } from '../../../shared/domain/edits';
import { models } from '../../../shared/domain/model-catalogue';
import { labelOfModel } from '../../../shared/domain/model-lookup';
import type { AspectRatio } from '../../../shared/domain/models';
import { maxReferencesOf, partSentence, partSupportOf } from '../../../shared/domain/part-support';
import type { PictureNote } from '../../../shared/domain/picture-notes';
import { type PictureOptions, unsupportedSettings } from '../../../shared/domain/picture-options';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { ServiceId } from '../../../shared/domain/services';
import type { UsedStyle } from '../../../shared/domain/styles';
import { isBilled } from '../../../shared/generator/billing';
import type { PictureJob } from '../../../shared/generator/jobs';
import { sentence } from '../../../shared/languages/sentence';
import { newId } from '../db/new-id';
import type { ChatContext } from './chat-context';
import { findNotDrawn } from './not-drawn';
import { paramsFor } from './params-for';

export type WantedPictures = {
  prompt: string;
  aspectRatio: AspectRatio;
  /** The ids of the messages, one for each picture. */
  ids: readonly string[];
  /** Ids of the reference pictures; they must exist. The first is the one to edit. */
  references: readonly string[];
  /** The part of the first reference to change. */
  edit?: Edit | undefined;
  /** The picture whose recipe is sent again. */
  repeats?: string | undefined;
  /** How to enlarge the only reference. */
  upscale?: Upscale | undefined;
  /** The local change to make to the only reference. */
  change?: MadeChange | undefined;
  /** Absent ones are left to the settings. */
  options?: PictureOptions | undefined;
  /** Their negative prompts are added to the options. Their prompts are already in `prompt`. */
  styles?: readonly UsedStyle[] | undefined;
  /** Seed of the first picture. Absent: random. */
  seed?: number | undefined;
  /** Offset of the first picture's seed from the chosen seed. */
  seedOffset?: number;
  /** The group that the pictures belong to. Absent: one of their own. */
  groupId?: string;
  tile?: PictureTile;
  /** The prefetched picture that becomes this one. */
  prefetched?: PictureJob | null;
};

/** Returns the rows to insert, so that the intent is on disk before a request can leave. */
export function createPlaceholders(
  context: ChatContext,
  conversationId: string,
  wanted: WantedPictures,
  at: number,
): NewMessage<PictureMessage>[] {
  const { prompt, ids, references, edit, repeats, prefetched, tile } = wanted;
  const { seedOffset = 0, groupId = newId() } = wanted;
  const { id: provider, pictureModel: model } = context.activeProvider();
  const usedModel = references.length > 0 ? (modelForEdits(context) ?? model) : model;
  const notes = [
    ...notesFor(provider, prompt, usedModel, edit),
    ...leftOutNotes(provider, usedModel, { options: wanted.options, isSeedSet: wanted.seed !== undefined }),
  ];
  return ids.map((id, index) => ({
    id,
    conversationId,
    groupId,
    role: 'assistant',
    kind: 'image',
    // The request of a billed prefetch has already left.
    status: prefetched && isBilled(prefetched) ? 'generating' : 'pending',
    prompt,
    params: {
      ...(prefetched?.params ?? paramsFor(context, wanted, seedOffset + index)),
      ...(references.length > 0 && { references: [...references] }),
      ...(edit && { edit }),
      ...(repeats !== undefined && { repeats }),
    },
    parentId: references[0] ?? null,
    provider,
    model: usedModel,
    retryAt: null,
    image: null,
    durationMs: null,
    costMicroUsd: null,
    ...(notes.length > 0 && { notes }),
    ...(tile && { tile }),
    error: null,
    createdAt: at,
    updatedAt: at,
  }));
}

/** Returns the notes that can be made about a picture before it exists. */
export function notesFor(
  provider: ServiceId,
  prompt: string,
  model: string,
  edit: Edit | undefined,
): PictureNote[] {
  const isDrawn = serviceOf(provider).kind === 'painter' && model !== changeHereModel;
  const words = isDrawn ? findNotDrawn(prompt) : [];
  return [
    ...(words.length > 0 ? [{ code: 'not_drawn' as const, words }] : []),
    ...partNotes(provider, model, edit),
  ];
}

/** Returns notes on options that were set for a picture but that its model does not take. */
export function leftOutNotes(
  provider: ServiceId,
  model: string,
  {
    options: { resolution, ...options } = {},
    isSeedSet,
  }: { options?: PictureOptions | undefined; isSeedSet: boolean },
): PictureNote[] {
  // Every model makes 1K, also one with which no other resolution can be chosen.
  const set = { ...options, ...(resolution !== '1K' && { resolution }) };
  const left = unsupportedSettings(provider, model, { options: set, isSeedSet });
  if (left.length === 0) return [];
  const values = (name: (typeof left)[number]) => ({
    model: labelOfModel(model, provider),
    settings: sentence(`composer.not_taken_${name}`),
  });
  return [
    {
      code: 'settings_left_out',
      sentences: left.map((name) => sentence('composer.not_taken', values(name))),
    },
  ];
}

/** Returns notes on how this model changes a part of a picture. */
export function partNotes(provider: ServiceId, model: string, edit: Edit | undefined): PictureNote[] {
  const sentence = edit ? partSentence(partSupportOf(provider, model), edit) : null;
  return sentence === null ? [] : [{ code: 'part_not_exact', sentence }];
}

/** Returns the active model if it takes references, else another of its provider's models that does, else null. */
export function modelForEdits(context: ChatContext): string | null {
  const { id, pictureModel } = context.activeProvider();
  if (maxReferencesOf(id, pictureModel) > 0) return pictureModel;
  const other = models.find(
    ({ kind, references, life }) =>
      kind === serviceOf(id).kind && references > 0 && life.state === 'available',
  );
  return other?.id ?? null;
}
