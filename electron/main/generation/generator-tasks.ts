// The generator's tasks: requests with one answer, which fail as `generator_stopped` when its process ends.

import { failure, type Result, success } from '../../../shared/domain/errors';
import type { OfferedModel } from '../../../shared/domain/models';
import type { WrittenFormat } from '../../../shared/domain/picture-files';
import type { ServiceId } from '../../../shared/domain/services';
import type { WorkflowFiles } from '../../../shared/domain/workflows';
import type { LinkedFile } from '../../../shared/generator/jobs';
import type {
  ChangedPicture,
  ChangeRequest,
  GeneratorTask,
  LocatedFile,
  LocateTask,
  Remade,
  TaskAnswer,
} from '../../../shared/generator/tasks';
import type { Sentence } from '../../../shared/languages/sentence';

/**
 * Sends a task (to the next child if there is none) and resolves with the result of `read` for its answer. `read`
 * returns `undefined` for an answer of the wrong type.
 */
export type RunTask = <Value>(
  message: (task: number) => GeneratorTask,
  read: (answer: TaskAnswer) => Result<Value> | undefined,
) => Promise<Result<Value>>;

/** No task rejects. @param onSmallVersions called when `derive` has ended and the generator has not, or `remake` made them. */
export function createGeneratorTasks(
  run: RunTask,
  { onSmallVersions }: { onSmallVersions?: (imageId: string) => void },
) {
  return {
    /** Validates a file and copies it in as a picture's own. */
    locate(file: LocateTask): Promise<Result<LocatedFile>> {
      return run(
        (task) => ({ type: 'locate', task, ...file }),
        (answer) => (answer.type === 'located' ? answer.result : undefined),
      );
    },
    /** Makes a picture from another one on this computer. */
    changeHere(wanted: ChangeRequest): Promise<Result<ChangedPicture>> {
      return run(
        (task) => ({ type: 'change-here', task, ...wanted }),
        (answer) => (answer.type === 'changed' ? answer.result : undefined),
      );
    },
    /** Writes a picture as a PNG. @param file absolute @param target absolute */
    writePng(file: string, target: string): Promise<Result<null>> {
      return run(
        (task) => ({ type: 'write-png', task, file, target }),
        (answer) => {
          if (answer.type !== 'png-written') return undefined;
          return answer.isWritten ? success(null) : failure('picture_not_copied');
        },
      );
    },
    /** Writes a picture in another format. Both paths are absolute. @param quality 0 to 100 */
    convert(file: string, target: string, format: WrittenFormat, quality: number): Promise<Result<null>> {
      return run(
        (task) => ({ type: 'convert', task, file, target, format, quality }),
        (answer) => {
          if (answer.type !== 'converted') return undefined;
          return answer.isWritten ? success(null) : failure('copy_not_converted');
        },
      );
    },
    /** Makes the small versions of a picture that are missing; resolves when that has ended, whatever it made. */
    async derive(imageId: string, file: string, link?: LinkedFile): Promise<void> {
      const ended = await run(
        (task) => ({ type: 'derive', task, imageId, file, ...(link && { link }) }),
        (answer) => (answer.type === 'small-versions-ended' ? success(null) : undefined),
      );
      if (ended.ok) onSmallVersions?.(imageId);
    },
    /** As `derive`, for the thumbnail that is larger than those that every picture has. */
    async sharpen(imageId: string, file: string, link?: LinkedFile): Promise<void> {
      await run(
        (task) => ({ type: 'sharpen', task, imageId, file, ...(link && { link }) }),
        (answer) => (answer.type === 'small-versions-ended' ? success(null) : undefined),
      );
    },
    /** Makes the small versions of a picture anew, also those that are there. */
    async remake(imageId: string, file: string, link?: LinkedFile): Promise<Remade> {
      const remade = await run(
        (task) => ({ type: 'remake', task, imageId, file, ...(link && { link }) }),
        (answer) => (answer.type === 'remade' ? success(answer.remade) : undefined),
      );
      if (!remade.ok) return 'failed';
      if (remade.value === 'made') onSmallVersions?.(imageId);
      return remade.value;
    },
    /** Computes a picture's fingerprint; null if it cannot be opened. @param file relative to the data folder */
    readFingerprint(imageId: string, file: string): Promise<Result<Uint8Array | null>> {
      return run(
        (task) => ({ type: 'read-fingerprint', task, imageId, file }),
        (answer) => (answer.type === 'fingerprint-read' ? success(answer.fingerprint) : undefined),
      );
    },
    /** Tests a provider's key or address; generates nothing. */
    check(provider: ServiceId): Promise<Result<Sentence>> {
      return run(
        (task) => ({ type: 'check', task, provider }),
        (answer) => (answer.type === 'checked' ? answer.result : undefined),
      );
    },
    /** Lists a provider's models. */
    listModels(provider: ServiceId): Promise<Result<OfferedModel[]>> {
      return run(
        (task) => ({ type: 'list-models', task, provider }),
        (answer) => (answer.type === 'listed' ? answer.result : undefined),
      );
    },
    /** Lists the files that the nodes of a workflow can load. */
    listFiles(provider: ServiceId, classes: readonly string[]): Promise<Result<WorkflowFiles>> {
      return run(
        (task) => ({ type: 'list-files', task, provider, classes }),
        (answer) => (answer.type === 'files-listed' ? answer.result : undefined),
      );
    },
  };
}
