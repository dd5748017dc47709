// What can be done with one picture or many of them beyond looking: this part of the contract's shapes.
import { z } from 'zod';
import type { PictureParams } from '../domain/models';
import type { ImportedParams } from '../domain/read-recipe';
import { maxSelected } from './collections';

const id = z.uuid();
const imageIds = z.array(id).min(1).max(maxSelected);
const pixel = z.int().min(0).max(100_000);

/** Most pictures of one export. */
export const maxExportedPictures = 1_000_000;
export const exportKinds = ['folder', 'zip'] as const;

export const galleryActionSchemas = {
  'images:facts': z.strictObject({ imageId: id }),
  /** Copies the picture that is on screen at this place, in CSS pixels of the window. */
  'images:copy': z.strictObject({ x: pixel, y: pixel }),
  'images:delete-many': z.strictObject({ imageIds }),
  'images:restore-many': z.strictObject({ imageIds }),
  /** Hands pictures that are being dragged to the system. `icon`: what of the window goes along with the pointer. */
  'images:drag-out': z.strictObject({
    imageIds,
    icon: z.strictObject({ x: pixel, y: pixel, width: pixel, height: pixel }),
  }),
  'export:start': z.strictObject({
    imageIds: z.array(id).min(1).max(maxExportedPictures),
    as: z.enum(exportKinds),
  }),
  'export:cancel': z.strictObject({}),
} satisfies Record<string, z.ZodType>;

export type GalleryActionRequest = keyof typeof galleryActionSchemas;

export type GalleryActionReplies = {
  'images:facts': RecipeFacts;
  'images:copy': null;
  /** The ids of those that were in the gallery and are in Trash now. */
  'images:delete-many': string[];
  /** The ids of those that are back. */
  'images:restore-many': string[];
  'images:drag-out': null;
  /** Null when the person closed the dialog, or stopped it. `skipped`: their files are missing. */
  'export:start': { path: string; exported: number; skipped: number } | null;
  'export:cancel': null;
};

export type ExportProgress = { done: number; total: number };

/** How a picture was made, as far as anything still knows. */
export type RecipeFacts = {
  /** Null where this version cannot read them, or it came from elsewhere. */
  params: PictureParams | null;
  /** What the file of a picture that was brought in told; null for one that was made here. */
  imported: ImportedParams | null;
  /** Such as "PNG". */
  format: string;
  durationMs: number | null;
  costMicroUsd: number | null;
  /** Where it was asked for; null where that conversation is gone. */
  conversation: { id: string; title: string; messageId: string } | null;
  /** The picture that it was made from; null where it is none, or gone. */
  parent: { id: string; prompt: string } | null;
};
