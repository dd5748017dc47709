// What the main process asks the generator beside its jobs: each task has one answer, and none costs anything.
import type { LocalEdit } from '../domain/edits';
import type { WrittenFormat } from '../domain/picture-files';
import type { Recipe } from '../domain/recipe';
import type { ServiceId } from '../domain/services';
import type { LinkedFile } from './jobs';

/** A file that the user located for a picture whose own is missing. It is validated and copied as the picture's own. */
export type LocateTask = {
  imageId: string;
  /** Absolute. */
  chosen: string;
  /** Pixels. A file of another size is another picture. */
  width: number;
  height: number;
  /** The file stays where it is: nothing is copied. */
  isLinked?: boolean;
};

/** A picture to make from another one on this computer. */
export type ChangeRequest = {
  newImageId: string;
  /** The original, relative to the data folder, or absolute if it stays in a folder of the user's. */
  file: string;
  change: LocalEdit;
  /** What its recipe says besides: mostly what is known about the original. */
  origin: Pick<Recipe, 'prompt' | 'provider' | 'model' | 'params' | 'createdAt' | 'durationMs' | 'parentId'>;
};

export type GeneratorTask =
  /**
   * Makes the small versions of a picture that are missing, after those that are being made already. Answered by a possible
   * `derived` and by `small-versions-ended`, with the same number. `link`: where the picture is, if not at `file`.
   */
  | { type: 'derive'; task: number; imageId: string; file: string; link?: LinkedFile }
  /** Makes the thumbnail that is larger than those that every picture has. Answered by `small-versions-ended`, as `derive`. */
  | { type: 'sharpen'; task: number; imageId: string; file: string; link?: LinkedFile }
  /** Answered by `located`, with the same number. */
  | ({ type: 'locate'; task: number } & LocateTask)
  /** Answered by `changed`, with the same number. */
  | ({ type: 'change-here'; task: number } & ChangeRequest)
  /** Writes a picture as a PNG. Answered by `png-written`, with the same number. @param file @param target absolute */
  | { type: 'write-png'; task: number; file: string; target: string }
  /** Writes a picture in another format. Answered by `converted`, with the same number. Both paths are absolute. */
  | { type: 'convert'; task: number; file: string; target: string; format: WrittenFormat; quality: number }
  /** Reads how a picture looks. Answered by `fingerprint-read`, with the same number. @param file relative to the data folder */
  | { type: 'read-fingerprint'; task: number; imageId: string; file: string }
  /** Checks the key or the address without making anything. Answered by `checked`, with the same number. */
  | { type: 'check'; task: number; provider: ServiceId }
  /** Answered by `listed`, with the same number. */
  | { type: 'list-models'; task: number; provider: ServiceId }
  /** Asks which files the nodes of a workflow can load. Answered by `files-listed`, with the same number. */
  | { type: 'list-files'; task: number; provider: ServiceId; classes: readonly string[] };

/**
 * Whether a task is given once more, to the next generator, if the one that had it is gone. One that may be charged must
 * never be.
 */
export const isRepeatable: Readonly<Record<GeneratorTask['type'], boolean>> = {
  // Questions to a service that make nothing.
  check: true,
  'list-models': true,
  'list-files': true,
  // They write the same files again, and the user waits for them.
  locate: true,
  'change-here': true,
  'write-png': true,
  convert: true,
  // Whoever lacks what they make asks again.
  derive: false,
  sharpen: false,
  'read-fingerprint': false,
};
