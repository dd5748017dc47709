// The interface of a service: it makes pictures from prompts and may reply to text.

import type { Failure, Result } from '../../../shared/domain/errors';
import type { FailureDetails } from '../../../shared/domain/failure-details';
import type { OfferedModel } from '../../../shared/domain/models';
import type { WorkflowFiles } from '../../../shared/domain/workflows';
import type { EditLimits, PaintRequest, PreparedEdit } from '../../../shared/generator/codec-messages';
import type {
  PictureJob,
  PictureReference,
  RequestedPicture,
  ServiceConfiguration,
  TextJob,
} from '../../../shared/generator/jobs';
import type { Sentence } from '../../../shared/languages/sentence';

export type MadePicture = {
  ok: true;
  /** The service's bytes, not validated yet: PNG, JPEG, WebP or AVIF. */
  bytes: Uint8Array;
  /** Null if the price is unknown. */
  costMicroUsd: number | null;
  /** As the service declared it; null or absent if it did not. */
  mimeType?: string | null;
  /** A token that the model expects when this picture is edited. */
  signature?: string;
  /** Sentences about settings that were not applied. */
  warnings?: readonly Sentence[];
  /** The other pictures of the same answer, in order. Their cost is part of `costMicroUsd`. */
  further?: readonly FurtherPicture[];
  /** Number of pictures in the answer that could not be fetched. */
  lost?: number;
  /** The service's text beside its pictures. */
  words?: string;
};

export type FurtherPicture = Pick<MadePicture, 'bytes' | 'mimeType' | 'signature'>;

export type ServiceFailure = Failure & {
  /** Possible cost of the failed attempt: null if nothing can have been charged, zero if the price is unknown. */
  costMicroUsd: number | null;
  /** The wait that the service asks for, in milliseconds. Only present if nothing can have been charged. */
  retryAfterMs?: number;
  /** The service's own description of the failure. */
  details?: FailureDetails;
};

/** The whole text, and the pictures that the model requests. */
export type Reply = {
  ok: true;
  text: string;
  pictures: RequestedPicture[];
  costMicroUsd: number | null;
  /** The pictures that the reply itself contains, in order. */
  made?: readonly FurtherPicture[];
};

export type ServiceContext = {
  /** The service's configuration: its key, address and headers. */
  service: ServiceConfiguration;
  /** Aborted when the user cancels. */
  signal: AbortSignal;
};

export type PictureContext = ServiceContext & {
  /** Reads the file of a reference picture; null if it is missing. */
  readReference: (reference: PictureReference) => Promise<Uint8Array | null>;
  /**
   * Converts the picture and the mask of a job for a service that takes masks; null if the job does not change a
   * part.
   *
   * @param form of the mask: see `EditTask`.
   */
  prepareEdit: (
    job: PictureJob,
    form: 'gray' | 'alpha',
    limits: EditLimits,
  ) => Promise<Result<PreparedEdit> | null>;
  /** Changes the first reference picture of a job on this computer, without generating new content. */
  changeHere: (job: PictureJob) => Promise<Result<Uint8Array>>;
  /** Draws a picture on this computer, as a WebP; null if that fails. */
  paint: (request: PaintRequest) => Promise<Uint8Array | null>;
  /** @param fraction 0 to 1; null if unknown. @param preview an intermediate picture, in any format. */
  onProgress: (fraction: number | null, preview?: Uint8Array) => void;
};

export type TextContext = ServiceContext & {
  /** Reads the file of a picture to describe; null if it is missing. */
  readReference: PictureContext['readReference'];
  /** Receives each further piece of the text. */
  onText: (more: string) => void;
};

/** The result of a free request that tests the key or the address. */
export type CheckResult = { ok: true; says: Sentence } | Failure;

export type ListedFiles = { ok: true; files: WorkflowFiles } | Failure;

/** The models in the service's own order; empty if it offers none that Afterimage can use. */
export type OfferedModels = { ok: true; models: OfferedModel[] } | Failure;

/**
 * The implementation of one or several kinds of services. Every failure that a user can meet is returned as a
 * value; a thrown error is a bug. To add a service, see docs/decisions/016-adding-a-service.md.
 */
export type Service = {
  makePicture(job: PictureJob, context: PictureContext): Promise<MadePicture | ServiceFailure>;
  reply(job: TextJob, context: TextContext): Promise<Reply | ServiceFailure>;
  /** Absent if the service has no list of models. */
  listModels?(context: ServiceContext): Promise<OfferedModels>;
  /** Returns the files that nodes of these classes can load, by `class/input`. Only ComfyUI has it. */
  listFiles?(context: ServiceContext, classes: readonly string[]): Promise<ListedFiles>;
  /** Absent if there is nothing to check. */
  check?(context: ServiceContext): Promise<CheckResult>;
};
