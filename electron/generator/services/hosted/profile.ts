// The type of a wire profile, which describes the protocol of a hosted service, or of a local engine with a job API.

import type { Failure } from '../../../../shared/domain/errors';
import type { OfferedModel } from '../../../../shared/domain/models';
import type { WorkflowFiles } from '../../../../shared/domain/workflows';
import type { EditLimits } from '../../../../shared/generator/codec-messages';
import type { PictureJob, ServiceConfiguration } from '../../../../shared/generator/jobs';
import type { Sentence } from '../../../../shared/languages/sentence';
import type { PictureSource } from '../take-pictures';

/** The result of a service's answer. */
export type MadeByService = {
  /** All pictures of the answer, in order. */
  pictures: readonly PictureSource[];
  /** Micro-dollars as the answer reports them; null if it reports none. */
  costMicroUsd: number | null;
  /** The text that accompanies the pictures. */
  words?: string;
};

/** A request body, with parameters that can be dropped if they are rejected. */
export type Submission = {
  /** Relative to the service's address, or a complete address of the same service. */
  path: string;
  /** Required parameters. */
  body: Readonly<Record<string, unknown>>;
  /** Parameters that are dropped if the service rejects them. */
  optional?: Readonly<Record<string, unknown>>;
  /** The property to which `optional` is added; absent: the body itself. */
  inside?: string;
  headers?: Readonly<Record<string, string>>;
  /** Sends the parameters, which must then be texts or numbers, as form fields; absent: as JSON. */
  form?: true;
  /**
   * The answer contains the id of a job that `stopBy` can end. A cancel waits for this answer, because the job
   * would continue otherwise.
   */
  namesJob?: true;
};

/** The requests that a profile can send. All of them use the service's key, limits and explanations. */
export type Wire = {
  /** Waits between two polls of an unfinished job. */
  pollPause(): Promise<void>;
  /**
   * Requests the picture, and returns the answer's JSON or bytes. Once the service has answered, the picture may
   * have been charged.
   */
  submit(submission: Submission): Promise<unknown>;
  /** Reads the state of a submitted job. Retries temporary failures. */
  readWithRetries(path: string, body?: object): Promise<unknown>;
  /** Reads data that costs nothing, such as a list, before the picture is requested. */
  read(path: string): Promise<unknown>;
  /** Uploads a file, which costs nothing, before the picture is requested. */
  upload(path: string, form: FormData): Promise<unknown>;
  /** Adds a request that ends the job at the service. It is sent on cancel and on timeout. */
  stopBy(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object): void;
  /** Warns the user about a setting that was not applied. */
  warn(warning: Sentence): void;
  /** @param fraction 0 to 1; null if it is unknown. @param preview an intermediate picture, in any format. */
  progress(fraction: number | null, preview?: Uint8Array): void;
  /**
   * Listens to the service's progress messages. Returns a function that stops listening. Never fails, because the
   * picture arrives without this connection, too.
   */
  listen(path: string, onMessage: (message: string | Uint8Array) => void): Promise<() => void>;
};

export type PictureRequest = {
  job: PictureJob;
  service: ServiceConfiguration;
  /** Reference pictures as data URLs, at most `references` of them. */
  references: readonly string[];
  /**
   * Converts the picture and the mask of a job that changes a part; null for another job.
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

/** Thrown if the change of a part cannot be prepared, so that nothing was sent. */
export class EditError extends Error {
  override readonly name = 'EditError';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

export type HostedProfile = {
  /** The service's name in sentences, such as “xAI”. */
  name: string | Sentence;
  /** Returns the address for requests; absent: the configured one. */
  address?: (configured: string) => string;
  /** Returns the headers that carry the key. */
  keyHeaders: (apiKey: string) => Record<string, string>;
  /**
   * Returns a model's maximum number of reference pictures; absent: that of its kind
   * (shared/domain/reference-limits.ts).
   */
  references?: (model: string, service: ServiceConfiguration) => number;
  /** Whether its answers are free, so that every request may be repeated. */
  free?: true;
  /** Whether the service takes these parameters. The user is warned about one that it does not take. */
  takes: { negativePrompt: boolean; seed: boolean };
  makePicture: (request: PictureRequest, wire: Wire) => Promise<MadeByService>;
  models: ModelsAtPath | ModelsOfPages | NoModels;
  /** Returns the files that nodes of these classes can load; only ComfyUI has nodes. */
  listFiles?: (classes: readonly string[], wire: Wire) => Promise<WorkflowFiles>;
};

/** A list in a single answer. */
type ModelsAtPath = {
  path: string;
  read: (answer: unknown, service: ServiceConfiguration) => OfferedModel[];
};

/** A list that takes several requests. */
type ModelsOfPages = {
  /**
   * Returns the address of lists; absent: the service's address. It must be the service's own, because the key is
   * sent there.
   */
  address?: (configured: string) => string;
  /** @param address that of the list. */
  list: (wire: Pick<Wire, 'read' | 'readWithRetries'>, address: string) => Promise<OfferedModel[]>;
};

/** A service without a list. Where there is a list, reading it tests the key. */
type NoModels = {
  /**
   * The path of a request that only reads, such as the balance. It checks a key, so a service without one cannot be
   * connected.
   */
  check: string;
};

/** Maximum number of pages read of a list. */
const maxPages = 20;

/** Reads the pages of a list in sequence. @param next returns the path of the next page; null after the last. */
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

/**
 * Thrown when the service reports that a job ended without a picture. Of these reasons, services charge only for a
 * withheld picture.
 */
export class JobFailedError extends Error {
  override readonly name = 'JobFailedError';
  /** `withheld`: a picture was made, but the service does not return it. */
  readonly reason: 'blocked' | 'withheld' | 'failed' | 'gone' | 'empty';
  /** The service's own message. */
  readonly said: string;
  constructor(reason: JobFailedError['reason'], said = '') {
    super(reason);
    this.reason = reason;
    this.said = said;
  }
}
