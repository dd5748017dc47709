// The interface of the codec, which runs in the calling process or in its own (codec-client.ts).
import { failure, type Result } from '../../../shared/domain/errors';
import type { WrittenFormat } from '../../../shared/domain/picture-files';
import {
  type ChangeHereTask,
  type CodecTask,
  codecAnswers,
  type DeriveOptions,
  type EditTask,
  type KeepRestTask,
  type MeasuredPicture,
  type PaintRequest,
  type PreparedEdit,
  type Replacement,
} from '../../../shared/generator/codec-messages';
import type { LocatedFile, LocateTask, Remade } from '../../../shared/generator/tasks';

/** No method rejects. A file that crashes the codec repeatedly is reported as unreadable. */
export type Codec = {
  /** Opens a provider's file and measures it. @param file absolute */
  measure: (file: string) => Promise<Result<MeasuredPicture>>;
  /** See `derive` in derive.ts. @param file relative to the data folder */
  derive: (
    dataFolder: string,
    file: string,
    quality: number,
    options?: DeriveOptions,
  ) => Promise<Replacement | null>;
  /** See `sharpen` in derive.ts. @param file relative to the data folder */
  sharpen: (dataFolder: string, file: string, source?: string) => Promise<void>;
  /** See `remake` in derive.ts. @param file relative to the data folder */
  remake: (dataFolder: string, file: string, quality: number, source?: string) => Promise<Remade>;
  /** See `releaseOriginal` in derive.ts. */
  releaseOriginal: (dataFolder: string, imageId: string, file: string) => Promise<boolean>;
  locate: (dataFolder: string, wanted: LocateTask) => Promise<Result<LocatedFile>>;
  /** Writes a PNG of the whole picture. @param file absolute @param target absolute @returns whether it was written */
  writePng: (file: string, target: string) => Promise<boolean>;
  /** Writes the picture in another format; both paths are absolute. @returns whether it was written */
  convert: (file: string, target: string, format: WrittenFormat, quality: number) => Promise<boolean>;
  /** Returns a picture's fingerprint; null if the picture cannot be opened. @param file relative to the data folder */
  fingerprint: (dataFolder: string, file: string) => Promise<Uint8Array | null>;
  /** Writes a small WebP of the bytes. @param file absolute @returns whether the bytes are a picture */
  preview: (file: string, bytes: Uint8Array) => Promise<boolean>;
  /** See `prepareEdit` in prepare-edit.ts. */
  prepareEdit: (task: EditTask) => Promise<Result<PreparedEdit>>;
  /** See `keepRest` in keep-rest.ts. */
  keepRest: (task: KeepRestTask) => Promise<Result<Uint8Array>>;
  /** See `changeHere` in change-here.ts. */
  changeHere: (task: ChangeHereTask) => Promise<Result<Uint8Array>>;
  /** Returns a WebP; null if the codec crashed. */
  paint: (request: PaintRequest) => Promise<Uint8Array | null>;
};

/**
 * Wraps the tasks of a codec.
 *
 * @param run performs a task. Its answer is validated; a rejection counts as a failed task.
 */
export function createCodec(run: (task: CodecTask) => Promise<unknown>): Codec {
  async function ask<Answer>(task: CodecTask, read: (answer: unknown) => Answer, otherwise: Answer) {
    try {
      return read(await run(task));
    } catch (error) {
      console.error(`The codec could not perform the task "${task.kind}":`, error);
      return otherwise;
    }
  }

  return {
    measure: (file) =>
      ask<Result<MeasuredPicture>>(
        { kind: 'measure', file },
        codecAnswers.measure.parse,
        failure('unreadable_picture'),
      ),
    derive: (dataFolder, file, quality, options) =>
      ask({ kind: 'derive', dataFolder, file, quality, ...options }, codecAnswers.derive.parse, null),
    sharpen: (dataFolder, file, source) =>
      ask(
        { kind: 'sharpen', dataFolder, file, ...(source !== undefined && { source }) },
        codecAnswers.sharpen.parse,
        undefined,
      ),
    remake: (dataFolder, file, quality, source) =>
      ask<Remade>(
        { kind: 'remake', dataFolder, file, quality, ...(source !== undefined && { source }) },
        codecAnswers.remake.parse,
        'damaged',
      ),
    releaseOriginal: (dataFolder, imageId, file) =>
      ask(
        { kind: 'release-original', dataFolder, imageId, file },
        codecAnswers['release-original'].parse,
        false,
      ),
    locate: (dataFolder, wanted) =>
      ask<Result<LocatedFile>>(
        { kind: 'locate', dataFolder, ...wanted },
        codecAnswers.locate.parse,
        failure('not_a_picture'),
      ),
    writePng: (file, target) =>
      ask({ kind: 'write-png', file, target }, codecAnswers['write-png'].parse, false),
    convert: (file, target, format, quality) =>
      ask({ kind: 'convert', file, target, format, quality }, codecAnswers.convert.parse, false),
    fingerprint: (dataFolder, file) =>
      ask<Uint8Array | null>({ kind: 'fingerprint', dataFolder, file }, codecAnswers.fingerprint.parse, null),
    preview: (file, bytes) => ask({ kind: 'preview', file, bytes }, codecAnswers.preview.parse, false),
    prepareEdit: (task) =>
      ask<Result<PreparedEdit>>(
        { kind: 'prepare-edit', ...task },
        codecAnswers['prepare-edit'].parse,
        failure('unreadable_picture'),
      ),
    keepRest: (task) =>
      ask<Result<Uint8Array>>(
        { kind: 'keep-rest', ...task },
        codecAnswers['keep-rest'].parse,
        failure('unreadable_picture'),
      ),
    changeHere: (task) =>
      ask<Result<Uint8Array>>(
        { kind: 'change-here', ...task },
        codecAnswers['change-here'].parse,
        failure('not_changed'),
      ),
    paint: (request) => ask<Uint8Array | null>({ kind: 'paint', ...request }, codecAnswers.paint.parse, null),
  };
}
