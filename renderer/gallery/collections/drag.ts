// Pictures on their way to a collection: what a drag within the window carries.
import type { DragEvent } from 'react';
import { z } from 'zod';

const type = 'application/x-afterimage-pictures';
const idsSchema = z.array(z.uuid()).min(1);

/** Call it as a drag of pictures begins. */
export function dragPictures({ dataTransfer }: DragEvent, imageIds: readonly string[]): void {
  dataTransfer.setData(type, JSON.stringify(imageIds));
  dataTransfer.effectAllowed = 'copy';
}

export function carriesPictures({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes(type);
}

/** @returns the ids of the pictures that were dropped; none where it was something else. */
export function droppedPictures({ dataTransfer }: DragEvent): string[] {
  try {
    return idsSchema.parse(JSON.parse(dataTransfer.getData(type)));
  } catch {
    return [];
  }
}
