// The jobs that the main process gives to the generator, and the configuration of the providers that they use.

import { z } from 'zod';
import { maxTextLength } from '../domain/conversations';
import { aspectRatioSchema, type PictureParams } from '../domain/models';
import type { PictureLink } from '../domain/recipe';
import type { ServiceKind } from '../domain/service-kinds';
import type { ServiceId } from '../domain/services';
import type { Workflow } from '../domain/workflows';

/** What the generator needs to reach a service. A key exists only in memory and in this message. */
export type ServiceConfiguration = {
  id: ServiceId;
  kind: ServiceKind;
  name: string;
  apiKey: string | null;
  /** The origin that the service's key belongs to if it is therefore not in `apiKey`; or null. */
  heldFor: string | null;
  /** Null for the address of its kind. */
  baseUrl: string | null;
  /** Extra headers of every request. */
  headers: Readonly<Record<string, string>>;
  /** Of ComfyUI, in the user's order. */
  workflows: readonly Workflow[];
  /** Of Google Cloud, which can be used without a key. */
  project: string | null;
  location: string | null;
  /** It is not asked any more, but files on disk refer to it. */
  isRemoved?: true;
  /** Of the offline painter: the delay before each answer (ms). */
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

/** A file of the user's, and its length when its content was read last. */
export type LinkedFile = PictureLink & { bytes: number };

/** A picture that accompanies a prompt, to be edited or as an example. */
export type PictureReference = {
  imageId: string;
  /** Relative to the data folder, or absolute if it stays in a folder of the user's. */
  file: string;
  /** The user's own file as it was when its content was read last. A changed one is another picture, and is not sent. */
  link?: LinkedFile;
  /** Empty when it is unknown. */
  prompt: string;
  /** What the model that made it requires for an edit: https://ai.google.dev/gemini-api/docs/thought-signatures */
  signature: string | null;
};

export type PictureJob = {
  kind: 'picture';
  /** The id of the message; of a prefetch, its requestId. */
  jobId: string;
  /**
   * The request to the provider. One that is in flight, such as a prefetch, is waited for; one whose bytes are on disk is
   * stored; otherwise the provider is asked under this id.
   */
  requestId: string;
  provider: ServiceId;
  model: string;
  prompt: string;
  params: PictureParams;
  /** For `params.references`, in that order. If one is missing here, the job is not run. */
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

/** What a text model is to write for the composer: see generator/services/suggestion-prompt.ts. */
export type SuggestionTask =
  | {
      kind: 'improve';
      /** How many pictures are attached to the draft. */
      attached: number;
      /** What the marks in the text stand for: see protect-patterns.ts. */
      parts: readonly string[];
    }
  | { kind: 'describe' };

/** A picture that a text model requests on the user's behalf. */
export const requestedPictureSchema = z.strictObject({
  prompt: z.string().min(1).max(maxTextLength),
  /** Null: the composer's aspect ratio. */
  aspectRatio: aspectRatioSchema.nullable(),
  count: z.int().min(1).max(4),
  /** The picture of the conversation to edit. */
  edits: z.uuid().nullable(),
});
export type RequestedPicture = z.infer<typeof requestedPictureSchema>;

/**
 * Never contacts a provider. Waits for its request if that is in flight, and ends as it does. Otherwise stores what is on
 * disk of it; the outcome is then `stored`, or a failure with `nothing_to_recover`.
 */
export type RecoverJob = Omit<PictureJob, 'kind'> & { kind: 'recover' };

export type Job = PictureJob | TextJob | RecoverJob;
