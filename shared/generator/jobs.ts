// The jobs that the main process gives to the generator, and the configuration of the providers that they use.

import { z } from 'zod';
import { maxPicturesOfReply, maxTextLength } from '../domain/conversations';
import { aspectRatioSchema, type PictureParams } from '../domain/models';
import type { PictureLink } from '../domain/recipe';
import type { ServiceKind } from '../domain/service-kinds';
import type { ServiceId } from '../domain/services';
import type { Workflow } from '../domain/workflows';

/** The data that the generator needs to reach a service. The key exists only in memory and in this message. */
export type ServiceConfiguration = {
  id: ServiceId;
  kind: ServiceKind;
  name: string;
  apiKey: string | null;
  /** The origin that the key was entered for, if the address has changed and `apiKey` is therefore empty; or null. */
  heldFor: string | null;
  /** Null for the default address of the service's kind. */
  baseUrl: string | null;
  /** Extra headers of every request. */
  headers: Readonly<Record<string, string>>;
  /** Only for ComfyUI, in the user's order. */
  workflows: readonly Workflow[];
  /** Only for Google Cloud, which can be used without a key. */
  project: string | null;
  location: string | null;
  /** The service gets no more requests, but files on disk still refer to it. */
  isRemoved?: true;
  /** Only for the offline painter: the delay before each answer (ms). */
  delayMs: number;
};

/** Returns the configuration of a service without a key or an address of its own. */
export function unconfigured(
  service: Pick<ServiceConfiguration, 'id' | 'kind' | 'name'>,
): ServiceConfiguration {
  return {
    ...service,
    apiKey: null,
    heldFor: null,
    baseUrl: null,
    headers: {},
    workflows: [],
    project: null,
    location: null,
    delayMs: 0,
  };
}

/** A user's own file, and its size in bytes when its content was last read. */
export type LinkedFile = PictureLink & { bytes: number };

/** A picture that accompanies a prompt, to be edited or as an example. */
export type PictureReference = {
  imageId: string;
  /** Relative to the data folder, or absolute if it stays in a folder of the user's. */
  file: string;
  /** The user's own file as it was last read. If the file has changed since, it is a different picture and is not sent. */
  link?: LinkedFile;
  /** Empty if unknown. */
  prompt: string;
  /** Data that the model which made the picture requires for an edit: https://ai.google.dev/gemini-api/docs/thought-signatures */
  signature: string | null;
};

export type PictureJob = {
  kind: 'picture';
  /** The id of the message; of a prefetch, its requestId. */
  jobId: string;
  /**
   * The id of the request to the provider. If the request is in flight, such as a prefetch, the job waits for it. If its
   * bytes are on disk, they are stored. Otherwise a new request is sent under this id.
   */
  requestId: string;
  provider: ServiceId;
  model: string;
  prompt: string;
  params: PictureParams;
  /** The pictures of `params.references`, in that order. The job does not run if one is missing here. */
  references?: readonly PictureReference[];
};

/** An earlier turn of the conversation. Turns are ordered oldest first. */
export type ChatTurn = {
  role: 'user' | 'assistant';
  text: string;
  /** Pictures that were made in this turn. */
  pictures: readonly { imageId: string; prompt: string }[];
};

export type TextJob = {
  kind: 'text';
  jobId: string;
  /** The id of the request, under which it is charged. */
  requestId: string;
  provider: ServiceId;
  /** Null when the provider has no text model and answers by itself. */
  model: string | null;
  text: string;
  history: readonly ChatTurn[];
  /** Absent: a reply of a conversation. */
  suggestion?: SuggestionTask;
  /** The picture to describe. */
  references?: readonly PictureReference[];
};

/** The kind of text that a text model writes for the composer: see generator/services/suggestion-prompt.ts. */
export type SuggestionTask =
  | {
      kind: 'improve';
      /** How many pictures are attached to the draft. */
      attached: number;
      /** The parts of the draft that the marks in the text stand for: see protect-patterns.ts. */
      parts: readonly string[];
    }
  | { kind: 'describe' };

/** A picture that a text model requests on the user's behalf. */
export const requestedPictureSchema = z.strictObject({
  prompt: z.string().min(1).max(maxTextLength),
  /** Null: the composer's aspect ratio. */
  aspectRatio: aspectRatioSchema.nullable(),
  count: z.int().min(1).max(maxPicturesOfReply),
  /** The picture of the conversation to edit. */
  edits: z.uuid().nullable(),
});
export type RequestedPicture = z.infer<typeof requestedPictureSchema>;

/**
 * Recovers a picture without contacting a provider. If the request is in flight, waits for it and has the same outcome.
 * Otherwise stores the bytes that are on disk: the outcome is `stored`, or a failure with `nothing_to_recover`.
 */
export type RecoverJob = Omit<PictureJob, 'kind'> & { kind: 'recover' };

export type Job = PictureJob | TextJob | RecoverJob;
