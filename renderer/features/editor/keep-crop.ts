// Saves the unfinished work of the Crop tab until it is applied or reset, so that closing the editor or the window loses
// nothing. It is stored by the picture's id in localStorage, which is inside the data folder.
import { z } from 'zod';
import { localEditSchema } from '../../../shared/domain/edits';
import { parseJson } from '../../../shared/domain/parse-json';

export const cropRatios = ['1:1', '4:3', '3:2', '16:9', '9:16'] as const;
export type CropRatio = (typeof cropRatios)[number];

/** `ratio`: the fixed ratio of the crop during a drag; null: any. */
const cropWorkSchema = z.strictObject({ change: localEditSchema, ratio: z.enum(cropRatios).nullable() });
export type CropWork = z.infer<typeof cropWorkSchema>;

const key = 'crops';
/** Maximum number of pictures. Beyond it, the oldest work is deleted. */
const maxKept = 100;

/** Returns the entries, oldest first. Invalid ones, for example from another version, are left out. */
function readAll(): [imageId: string, work: CropWork][] {
  const stored = z.record(z.string(), z.unknown()).safeParse(parseJson(localStorage.getItem(key) ?? '{}'));
  return Object.entries(stored.data ?? {}).flatMap(([imageId, value]): [string, CropWork][] => {
    const work = cropWorkSchema.safeParse(value);
    return work.success ? [[imageId, work.data]] : [];
  });
}

/** Returns the unfinished work of a picture; null if there is none. */
export function readCrop(imageId: string): CropWork | null {
  return readAll().find(([id]) => id === imageId)?.[1] ?? null;
}

/** Saves the unfinished work of a picture. @param work null removes it. */
export function keepCrop(imageId: string, work: CropWork | null): void {
  const others = readAll().filter(([id]) => id !== imageId);
  const all = work ? [...others, [imageId, work] as const].slice(-maxKept) : others;
  localStorage.setItem(key, JSON.stringify(Object.fromEntries(all)));
}
