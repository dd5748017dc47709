// The shape of the pictures that the draft requests: the chosen one, or that of the first attached picture.

import { useEffect } from 'react';
import { create } from 'zustand';
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import type { Draft } from '../../../shared/domain/draft';
import { nearestRatio } from '../../../shared/domain/model-lookup';
import { type AspectRatio, pictureSizes } from '../../../shared/domain/models';
import { nearestAspectRatio } from '../../../shared/domain/nearest-aspect-ratio';
import { hasRatio } from '../../../shared/domain/picture-notes';
import { request } from '../../ipc';
import { useChosenProvider } from './chosen-provider';
import { useDraft } from './draft-store';
import { useChosenShape } from './last-choice';
import { ratioFor } from './question-recipe';

/** Pixels. */
type Size = { width: number; height: number };

/** The sizes of attached pictures by id, which never change; null for a picture that does not exist. */
const useSizes = create<{ sizes: Readonly<Record<string, Size | null>> }>()(() => ({ sizes: {} }));

async function readSize(imageId: string): Promise<void> {
  if (useSizes.getState().sizes[imageId]) return;
  const reply = await request('gallery:tiles', { ids: [imageId] });
  const [image = null] = reply.ok ? reply.value : [];
  const size = image && { width: image.width, height: image.height };
  useSizes.setState(({ sizes }) => ({ sizes: { ...sizes, [imageId]: size } }));
}

type Shaped = Pick<Draft, 'aspectRatio' | 'followsPicture' | 'references'>;

/** Returns the picture that determines the shape; undefined if there is none. */
function followedBy({ followsPicture, references }: Shaped): string | undefined {
  return followsPicture ? references[0] : undefined;
}

export type DraftShape = {
  /** The requested ratio. Each model makes the nearest one that it supports. */
  wanted: AspectRatio;
  /** The nearest ratio that the model of the chat supports. */
  aspectRatio: AspectRatio;
  /** Whether it is exactly the attached picture's, or the nearest one that the model supports. */
  follows: 'nothing' | 'picture' | 'nearest';
};

export function useDraftShape(): DraftShape {
  const chosen = useChosenShape();
  const followed = useDraft(followedBy);
  const size = useSizes(({ sizes }) => (followed === undefined ? null : (sizes[followed] ?? null)));
  const { id, pictureModel } = useChosenProvider();
  useEffect(() => {
    if (followed !== undefined) void readSize(followed);
  }, [followed]);
  const wanted = size ? nearestAspectRatio(size) : chosen;
  const aspectRatio = nearestRatio(id, pictureModel, wanted);
  return {
    wanted,
    aspectRatio,
    follows: size ? (isShapeOf(size, aspectRatio) ? 'picture' : 'nearest') : 'nothing',
  };
}

/** Returns whether the shape is that of a picture whose size is not known yet. */
export function isShapeUnknown(draft: Shaped): boolean {
  const followed = followedBy(draft);
  return followed !== undefined && useSizes.getState().sizes[followed] === undefined;
}

/** Loads the size of the picture that determines a draft's shape, if there is one. */
export async function readShape(draft: Shaped): Promise<void> {
  const followed = followedBy(draft);
  if (followed !== undefined) await readSize(followed);
}

/**
 * Returns the shape for sending a draft, as `useDraftShape` shows it. Synchronous, because a draft that was taken from the
 * composer has to be sent at once: otherwise the emptied composer would cancel the prefetch of its picture.
 */
export function shapeToSend(draft: Shaped, models: readonly ChosenModel[]): AspectRatio {
  const followed = followedBy(draft);
  const size = followed === undefined ? null : useSizes.getState().sizes[followed];
  return ratioFor({ models, aspectRatio: size ? nearestAspectRatio(size) : draft.aspectRatio });
}

function isShapeOf(size: Size, ratio: AspectRatio): boolean {
  const { width, height } = pictureSizes[ratio];
  return hasRatio(size, width / height);
}
