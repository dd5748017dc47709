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
  /** The service's own bytes, not validated yet: PNG, JPEG, WebP or AVIF. */
  bytes: Uint8Array;
  /** Null if the price is unknown. */
  costMicroUsd: number | null;
  /** As the service declared it; null or absent if it did not. */
  mimeType?: string | null;
  /** What the model expects back when this picture is edited. */
  signature?: string;
  /** Sentences about settings that the picture was made without. */
  warnings?: readonly Sentence[];
  /** The other pictures of the same answer, in its order. Their cost is part of `costMicroUsd`. */
  further?: readonly FurtherPicture[];
  /** How many pictures the answer named that could not be fetched. */
  lost?: number;
  /** What the service said beside its pictures. */
  words?: string;
};

export type FurtherPicture = Pick<MadePicture, 'bytes' | 'mimeType' | 'signature'>;

export type ServiceFailure = Failure & {
  /** What the failed attempt may have cost: null if nothing can have been charged, zero if the price is unknown. */
  costMicroUsd: number | null;
  /** How long the service asks to wait, in milliseconds. Only present if nothing can have been charged. */
  retryAfterMs?: number;
  /** What the service itself says about it. */
  details?: FailureDetails;
};

/** The whole text, and the pictures that the model requests. */
export type Reply = {
  ok: true;
  text: string;
  pictures: RequestedPicture[];
  costMicroUsd: number | null;
  /** The pictures that the reply itself contains, in its order. */
  made?: readonly FurtherPicture[];
};

export type ServiceContext = {
  /** The service to be asked: its key, its address and its headers. */
  service: ServiceConfiguration;
  /** Aborted when the user cancels. */
  signal: AbortSignal;
};

export type PictureContext = ServiceContext & {
  /** Reads the file of a reference picture; null if it is missing. */
  readReference: (reference: PictureReference) => Promise<Uint8Array | null>;
  /**
   * Converts the picture and the mask of a job for a service that takes masks; null if the job changes no part.
   *
   * @param form of the mask: see `EditTask`.
   */
  prepareEdit: (
    job: PictureJob,
    form: 'gray' | 'alpha',
    limits: EditLimits,
  ) => Promise<Result<PreparedEdit> | null>;
  /** Changes the first reference picture of a job on this computer, without making anything up. */
  changeHere: (job: PictureJob) => Promise<Result<Uint8Array>>;
  /** Draws a picture on this computer, as a WebP; null if that failed. */
  paint: (request: PaintRequest) => Promise<Uint8Array | null>;
  /** @param fraction 0 to 1; null if unknown. @param preview an intermediate picture, in any format. */
  onProgress: (fraction: number | null, preview?: Uint8Array) => void;
};

export type TextContext = ServiceContext & {
  /** As in `PictureContext`, for a text about a picture. */
  readReference: PictureContext['readReference'];
  /** Receives each further piece of the text. */
  onText: (more: string) => void;
};

/** Whether the key or the address works, found out by a request that makes nothing and is not charged. */
export type CheckResult = { ok: true; says: Sentence } | Failure;

export type ListedFiles = { ok: true; files: WorkflowFiles } | Failure;

/** In the service's own order; empty if it offers no model that Afterimage can use. */
export type OfferedModels = { ok: true; models: OfferedModel[] } | Failure;

/**
 * One way of talking to services: that of one kind, or of several. Every failure that a user can meet is returned as a value; a thrown error is a bug. How to add a service:
 * docs/decisions/016-adding-a-service.md.
 */
export type Service = {
  makePicture(job: PictureJob, context: PictureContext): Promise<MadePicture | ServiceFailure>;
  reply(job: TextJob, context: TextContext): Promise<Reply | ServiceFailure>;
  /** Absent if the service has no list of models. */
  listModels?(context: ServiceContext): Promise<OfferedModels>;
  /** Of ComfyUI: the files that nodes of these classes can load, by `class/input`. */
  listFiles?(context: ServiceContext, classes: readonly string[]): Promise<ListedFiles>;
  /** Absent if there is nothing to check. */
  check?(context: ServiceContext): Promise<CheckResult>;
};
