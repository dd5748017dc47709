// The type of a wire profile, which describes the protocol of a hosted service, or of a local engine with a job API.

import type { Failure } from '../../../../shared/domain/errors';
import type { OfferedModel } from '../../../../shared/domain/models';
import type { WorkflowFiles } from '../../../../shared/domain/workflows';
import type { EditLimits } from '../../../../shared/generator/codec-messages';
import type { PictureJob, ServiceConfiguration } from '../../../../shared/generator/jobs';
import type { Sentence } from '../../../../shared/languages/sentence';
import type { PictureSource } from '../take-pictures';

/** What a service has made. */
export type MadeByService = {
  /** Every picture of the answer, in its order. */
  pictures: readonly PictureSource[];
  /** Micro-dollars as the answer reports them; null if it does not. */
  costMicroUsd: number | null;
  /** What the service said beside them. */
  words?: string;
};

/** A body, with the parameters that a refusal may remove. */
export type Submission = {
  /** Relative to the service's address, or a complete address of the same service. */
  path: string;
  /** Parameters that the service must get. */
  body: Readonly<Record<string, unknown>>;
  /** Parameters that are dropped if the service refuses them. */
  optional?: Readonly<Record<string, unknown>>;
  /** Where `optional` belongs; absent: beside the required ones. */
  inside?: string;
  headers?: Readonly<Record<string, string>>;
  /** Sends the parameters, all of which are then texts or numbers, as the fields of a form; absent: as JSON. */
  form?: true;
  /** The answer names a job that `stopBy` can end. A cancel waits for it, since otherwise the work would go on. */
  namesJob?: true;
};

/** The requests that a profile may send. Every one uses the key, the limits and the explanations of its service. */
export type Wire = {
  /** Waits between two looks at an unfinished job. */
  pollPause(): Promise<void>;
  /** Asks for the picture, and returns the answer's JSON or bytes. Once it has answered, the picture may have been charged. */
  submit(submission: Submission): Promise<unknown>;
  /** Reads the state of a job that was submitted. Repeats by itself what fails for a moment. */
  look(path: string, body?: object): Promise<unknown>;
  /** Reads something that makes nothing, such as a list, before the picture is asked for. */
  read(path: string): Promise<unknown>;
  /** Uploads a file, which makes nothing, before the picture is asked for. */
  upload(path: string, form: FormData): Promise<unknown>;
  /** Adds a request that ends the work at the service, sent when the user cancels or the time is over. */
  stopBy(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object): void;
  /** Tells the user about a setting that the picture was made without. */
  warn(warning: Sentence): void;
  /** @param fraction 0 to 1; null if it is unknown. @param preview an intermediate picture, in any format. */
  progress(fraction: number | null, preview?: Uint8Array): void;
  /**
   * Listens to what the service reports while it works; returns what ends that. Never fails: without the connection the
   * picture comes all the same.
   */
  listen(path: string, onMessage: (message: string | Uint8Array) => void): Promise<() => void>;
};

export type PictureRequest = {
  job: PictureJob;
  service: ServiceConfiguration;
  /** Reference pictures as data URLs, at most `references` of them. */
  references: readonly string[];
  /**
   * Converts the picture and the mask of a change of a part; null if the job is none.
   *
   * @param form of the mask: see `EditTask`. Absent: gray.
   */
  prepareEdit: (limits: EditLimits, form?: 'gray' | 'alpha') => Promise<HostedEdit | null>;
};

/** A picture and its mask: PNGs of the same size, as data URLs. */
export type HostedEdit = {
  picture: string;
  mask: string;
  width: number;
  height: number;
  isExtended: boolean;
};

/** The change of a part cannot be prepared, so nothing was sent. */
export class EditError extends Error {
  override readonly name = 'EditError';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

export type HostedProfile = {
  /** In sentences, such as “xAI”. */
  name: string | Sentence;
  /** Returns the address that requests go to; absent: the configured one. */
  address?: (configured: string) => string;
  /** Returns the headers that carry the key. */
  keyHeaders: (apiKey: string) => Record<string, string>;
  /** Maximum number of reference pictures of a model; absent: that of its kind (shared/domain/reference-limits.ts). */
  references?: (model: string, service: ServiceConfiguration) => number;
  /** Whether its answers are free, so that anything may be repeated. */
  free?: true;
  /** Parameters of a picture that this service cannot take, besides those of `PictureParams` that it ignores by nature. */
  takes: { negativePrompt: boolean; seed: boolean };
  makePicture: (request: PictureRequest, wire: Wire) => Promise<MadeByService>;
  models: ModelsAtPath | ModelsOfPages | NoModels;
  /** Returns the files that nodes of these classes can load; only ComfyUI has nodes. */
  listFiles?: (classes: readonly string[], wire: Wire) => Promise<WorkflowFiles>;
};

/** A list that one answer holds. */
type ModelsAtPath = {
  path: string;
  read: (answer: unknown, service: ServiceConfiguration) => OfferedModel[];
};

/** A list that takes several requests. */
type ModelsOfPages = {
  /** Returns where lists are; absent: at the service's address. The key goes there, so it must be the service's own. */
  address?: (configured: string) => string;
  /** @param address that of the list. */
  list: (wire: Pick<Wire, 'read' | 'look'>, address: string) => Promise<OfferedModel[]>;
};

/** A service that has no list. Where there is one, reading it tests the key. */
type NoModels = {
  /** A request that only reads, such as the balance. It checks a key, so a service without one cannot be connected. */
  check: string;
};

/** More pages of a list are not read. */
const maxPages = 20;

/** Reads the pages of a list, one after the other. @param next returns the path of the next page; null after the last. */
export async function readPages<Page>(
  wire: Pick<Wire, 'read'>,
  first: string,
  parse: (answer: unknown) => Page,
  next: (page: Page, pages: number) => string | null,
): Promise<Page[]> {
  const pages: Page[] = [];
  for (let path: string | null = first; path !== null && pages.length < maxPages; ) {
    const page: Page = parse(await wire.read(path));
    pages.push(page);
    path = next(page, pages.length);
  }
  return pages;
}

/** The service says that the job ended without a picture. Services charge for none of these but a withheld picture. */
export class JobFailedError extends Error {
  override readonly name = 'JobFailedError';
  /** `withheld`: a picture was made, and the service keeps it back. */
  readonly reason: 'blocked' | 'withheld' | 'failed' | 'gone' | 'empty';
  /** The service's own words. */
  readonly said: string;
  constructor(reason: JobFailedError['reason'], said = '') {
    super(reason);
    this.reason = reason;
    this.said = said;
  }
}
